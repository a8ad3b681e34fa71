/**
 * Heartbeat: which triggers have shown that they fire.
 *
 * A trigger may be disabled and stay listed, and no API tells. So what counts is that it fired: the hourly one leaves its
 * time, and a calendar's leaves it in the calendar's record. A calendar without changes has nothing to fire for; but when
 * one sweep after the other finds changes of which no trigger told, its trigger is dead.
 *
 * What keeps triggers from working without being their death: a calendar that cannot be read (the trigger fired all the
 * same), a grant that is missing (it fires, and leaves its time), and the day's trigger time being spent.
 *
 * Seen in the field: https://issuetracker.google.com/issues/150756612
 */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../core/policies';
import type { StateStore } from '../ports/platform';
import { readIntents } from './intents';
import type { CalendarRecord } from './sync-tokens';
import { calendarKey, readCalendarRecords } from './sync-tokens';

const BEAT_KEY = 'lockstep.beat';
const NOTES_KEY = 'lockstep.triggers';

/** The name of the hourly trigger; a calendar's has the calendar's key. */
export const SWEEP_NAME = 'sweep';

/** The hourly trigger fires every hour and a minute at most. So long a silence is two firings that did not come. */
const SILENT_AFTER_MS = 150 * MINUTE_MS;
/** So many changes that only sweeps have found, in two sweeps at least. */
const MISSED_FOR_DEATH = 3;
const MISSED_IN_ONE_SWEEP = 2;
/** A trigger that is no better for being made anew is not made anew all the time. */
const RENEWED_AGAIN_AFTER_MS = DAY_MS;
/** Half of the 90 minutes a day that Google gives to a consumer's triggers, of all scripts together. */
const SPENT_TIME_MS = 45 * MINUTE_MS;

export interface Beat {
  /** When the hourly trigger fired last. Epoch milliseconds. */
  sweepMs?: number;
  /** Since when the time of triggers is counted, and how much it was. Google's day begins with the first use. */
  sinceMs?: number;
  ranMs?: number;
}

/** What became of the attempts to make a trigger. Epoch milliseconds. */
export interface TriggerNote {
  madeMs?: number;
  /** When it was made anew in place of a dead one. */
  renewedMs?: number;
  /** Google would not have it made. */
  refusedMs?: number;
}

export type TriggerNotes = Readonly<Record<string, TriggerNote>>;

type Entries = Readonly<Record<string, string>>;

export function readBeat(entries: Entries): Beat {
  return parsed(entries[BEAT_KEY]);
}

export function beatEntry(beat: Beat): Record<string, string> {
  return { [BEAT_KEY]: JSON.stringify(beat) };
}

export function readNotes(entries: Entries): TriggerNotes {
  return parsed(entries[NOTES_KEY]);
}

export function notesEntry(notes: TriggerNotes): Record<string, string> {
  return { [NOTES_KEY]: JSON.stringify(notes) };
}

/** The hourly trigger fired, and could do no more than that. A store that will not have it costs a hint. */
export function leaveBeat(store: StateStore, nowMs: number): void {
  try {
    store.write(beatEntry({ ...readBeat(store.readAll()), sweepMs: nowMs }));
  } catch {
    // The next firing leaves its time.
  }
}

/** Adds what an execution of a trigger has taken. */
export function withTime(beat: Beat, ranMs: number, nowMs: number): Beat {
  const { sinceMs = nowMs, ranMs: before = 0 } = beat;
  return nowMs - sinceMs < DAY_MS ? { ...beat, sinceMs, ranMs: before + ranMs } : { ...beat, sinceMs: nowMs, ranMs };
}

/** Its own trigger told of the calendar's changes. */
export function fired(record: CalendarRecord, nowMs: number): CalendarRecord {
  const { missed: _before, missedMs: _last, ...rest } = record;
  return { ...rest, firedMs: nowMs };
}

/**
 * A sweep found `rows` changes of which nobody had told. One firing may be lost, or come late: a single sweep does not
 * make a trigger dead.
 */
export function foundBySweep(record: CalendarRecord, rows: number, nowMs: number, note?: TriggerNote): CalendarRecord {
  const isAnother = (record.missedMs ?? 0) <= (note?.renewedMs ?? 0);
  const before = isAnother ? 0 : (record.missed ?? 0);
  return { ...record, missed: before + Math.min(rows, MISSED_IN_ONE_SWEEP), missedMs: nowMs };
}

/** Ids of the calendars that ought to have a trigger: all on record, and those of conferences just made. */
export function followedCalendars(entries: Entries): string[] {
  const records = [...readCalendarRecords(entries).values()].filter(({ lostSinceMs }) => lostSinceMs === undefined);
  const ids = [...records.map(({ id }) => id), ...readIntents(entries).map(({ calendarId }) => calendarId)];
  return [...new Map(ids.map((id) => [calendarKey(id), id])).values()];
}

/** @returns is the trigger of this name dead, as far as its silence tells? */
export function deadTriggers(entries: Entries, nowMs: number): (name: string) => boolean {
  const [beat, notes, records] = [readBeat(entries), readNotes(entries), readCalendarRecords(entries)];
  const lastReadMs = Math.max(0, ...[...records.values()].map(({ readMs }) => readMs ?? 0));
  return (name) => {
    const note = notes[name];
    if (nowMs - (note?.renewedMs ?? 0) < RENEWED_AGAIN_AFTER_MS) return false;
    const record = records.get(name);
    if (record !== undefined && hasMissed(record, note)) return true;
    const ownMs = Math.max(record?.firedMs ?? 0, note?.madeMs ?? 0, note?.renewedMs ?? 0);
    // A sweep that works finds what a calendar has to tell: there, silence alone says nothing.
    const signMs = Math.max(ownMs, beat.sweepMs ?? 0) || (record === undefined ? lastReadMs : (record.readMs ?? 0));
    return signMs > 0 && nowMs - signMs > SILENT_AFTER_MS && !isTimeSpent(beat, nowMs);
  };
}

function hasMissed({ missed = 0, missedMs = 0 }: CalendarRecord, note?: TriggerNote): boolean {
  return missed >= MISSED_FOR_DEATH && missedMs > (note?.renewedMs ?? 0);
}

/** Then none of them runs before Google's day is over. */
function isTimeSpent({ sinceMs = 0, ranMs = 0 }: Beat, nowMs: number): boolean {
  return ranMs >= SPENT_TIME_MS && nowMs - sinceMs < DAY_MS + HOUR_MS;
}

/** Hints that cannot be read are none. */
function parsed<T extends object>(text = '{}'): T {
  try {
    return (JSON.parse(text) ?? {}) as T;
  } catch {
    return {} as T;
  }
}
