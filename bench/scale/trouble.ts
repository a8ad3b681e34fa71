/** What goes wrong: an expired token after a gap, a conference server that is down, a Google that is not well. */
import type { EventHandle } from '../../sandbox/editor/person';
import type { AddOn } from '../../sandbox/script/host';
import { CONFERENCE_HOST } from '../../sandbox/whole-world';
import type { Fault } from '../../sandbox/world/faults';
import { HOUR_MS, MINUTE_MS } from '../bench-world';
import { conferenceOf, Office } from './office';
import { measured, type Result } from './result';

const DAY_MS = 24 * HOUR_MS;

export interface Gap {
  conferences?: number;
  foreign?: number;
  days?: number;
}

/** Nothing ran for days, and the token is out of date when it does again. Two results: the first pass, and two hours. */
export async function expiredToken(
  addOn: AddOn,
  { conferences = 1_000, foreign = 3_000, days = 3 }: Gap = {},
): Promise<[first: Result, settled: Result]> {
  const office = new Office(addOn);
  office.fill(conferences);
  office.fillForeign(foreign);
  await office.rest();
  const changed = office.pick(10);
  const tally = office.tally();
  const halfMs = (days * DAY_MS) / 2;
  office.clock.moveTo(office.clock.nowMs() + halfMs);
  office.unnoticed(() => {
    for (const event of changed.slice(0, 5)) office.renames(event, tally);
    for (const event of changed.slice(5, 8)) {
      tally.expect(conferenceOf(event));
      office.ana.deletes(event);
    }
    for (const event of changed.slice(8)) office.ana.duplicates(event);
  });
  office.clock.moveTo(office.clock.nowMs() + halfMs);
  office.world.calendar.expireSyncTokens(office.ana.email);
  const what = `410 with ${conferences + foreign} events after ${days} days`;
  const first = await measured(`${what}: the first pass`, office, MINUTE_MS, (of) => of.takeOver(tally));
  const settled = await measured(`${what}: the two hours after`, office, 2 * HOUR_MS, (of) => of.takeOver(first.tally));
  await office.overlap.close();
  return [first, settled];
}

/** Down: refuses connections, hangs, or does what it is asked and loses the answer. */
export const OUTAGES = {
  'refuses connections': { kind: 'throw', message: `Address unavailable: https://${CONFERENCE_HOST}/` },
  'answers 503': { kind: 'status', status: 503 },
  hangs: { kind: 'hang', ms: 60_000 },
  'loses its answers': { kind: 'lost-answer' },
} as const satisfies Record<string, Fault>;

export interface Outage {
  conferences?: number;
  edits?: number;
  forMs?: number;
}

/** Two results: the outage, and the two hours after it. */
export async function outage(
  addOn: AddOn,
  how: keyof typeof OUTAGES,
  { conferences = 1_000, edits = 20, forMs = 30 * MINUTE_MS }: Outage = {},
): Promise<[during: Result, after: Result]> {
  const what = `the conference server ${how} for ${forMs / MINUTE_MS} min, ${edits} edits`;
  const point = `internet.${CONFERENCE_HOST}`;
  return troubled(addOn, conferences, what, forMs, {
    edits,
    begin: (office) => office.world.faults.always(point, OUTAGES[how]),
    end: (office) => office.world.faults.clear(point),
  });
}

/** A third of Google's answers to lists and gets is a 5xx. */
export async function unwellGoogle(
  addOn: AddOn,
  { conferences = 1_000, edits = 20, forMs = 38 * MINUTE_MS }: Outage = {},
): Promise<[during: Result, after: Result]> {
  const what = `a third of Google's answers is 503 for ${forMs / MINUTE_MS} min, ${edits} edits`;
  const points = ['calendar.events.list', 'script.calendar.events.get'];
  const fault = { kind: 'status', status: 503, reason: 'backendError', message: 'Backend Error' } as const;
  return troubled(addOn, conferences, what, forMs, {
    edits,
    begin: (office) => {
      for (let i = 0; i < 1_000; i++) {
        let skip = 0;
        while (!office.random.chance(1 / 3)) skip++;
        for (const point of points) office.world.faults.next(point, fault, 1, skip);
      }
    },
    end: (office) => {
      for (const point of points) office.world.faults.clear(point);
    },
  });
}

export async function refusedWrites(
  addOn: AddOn,
  { conferences = 1_000, edits = 20, forMs = HOUR_MS }: Outage = {},
): Promise<[during: Result, after: Result]> {
  const what = `property writes fail for ${forMs / MINUTE_MS} min, ${edits} edits`;
  const point = 'properties.setProperties';
  return troubled(addOn, conferences, what, forMs, {
    edits,
    begin: (office) =>
      office.world.faults.always(point, { kind: 'throw', message: 'Service error: graphite property writes' }),
    end: (office) => office.world.faults.clear(point),
  });
}

interface Trouble {
  edits: number;
  begin(office: Office): void;
  end(office: Office): void;
}

/** Every tenth edited event is edited twice. What is not delivered meanwhile is expected of the time after. */
async function troubled(
  addOn: AddOn,
  conferences: number,
  what: string,
  forMs: number,
  { edits, begin, end }: Trouble,
): Promise<[during: Result, after: Result]> {
  const office = new Office(addOn);
  office.fill(conferences);
  const picked = office.pick(edits - Math.floor(edits / 10));
  const events = [...picked, ...picked.slice(0, edits - picked.length)];
  await office.rest();
  begin(office);
  const during = await measured(what, office, forMs, (tally, beginMs) => {
    for (const [i, event] of events.entries()) {
      office.overlap.at(beginMs + (i * forMs) / edits, () => office.renames(event as EventHandle, tally));
    }
  });
  end(office);
  const after = await measured(`${what}: the two hours after`, office, 2 * HOUR_MS, (tally) => {
    tally.takeOver(during.tally);
  });
  await office.overlap.close();
  return [during, after];
}
