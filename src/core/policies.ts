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
  /**
   * What becomes of the conference of an event that left its calendar and left nothing but its id there: it may have
   * moved to a calendar this add-on cannot see. `keep`: the conference is let go, never cancelled.
   */
  vanishedEvents: 'keep' | 'end';
  /**
   * What becomes of an event whose link leads nowhere any more: it is shown on the home card, or given a new conference, for
   * which the add-on must be allowed to write to events.
   */
  brokenLinks: 'show' | 'repair';
  /**
   * What becomes of a change that the host, or another program, makes at the vendor: the event's own is told again, or the
   * difference is shown on the event's card until a person asks for a repair.
   */
  vendorChanges: 'calendar-wins' | 'ask';
  /** The title of a conference whose event is not known yet, or not to be shown. */
  placeholderTitle: string;
  /** An action that failed this often is parked until the event changes or a person asks for a repair. A failed action
   *  is tried hourly at the least, so 168 is a week of outage. */
  parkAfterAttempts: number;
}

export const DEFAULT_POLICIES: Policies = {
  graceMinutes: 5,
  unsavedHours: 24,
  keepEndedDays: 30,
  privateEvents: 'time-only',
  vanishedEvents: 'keep',
  brokenLinks: 'show',
  vendorChanges: 'calendar-wins',
  placeholderTitle: 'Meeting',
  parkAfterAttempts: 168,
};

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
