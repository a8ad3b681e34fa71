/**
 * A conference service as a simulated day needs it: put into the world, and asked by the checks what it shows.
 *
 * What ought to be shown is written from the service's own limits, and from what an event means. No add-on is imported.
 */
import type { World } from '../../world/world';
import type { Day } from '../cast';
import type { OracleEvent } from '../oracle';

export interface Conference {
  /** As the event's conferenceData has it. */
  id: string;
  madeMs: number;
  /** What is not as this event has it, among what the service can have of it. */
  differences(event: OracleEvent, rows: readonly OracleEvent[], day: Day): string[];
}

export interface Service {
  /** Where its API stands; what goes wrong with it goes wrong there. */
  host: string;
  /** The same create, sent again, gives the same conference. Elsewhere one that was disturbed may leave a stray one. */
  repeatsCreates: boolean;
  /** Those that can be joined now. Undefined: the service keeps none, whoever has a link is in a room. */
  conferences(): Conference[] | undefined;
}

export type InstallService = (world: World) => Service;

/** The Script Property with the key that every service here knows its add-on by, and the key. */
export const KEY_PROPERTY = 'SERVICE_KEY';
export const KEY = 'service-key';
