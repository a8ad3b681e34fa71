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
import type { Damage, Hurt, Memory } from './memory';
import { hurtOf, MEMORY_KEY, readMemory, shardDigests } from './memory';
import { byteLength, LedgerShards, SHARD_PREFIX } from './shards';
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
  /** What was found damaged in what was read. */
  readonly damages: readonly Damage[];
  /** When a damage was noticed, and mended. */
  hurt: Hurt;
  /** The commit of an earlier pass was refused: this one commits before it acts. */
  wasRefused = false;
  /** An earlier pass may have told providers what it could not put on record. */
  inDoubt = false;
  /** Events whose guests Google left out, and that could not be asked for. */
  readonly unasked: Array<{ calendar: string; eventId: string }> = [];
  private readonly memory: Memory | undefined;
  private readonly shards: LedgerShards;
  private readonly used: string[] = [];
  private readonly changedCalendars = new Set<string>();
  private readonly otherBytes: number;
  private readonly beatBefore: Beat;
  private readonly hurtBefore: Hurt;
  /** Maps that an earlier commit of the same pass has written. */
  private readonly written = new Map<string, string>();
  private readonly writtenShards = new Map<string, string>();

  constructor(private readonly entries: Readonly<Record<string, string>>) {
    checkSchema(entries);
    const memory = readMemory(entries);
    this.memory = memory;
    this.calendars = readCalendarRecords(entries);
    this.owner = ownerIn(entries) ?? '';
    this.intents = readIntents(entries);
    this.pauses = parseMap<Pause>(entries[PAUSES_KEY]);
    this.spent = parseMap<Spent>(entries[SPENT_KEY]);
    this.hand = new InHand(entries);
    this.beat = readBeat(entries);
    this.beatBefore = this.beat;
    this.triggerNotes = readNotes(entries);
    this.accounts = parseMap<string>(entries[ACCOUNTS_KEY]);
    this.shards = new LedgerShards(entries, memory);
    this.damages = this.findDamages();
    this.hurt = hurtOf(memory);
    this.hurtBefore = this.hurt;
    this.otherBytes = storeBytes(entries) - this.shards.bytes;
  }

  /** Lines of the ledger that cannot be read. */
  get unreadable(): number {
    return this.shards.unreadable;
  }

  get ledger(): Ledger {
    return this.shards.ledger;
  }

  /** The secret word was gone, and is there again from its second copy. */
  get isOwnerRestored(): boolean {
    return this.owner !== '' && this.entries[OWNER_KEY] !== this.owner;
  }

  /** Every calendar has been read anew since the damage: what there is to be known is known. */
  mended(nowMs: number): void {
    this.shards.dropUnreadable();
    const isOrphaned = this.ledger.all().some(({ calendar }) => !this.calendars.has(calendar));
    this.hurt = { ...this.hurt, mendedMs: nowMs, left: isOrphaned ? ['calendar'] : [] };
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
    if (this.entries[SCHEMA_KEY] !== SCHEMA) first[SCHEMA_KEY] = SCHEMA;
    if (this.isOwnerRestored) first[OWNER_KEY] = this.owner;
    if (Object.keys(first).length > 0 || this.hurt !== this.hurtBefore) Object.assign(first, this.memoryEntry(first));
    if (Object.keys(first).length > 0) store.write(first);

    const last: Record<string, string> = {};
    for (const word of this.used) Object.assign(last, doneEntry(word));
    Object.assign(last, this.hand.endEntry());
    if (this.beat !== this.beatBefore) Object.assign(last, beatEntry(this.beat));
    for (const key of this.changedCalendars)
      last[CALENDAR_PREFIX + key] = JSON.stringify(this.calendars.get(key)) ?? '';
    if (Object.keys(last).length > 0) store.write(last);
  }

  private memoryEntry(written: Readonly<Record<string, string>>): Record<string, string> {
    const isShard = ([name]: [string, string]) => name.startsWith(SHARD_PREFIX);
    const stored = Object.fromEntries(Object.entries(this.entries).filter(isShard));
    for (const entry of Object.entries(written).filter(isShard)) this.writtenShards.set(...entry);
    const shards = shardDigests(
      this.damages.length > 0 ? undefined : this.memory,
      stored,
      Object.fromEntries(this.writtenShards),
    );
    const memory: Memory = { shards, schema: SCHEMA, ...(this.owner !== '' && { owner: this.owner }), ...this.hurt };
    const text = JSON.stringify(memory);
    if (text === (this.written.get(MEMORY_KEY) ?? this.entries[MEMORY_KEY])) return {};
    this.written.set(MEMORY_KEY, text);
    return { [MEMORY_KEY]: text };
  }

  private findDamages(): Damage[] {
    const { ledger, calendars } = this;
    const found: Damage[] = [];
    if (this.shards.damaged > 0) found.push('shard');
    else if (this.shards.unreadable > 0) found.push('line');
    if (ledger.all().some(({ calendar }) => !calendars.has(calendar))) found.push('calendar');
    return found;
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

/** The secret word of the user, or its second copy; undefined before there is one. */
export function ownerIn(entries: Readonly<Record<string, string>>): string | undefined {
  const [own, copy] = [entries[OWNER_KEY], readMemory(entries)?.owner];
  // All words are of one length: another is no word, but what a damage left.
  return own === undefined || (copy !== undefined && own.length !== copy.length) ? copy : own;
}

/**
 * @throws AddOnError `state-unreadable` for a state of another version, or one whose version cannot be told: it is left
 *   untouched.
 */
export function checkSchema(entries: Readonly<Record<string, string>>): void {
  const schema = entries[SCHEMA_KEY] ?? SCHEMA;
  if (schema === SCHEMA) return;
  const isNumber = /^\d+$/.test(schema);
  // A mark that was damaged says nothing of what it marks.
  if (!isNumber && readMemory(entries)?.schema === SCHEMA) return;
  const what = !isNumber
    ? 'Which version wrote the memory of this add-on cannot be told: the mark of it is damaged.'
    : Number(schema) > Number(SCHEMA)
      ? `The memory of this add-on was written by a newer version (${schema}; this one knows ${SCHEMA}).`
      : `The memory of this add-on was written by a version too old for this one (${schema}; this one knows ${SCHEMA}).`;
  const remedy = !isNumber
    ? 'tell whoever runs it.'
    : Number(schema) > Number(SCHEMA)
      ? 'deploy the newer version again.'
      : 'deploy a version in between first.';
  throw addOnError(
    'state-unreadable',
    'report-bug',
    `${what} Nothing was changed, and no conference is made; ${remedy}`,
  );
}

/** Is it this version's? What is not is left as it is, hints too. */
export function isReadable(entries: Readonly<Record<string, string>>): boolean {
  try {
    checkSchema(entries);
    return true;
  } catch {
    return false;
  }
}

export function storeBytes(entries: Readonly<Record<string, string>>): number {
  return Object.entries(entries).reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);
}
