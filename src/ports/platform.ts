/**
 * Ports: what the sync needs of the platform it runs on, each as small as it can be.
 *
 * Execution: one run of the script. Budget: its remaining milliseconds. Mark: a hint that a calendar changed while
 * another execution was busy; losing one costs time, never a change.
 */

/** One user's durable memory: strings by key, written as a map. A write may be lost between two maps, not within one key. */
export interface StateStore {
  readAll(): Record<string, string>;
  /** @throws AddOnError `store-refused` when the store is full or will not write. */
  write(entries: Record<string, string>): void;
  remove(key: string): void;
}

/** One pass at a time for one user. */
export interface PassLock {
  /** At once, unless it is told to wait. Not to be taken twice: ask first. */
  tryTake(waitMs?: number): boolean;
  /** Does this execution hold it? */
  isHeld(): boolean;
  release(): void;
}

/** Short-lived hints between executions of one user. */
export interface Marks {
  put(name: string): void;
  /** Those of `names` that are set; they are set no longer. */
  take(names: readonly string[]): string[];
}

export interface Clock {
  /** Epoch milliseconds. */
  nowMs(): number;
}

export interface TriggerInfo {
  id: string;
  handler: string;
  kind: 'calendar' | 'clock' | 'other';
  /** For `calendar`: its id, as Google wrote it. */
  calendarId?: string;
}

/** The current user's triggers of this script. */
export interface TriggerPort {
  all(): TriggerInfo[];
  /** @throws when the cap of 20 is reached or the calendar takes none. */
  watchCalendar(handler: string, calendarId: string): void;
  everyHour(handler: string): void;
  remove(id: string): void;
}

/**
 * What the person has to have allowed: reading calendars, asking providers, making triggers, and being told which event is
 * open beside a card.
 */
export type Duty = 'calendar' | 'provider' | 'triggers' | 'open-event';

/** People consent to each scope by itself, and may take one back. */
export interface Authorisation {
  /** Does the person's consent not cover this? Where the platform does not say, it does. Never throws. */
  lacks(duty: Duty): boolean;
  /** Where the person can allow what is missing; undefined when the platform names no address. */
  consentUrl(): string | undefined;
}

/** A random word that nobody can guess. */
export type RandomWord = () => string;

/** A short keyed digest of `text`: without `secret` nobody can make it. */
export type Seal = (secret: string, text: string) => string;

/**
 * One line of the execution log. Has a place for ids of ours, numbers and words of ours, and for nothing else: no title,
 * address, passcode or token has a field to stand in. What an error of a provider's code says comes without all that.
 */
export interface LogLine {
  /** What happened: pass, list, action, create, sweep … */
  event: string;
  end?: string;
  /** Key of the calendar, not its id. */
  calendar?: string;
  /** Digest of the conference's key. */
  conference?: string;
  solution?: string;
  /** Name in the configuration. */
  provider?: string;
  kind?: string;
  outcome?: string;
  /** Names of the fields that a provider does not take. */
  fields?: string;
  code?: string;
  remedy?: string;
  error?: string;
  /** What the error of a provider's own code says: such a line is logged as an error. */
  message?: string;
  full?: boolean;
  rows?: number;
  calendars?: number;
  bindings?: number;
  done?: number;
  failed?: number;
  left?: number;
  made?: number;
  removed?: number;
  renewed?: number;
  refused?: number;
  ms?: number;
}

export type Log = (line: LogLine) => void;
