/**
 * Trigger management: one EventUpdated trigger per calendar, one hourly trigger, no doubles, none that is dead.
 *
 * A trigger is ours only if handler, event type and calendar agree; calendars are compared without case. Google allows
 * 20 triggers per user and script: a calendar that gets none is read by the hourly sweep.
 *
 * A trigger that was made by a trigger's execution may be disabled from the start. So a dead one is replaced only where a
 * person has started the execution, by one that person starts: a create, a card, the button.
 *
 * Google: https://developers.google.com/workspace/add-ons/calendar/conferencing/sync-calendar-changes
 */
import { HOUR_MS, MINUTE_MS } from '../core/policies';
import type { TriggerInfo } from '../ports/platform';
import type { SyncDeps } from './deps';
import type { TriggerNote, TriggerNotes } from './heartbeat';
import { deadTriggers, followedCalendars, notesEntry, readNotes, SWEEP_NAME } from './heartbeat';
import { SHARD_PREFIX } from './shards';
import { calendarKey, readCalendarRecords } from './sync-tokens';
import { isReadable } from './user-state';

/** Live triggers call these by name: never rename them. */
export const SYNC_HANDLER = 'syncEvents';
export const SWEEP_HANDLER = 'sweepHourly';

/** A person waits: no further trigger is made from then on. The slowest takes some 4 s, and Google ends a card after 30. */
const TENDED_WITHIN_MS = 8_000;

export interface TriggerReport {
  made: number;
  /** Made anew in place of a dead one. */
  renewed: number;
  removed: number;
  /** Keys of calendars that got no trigger, and the name of the hourly one if it was refused. */
  refused: string[];
  /** Calendars that the ledger knows and that are not on record any more: the trigger names them. */
  found: string[];
}

interface Keeping {
  report: TriggerReport;
  notes: Record<string, TriggerNote>;
  deps: SyncDeps;
}

/**
 * Makes the triggers what they ought to be for exactly these calendars. Never throws: a refusal is reported, and stands in
 * the notes.
 *
 * @param entries the store, as read a moment ago.
 * @param isPersons a person has started this execution: dead ones are replaced.
 */
export function keepTriggers(
  calendarIds: readonly string[],
  deps: SyncDeps,
  entries: Readonly<Record<string, string>>,
  isPersons: boolean,
): TriggerReport {
  const startMs = deps.clock.nowMs();
  const keeping = newKeeping(entries, deps);
  const all = readTriggers(deps);
  if (all === undefined) return keeping.report;
  const wanted = wantedTriggers(calendarIds);
  const kept = new Map<string, TriggerInfo>();
  const records = readCalendarRecords(entries);
  for (const trigger of all) {
    const name = nameOf(trigger);
    if (name === undefined) continue;
    if (wanted.has(name) && !kept.has(name)) kept.set(name, trigger);
    else if (!wanted.has(name) && !records.has(name) && isRemembered(name, entries))
      keeping.report.found.push(trigger.calendarId as string);
    else remove(trigger, keeping);
  }
  for (const name of Object.keys(keeping.notes)) if (!wanted.has(name)) delete keeping.notes[name];
  const isDead = isPersons ? deadTriggers(entries, startMs) : () => false;
  for (const [name, calendarId] of wanted) {
    if (isPersons && !isInTime(startMs, deps)) break;
    const trigger = kept.get(name);
    // A calendar that is lost keeps the trigger it has, and is given none.
    if (trigger !== undefined || records.get(name)?.lostSinceMs === undefined)
      keepOne(name, calendarId, trigger === undefined ? [] : [trigger], isDead, keeping);
  }
  writeNotes(keeping, entries);
  return keeping.report;
}

/**
 * In an execution that a person has started: adds what is missing, replaces what is dead, the hourly one first, and takes
 * its time for no more than a person would wait. What is left over comes with the next one. Never throws.
 *
 * @param first the calendar that comes before all others.
 */
export function tendTriggers(
  deps: SyncDeps,
  entries: Readonly<Record<string, string>>,
  startMs: number,
  first?: string,
): void {
  const known = followedCalendars(entries);
  const calendarIds = first === undefined ? known : [first, ...known];
  if ((calendarIds.length === 0 && !hasBegun(entries)) || !isReadable(entries)) return;
  const all = deps.authorisation.lacks('triggers') ? undefined : readTriggers(deps);
  if (all === undefined) return;
  const keeping = newKeeping(entries, deps);
  const isDead = deadTriggers(entries, startMs);
  for (const [name, calendarId] of wantedTriggers(calendarIds)) {
    if (!isInTime(startMs, deps)) break;
    const listed = all.filter((trigger) => nameOf(trigger) === name);
    if (listed.length > 0 || !wasJustRefused(name, keeping, startMs)) {
      keepOne(name, calendarId, listed, isDead, keeping);
    }
  }
  writeNotes(keeping, entries);
  const { made, renewed, refused } = keeping.report;
  // A create says itself how it went; that it made the first ones is no news.
  if (renewed > 0 || (made > 0 && first === undefined))
    deps.log({ event: 'triggers', made, renewed, refused: refused.length });
}

/** Of a damaged store that names no calendar any more, the hourly trigger is what finds them again. */
function hasBegun(entries: Readonly<Record<string, string>>): boolean {
  return (
    readNotes(entries)[SWEEP_NAME] !== undefined || Object.keys(entries).some((key) => key.startsWith(SHARD_PREFIX))
  );
}

/** What a create notes beforehand, since it writes anyhow: that it makes what is not known to have been made. */
export function expectedNotes(
  calendarId: string,
  entries: Readonly<Record<string, string>>,
  nowMs: number,
): Record<string, string> {
  const notes = readNotes(entries);
  const unknown = [SWEEP_NAME, calendarKey(calendarId)].filter((name) => notes[name] === undefined);
  if (unknown.length === 0) return {};
  return notesEntry({ ...notes, ...Object.fromEntries(unknown.map((name) => [name, { madeMs: nowMs }])) });
}

/** The sweep first: it is what finds everything else that is missing. */
function wantedTriggers(calendarIds: readonly string[]): Map<string, string | undefined> {
  const wanted = new Map<string, string | undefined>([[SWEEP_NAME, undefined]]);
  for (const id of calendarIds) if (!wanted.has(calendarKey(id))) wanted.set(calendarKey(id), id);
  return wanted;
}

function keepOne(
  name: string,
  calendarId: string | undefined,
  listed: readonly TriggerInfo[],
  isDead: (name: string) => boolean,
  keeping: Keeping,
): void {
  const { triggers } = keeping.deps;
  const make = () =>
    calendarId === undefined ? triggers.everyHour(SWEEP_HANDLER) : triggers.watchCalendar(SYNC_HANDLER, calendarId);
  if (listed.length === 0) {
    if (attempt(name, make, keeping)) keeping.report.made++;
  } else if (isDead(name)) {
    // Taken away first: a dead one is worth nothing, and two of a kind could not be told apart afterwards.
    if (!listed.every((trigger) => remove(trigger, keeping))) return;
    keeping.notes[name] = { ...keeping.notes[name], renewedMs: keeping.deps.clock.nowMs() };
    if (attempt(name, make, keeping)) keeping.report.renewed++;
  } else forgive(name, keeping);
}

/** Each attempt costs a second; the sweep and the button try again. Without the hourly one there is no sweep. */
function wasJustRefused(name: string, { notes }: Keeping, nowMs: number): boolean {
  return name !== SWEEP_NAME && nowMs - (notes[name]?.refusedMs ?? 0) < HOUR_MS;
}

function newKeeping(entries: Readonly<Record<string, string>>, deps: SyncDeps): Keeping {
  const report = { made: 0, renewed: 0, removed: 0, refused: [], found: [] };
  return { report, notes: { ...readNotes(entries) }, deps };
}

/** Only when something came out otherwise than it stands there. A store that will not have it costs a hint. */
function writeNotes({ notes, deps }: Keeping, entries: Readonly<Record<string, string>>): void {
  const before: TriggerNotes = readNotes(entries);
  if (JSON.stringify(before) === JSON.stringify(notes)) return;
  try {
    deps.store.write(notesEntry(notes));
  } catch {
    deps.log({ event: 'trigger-notes-unwritten' });
  }
}

function isInTime(startMs: number, deps: SyncDeps): boolean {
  return deps.clock.nowMs() - startMs < TENDED_WITHIN_MS;
}

function readTriggers(deps: SyncDeps): TriggerInfo[] | undefined {
  try {
    return deps.triggers.all();
  } catch {
    deps.log({ event: 'triggers-unreadable' });
    return undefined;
  }
}

/** Does a line of the ledger begin with the key of this calendar? */
function isRemembered(key: string, entries: Readonly<Record<string, string>>): boolean {
  return Object.entries(entries).some(
    ([name, text]) => name.startsWith(SHARD_PREFIX) && `\n${text}`.includes(`\n${key}|`),
  );
}

/** Undefined for a trigger that is not ours. */
function nameOf({ kind, handler, calendarId }: TriggerInfo): string | undefined {
  if (kind === 'clock') return handler === SWEEP_HANDLER ? SWEEP_NAME : undefined;
  const isOurs = kind === 'calendar' && handler === SYNC_HANDLER && calendarId !== undefined;
  return isOurs ? calendarKey(calendarId) : undefined;
}

function remove(trigger: TriggerInfo, { report, deps }: Keeping): boolean {
  try {
    deps.triggers.remove(trigger.id);
    report.removed++;
    return true;
  } catch {
    // Most likely another execution was faster; a double that stays is met again by the next sweep.
    deps.log({ event: 'trigger-stays' });
    return false;
  }
}

function attempt(name: string, make: () => void, keeping: Keeping): boolean {
  const { report, notes, deps } = keeping;
  const nowMs = deps.clock.nowMs();
  try {
    make();
    forgive(name, keeping);
    // Within a minute it was expected to be made, and stands there already.
    const { madeMs = 0, ...rest } = notes[name] ?? {};
    notes[name] = { ...rest, madeMs: nowMs - madeMs < MINUTE_MS ? madeMs : nowMs };
    return true;
  } catch {
    notes[name] = { ...notes[name], refusedMs: nowMs };
    report.refused.push(name);
    deps.log({ event: 'trigger-refused', calendar: name });
    return false;
  }
}

/** It is there: what was refused before is so no longer. */
function forgive(name: string, { notes }: Keeping): void {
  const { refusedMs, ...rest } = notes[name] ?? {};
  if (refusedMs !== undefined) notes[name] = rest;
}
