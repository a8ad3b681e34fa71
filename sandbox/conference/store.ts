/**
 * The conferences and the keys that protect their creation, kept in Records.
 *
 * A cancelled conference stays, for the record and so that it is answered with 410. Stored records are replaced, never
 * changed. Changing when a series happens keeps the changes of those occurrences that the new rule still has, and
 * drops the others: nothing could show them any more.
 */
import { createHash } from 'node:crypto';
import type { Clock } from '../world/clock';
import type { Random } from '../world/random';
import type { Records } from '../world/records';
import {
  type ConferenceFields,
  type ConferenceRecord,
  type DialIn,
  fieldsOf,
  type OccurrenceChange,
} from './conference';
import { IDEMPOTENCY_KEY_LIFE_MS } from './limits';
import { isOccurrence } from './moments';
import { Refusal } from './refusal';

const KIND = 'conference';
const KEY_KIND = 'conference-key';

/** Numbers set aside for fiction, by the North American plan and by Ofcom. */
const NUMBERS: ReadonlyArray<Omit<DialIn, 'pin'>> = [
  { number: '+12025550143', country: 'US' },
  { number: '+442079460143', country: 'GB' },
];

interface RememberedKey {
  conferenceId: string;
  bodyDigest: string;
  atMs: number;
}

export interface StoreDeps {
  records: Records;
  clock: Clock;
  random: Random;
}

export class ConferenceStore {
  constructor(
    private readonly deps: StoreDeps,
    private readonly publicUrl: string,
  ) {}

  all(): ConferenceRecord[] {
    return [...this.deps.records.entries<ConferenceRecord>(KIND)].map(([, record]) => record);
  }

  /** The live conference. Refuses with 404 or 410; another account's is not found. */
  live(id: string, account?: string): ConferenceRecord {
    const record = this.find(id);
    if (record === undefined || (account !== undefined && record.account !== account)) {
      throw new Refusal('not_found', `There is no conference ${JSON.stringify(id)}.`);
    }
    if (record.status === 'cancelled') throw new Refusal('gone', `Conference ${id} was cancelled.`);
    return record;
  }

  find(id: string): ConferenceRecord | undefined {
    return this.deps.records.get<ConferenceRecord>(KIND, id);
  }

  create(account: string, fields: ConferenceFields): ConferenceRecord {
    const { random, clock } = this.deps;
    let id = '';
    // After a restart the same seed deals the same ids again.
    do id = [3, 4, 3].map((length) => random.text(length, 'abcdefghijkmnopqrstuvwxyz')).join('-');
    while (this.find(id) !== undefined);
    const pin = random.text(9, '0123456789');
    const nowMs = clock.nowMs();
    return this.put({
      id,
      account,
      ...fields,
      status: 'scheduled',
      version: 1,
      joinUrl: `${this.publicUrl}/j/${id}`,
      dialIn: NUMBERS.map((number) => ({ ...number, pin })),
      occurrences: {},
      createdMs: nowMs,
      updatedMs: nowMs,
    });
  }

  /** What equals the stored conference changes nothing, not even its version. */
  change(record: ConferenceRecord, fields: ConferenceFields): ConferenceRecord {
    if (canonical(fields) === canonical(fieldsOf(record))) return record;
    const kept = Object.entries(record.occurrences).filter(
      ([key]) => fields.start !== null && isOccurrence(fields.start, fields.recurrence, key),
    );
    return this.next(record, { ...fields, occurrences: Object.fromEntries(kept) });
  }

  /** @param change undefined: back to the rule. */
  changeOccurrence(record: ConferenceRecord, key: string, change: OccurrenceChange | undefined): ConferenceRecord {
    if (canonical(record.occurrences[key] ?? null) === canonical(change ?? null)) return record;
    const { [key]: _, ...occurrences } = record.occurrences;
    return this.next(record, { occurrences: change === undefined ? occurrences : { ...occurrences, [key]: change } });
  }

  cancel(record: ConferenceRecord): void {
    this.next(record, { status: 'cancelled' });
  }

  /** What was made with this key in its lifetime. Refuses if that was another body, or if it is gone. */
  madeWith(account: string, key: string, body: unknown): ConferenceRecord | undefined {
    const remembered = this.deps.records.get<RememberedKey>(KEY_KIND, keyOf(account, key));
    if (remembered === undefined || this.isExpired(remembered)) return undefined;
    if (remembered.bodyDigest !== digest(body)) {
      throw new Refusal('idempotency_mismatch', 'This Idempotency-Key was used for another body; use a new one.');
    }
    return this.live(remembered.conferenceId, account);
  }

  rememberKey(account: string, key: string, body: unknown, conferenceId: string): void {
    const { records, clock } = this.deps;
    for (const [old, remembered] of records.entries<RememberedKey>(KEY_KIND)) {
      if (!this.isExpired(remembered)) break;
      records.remove(KEY_KIND, old);
    }
    // Removed first, so that the oldest key always stands first.
    records.remove(KEY_KIND, keyOf(account, key));
    const remembered: RememberedKey = { conferenceId, bodyDigest: digest(body), atMs: clock.nowMs() };
    records.put(KEY_KIND, keyOf(account, key), remembered);
  }

  private isExpired(remembered: RememberedKey): boolean {
    return this.deps.clock.nowMs() >= remembered.atMs + IDEMPOTENCY_KEY_LIFE_MS;
  }

  private next(record: ConferenceRecord, changes: Partial<ConferenceRecord>): ConferenceRecord {
    return this.put({ ...record, ...changes, version: record.version + 1, updatedMs: this.deps.clock.nowMs() });
  }

  private put(record: ConferenceRecord): ConferenceRecord {
    this.deps.records.put(KIND, record.id, record);
    return record;
  }
}

function keyOf(account: string, key: string): string {
  return `${account} ${key}`;
}

function digest(body: unknown): string {
  return createHash('sha256').update(canonical(body)).digest('hex');
}

/** JSON that does not depend on the order of keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
