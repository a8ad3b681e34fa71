/**
 * What crosses the face of the Calendar engine, and what it needs from the world.
 *
 * An answer's body shares frozen structure with the store: read it, or copy it, never change it.
 */
import type { Clock } from '../world/clock';
import type { Faults } from '../world/faults';
import type { Random } from '../world/random';
import type { Records } from '../world/records';
import type { SwitchSettings } from '../world/switches';
import type { Trace } from '../world/trace';
import type { QuotaLimits } from './quota';

export interface CalendarRequest {
  /** Discovery method id without "calendar.", e.g. `events.list`. */
  method: string;
  /** Path and query parameters by their discovery names; strings, or JS values. Repeated ones are arrays. */
  params: Record<string, unknown>;
  body?: unknown;
  /** Lower-case names; only if-match and if-none-match matter. */
  headers?: Record<string, string>;
}

export interface CalendarAnswer {
  status: number;
  headers: Record<string, string>;
  /** A resource, or Google's `{error: {errors, code, message}}`; absent with 204 and 304. */
  body?: unknown;
}

/** A write through the API (HTTP or Apps Script), or by a person in Calendar's own interface. */
export type Origin = 'api' | 'editor';

/** One touched copy of an event. */
export interface CalendarChange {
  calendarId: string;
  eventId: string;
  origin: Origin;
  /** Address of the user whose request caused it. */
  by: string;
}

export interface CalendarDeps {
  records: Records;
  clock: Clock;
  random: Random;
  switches: SwitchSettings;
  faults: Faults;
  trace: Trace;
  /** Request rates that Google lets through; `off` for data-heavy tests. Default: the published limits. */
  quota?: QuotaLimits | 'off';
}

export type Role = 'none' | 'freeBusyReader' | 'reader' | 'writer' | 'owner';
