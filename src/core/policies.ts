/** Policies: the choices an operator makes in config.ts, with the defaults that lose least. */
export interface Policies {
  /** How long a conference outlives its event, in case of undo, restore or a move. Minutes. */
  graceMinutes: number;
  /** How long a conference created in an unsaved event waits for that event. Hours. */
  unsavedHours: number;
  /** How long an ended event's binding is remembered. Days. */
  keepEndedDays: number;
  /** What a private or confidential event shows to the provider. */
  privateEvents: 'time-only' | 'all';
  /** The title of a conference whose event is not known yet, or not to be shown. */
  placeholderTitle: string;
  /** An action that failed this often is parked until the event changes or a person asks for a repair. */
  parkAfterAttempts: number;
}

export const DEFAULT_POLICIES: Policies = {
  graceMinutes: 5,
  unsavedHours: 24,
  keepEndedDays: 30,
  privateEvents: 'time-only',
  placeholderTitle: 'Meeting',
  parkAfterAttempts: 24,
};

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
