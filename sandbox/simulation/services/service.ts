/**
 * A conference service as a simulated day needs it: put into the world, and asked by the checks what it shows.
 *
 * What ought to be shown is written from the service's own limits, and from what an event means. No add-on is imported.
 */
import type { World } from '../../whole-world';
import type { Service } from '../day';

export type InstallService = (world: World) => Service;

/** The Script Property with the key that every service here knows its add-on by, and the key. */
export const KEY_PROPERTY = 'SERVICE_KEY';
export const KEY = 'service-key';
