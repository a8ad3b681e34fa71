/**
 * One user's state: read with one call, written with as few as safety needs.
 *
 * The order of writing is the promise: ledger first, sync tokens and used-up intents last. An execution that dies in
 * between does the same work again; it never skips any.
 */
import type { AccountList } from '../core/account-list';
import { characterOf } from '../core/account-list';
import { bindingKey } from '../core/binding';
import { addOnError } from '../core/errors';
import type { Ledger } from '../core/ledger';
import type { Outcome } from '../core/outcome';
import { type Pause, pauseAfter } from '../core/pause';
import type { Policies } from '../core/policies';
import type { Spent } from '../core/quota';
import type { StateStore } from '../ports/platform';
import { InHand } from './hand';
import type { Beat, TriggerNotes } from './heartbeat';
import { beatEntry, readBeat, readNotes } from './heartbeat';
import type { Intent } from './intents';
import { doneEntry, pendingBinding, readIntents } from './intents';
import { byteLength, LedgerShards } from './shards';
import type { CalendarRecord } from './sync-tokens';
import { CALENDAR_PREFIX, calendarKey, readCalendarRecords } from './sync-tokens';

export const SCHEMA = '1';
export const SCHEMA_KEY = 'lockstep.schema';
export const OWNER_KEY = 'lockstep.owner';
const PAUSES_KEY = 'lockstep.pauses';
const SPENT_KEY = 'lockstep.spent';
const ACCOUNTS_KEY = 'lockstep.accounts';

/** Google: 500 kB a store. The rest is for intents, OAuth grants and growth of what is there. */
export const STORE_LIMIT_BYTES = 420_000;

export class UserState {
  readonly calendars: Map<string, CalendarRecord>;
  readonly owner: string;
  readonly intents: Intent[];
  readonly pauses: Map<string, Pause>;
  /** By provider. */
  readonly spent: Map<string, Spent>;
  /** What this pass judges, and what earlier ones died of. */
  readonly hand: InHand;
  /** When triggers fired, and how long they ran. */
  beat: Beat;
  readonly triggerNotes: TriggerNotes;
  readonly accounts: AccountList;
  /** The commit of an earlier pass was refused: this one commits before it acts. */
  wasRefused = false;
  /** An earlier pass may have told providers what it could not put on record. */
  inDoubt = false;
  private readonly shards: LedgerShards;
  private readonly used: string[] = [];
  private readonly changedCalendars = new Set<string>();
  private readonly otherBytes: number;
  private readonly beatBefore: Beat;
  /** Maps that an earlier commit of the same pass has written. */
  private readonly written = new Map<string, string>();

  constructor(private readonly entries: Readonly<Record<string, string>>) {
    checkSchema(entries);
    this.calendars = readCalendarRecords(entries);
    this.owner = entries[OWNER_KEY] ?? '';
    this.intents = readIntents(entries);
    this.pauses = parseMap<Pause>(entries[PAUSES_KEY]);
    this.spent = parseMap<Spent>(entries[SPENT_KEY]);
    this.hand = new InHand(entries);
    this.beat = readBeat(entries);
    this.beatBefore = this.beat;
    this.triggerNotes = readNotes(entries);
    this.accounts = parseMap<string>(entries[ACCOUNTS_KEY]);
    this.shards = new LedgerShards(entries);
    this.otherBytes = storeBytes(entries) - this.shards.bytes;
  }

  get ledger(): Ledger {
    return this.shards.ledger;
  }

  get unreadable(): number {
    return this.shards.unreadable;
  }

  /** Is there room for another binding? */
  get hasRoom(): boolean {
    return this.hasRoomFor(0);
  }

  hasRoomFor(bytes: number): boolean {
    return this.otherBytes + this.shards.bytes + bytes < STORE_LIMIT_BYTES;
  }

  /** The record of a calendar; a new one when it is met for the first time. */
  calendar(calendarId: string): CalendarRecord {
    const key = calendarKey(calendarId);
    const known = this.calendars.get(key);
    if (known !== undefined) return known;
    const record: CalendarRecord = { id: calendarId };
    this.calendars.set(key, record);
    return record;
  }

  setCalendar(record: CalendarRecord): void {
    const key = calendarKey(record.id);
    this.calendars.set(key, record);
    this.changedCalendars.add(key);
  }

  forgetCalendar(key: string): void {
    this.calendars.delete(key);
    this.changedCalendars.add(key);
  }

  /** Takes answered intents into the ledger. They are marked as used by the commit. */
  foldIntents(policies: Policies): void {
    for (const intent of this.intents) {
      if (intent.conference !== undefined) this.fold({ ...intent, conference: intent.conference }, policies);
    }
  }

  /**
   * Takes one answered intent into the ledger; a binding that is there already knows more. A calendar that is met here
   * for the first time goes on record with it: nothing else may know its id.
   */
  fold(intent: Intent & { conference: string }, policies: Policies): void {
    const account = characterOf(intent.account, this.accounts, this.ledger);
    const binding = { ...pendingBinding(intent, policies), ...(account !== undefined && { account }) };
    if (!this.calendars.has(binding.calendar)) this.setCalendar({ id: intent.calendarId });
    if (this.ledger.get(bindingKey(binding)) === undefined) this.ledger.put(binding);
    this.useUp(intent);
  }

  /** @param about the one conference (or create) that the outcome is about, if it is one. */
  notePause(solution: string, outcome: Outcome, nowMs: number, about?: string): void {
    const pause = pauseAfter(this.pauses.get(solution), outcome, nowMs, about);
    if (pause === undefined) this.pauses.delete(solution);
    else this.pauses.set(solution, pause);
  }

  useUp(intent: Intent): void {
    this.used.push(intent.word);
  }

  commit(store: StateStore): void {
    const first = this.shards.takeEntries();
    Object.assign(first, this.changedMap(PAUSES_KEY, this.pauses), this.changedMap(SPENT_KEY, this.spent));
    Object.assign(first, this.changedMap(ACCOUNTS_KEY, this.accounts));
    if (this.entries[SCHEMA_KEY] === undefined) first[SCHEMA_KEY] = SCHEMA;
    if (Object.keys(first).length > 0) store.write(first);

    const last: Record<string, string> = {};
    for (const word of this.used) Object.assign(last, doneEntry(word));
    Object.assign(last, this.hand.endEntry());
    if (this.beat !== this.beatBefore) Object.assign(last, beatEntry(this.beat));
    for (const key of this.changedCalendars)
      last[CALENDAR_PREFIX + key] = JSON.stringify(this.calendars.get(key)) ?? '';
    if (Object.keys(last).length > 0) store.write(last);
  }

  private changedMap(key: string, map: ReadonlyMap<string, unknown>): Record<string, string> {
    const text = JSON.stringify(Object.fromEntries(map));
    if (text === (this.written.get(key) ?? this.entries[key] ?? '{}')) return {};
    this.written.set(key, text);
    return { [key]: text };
  }
}

/** Pauses and counts that cannot be read are none: the provider says so again if it must. */
function parseMap<T>(text = '{}'): Map<string, T> {
  try {
    return new Map(Object.entries(JSON.parse(text) as Record<string, T>));
  } catch {
    return new Map();
  }
}

/** @throws AddOnError `state-unreadable` for a state that a newer version wrote: it is left untouched. */
function checkSchema(entries: Readonly<Record<string, string>>): void {
  const schema = entries[SCHEMA_KEY] ?? SCHEMA;
  if (schema === SCHEMA) return;
  throw addOnError(
    'state-unreadable',
    'report-bug',
    `The stored state has schema ${schema}, this version knows ${SCHEMA}. Nothing was changed; deploy the newer version again.`,
  );
}

export function storeBytes(entries: Readonly<Record<string, string>>): number {
  return Object.entries(entries).reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);
}
