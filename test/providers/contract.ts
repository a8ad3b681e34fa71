/**
 * What every provider does, whatever its vendor: one list of sentences, driven by its capabilities, said against a
 * simulator of the vendor.
 */
import { MEETING_FIELDS } from '../../src/core/meeting';
import type { Conference, Operation, Provider } from '../../src/ports/provider';
import { answer, STAND_INS } from './bad-answers';
import { describeLooks } from './look-contract';
import {
  CANCELLED,
  CHANGES,
  FIRST_TIME,
  MEETING,
  MOVED,
  SECOND_TIME,
  SERIES,
  WHOLE_DAY,
  WHOLE_DAY_MS,
} from './samples';
import { sentInstants } from './sent-instants';
import { checked, type Vendor } from './vendor';
import { Wire } from './wire';

export type { Vendor } from './vendor';

export interface UnderContract {
  provider: Provider;
  /** A fresh vendor, on the Monday morning of the samples. */
  open(): Vendor;
  /** Default: 1. */
  requestsPerCreate?: number;
  /** The instants it sends are not those of the meeting: it leaves room before or after it. */
  leavesRoom?: true;
}

type Begin = (id: string) => Operation<{ kind: string }>;

const KEY = 'word-1';

export function describeContract(
  name: string,
  { provider, open, requestsPerCreate = 1, leavesRoom }: UnderContract,
): void {
  const { capabilities } = provider;
  let vendor: Vendor;
  let wire: Wire;
  let words = 100;

  beforeEach(() => {
    vendor = open();
    wire = new Wire(checked(vendor));
  });

  const made = (meeting = MEETING, key = KEY): Conference => {
    const outcome = wire.run(provider.create(meeting, key));
    if (outcome.kind !== 'created') throw new Error(`The create ended as ${JSON.stringify(outcome)}.`);
    return outcome.conference;
  };
  const kept = (id: string) => {
    const seen = vendor.kept(id);
    if (seen === undefined) throw new Error(`The vendor has no conference ${id}.`);
    return seen;
  };

  const [beginMs, endMs] = WHOLE_DAY_MS;
  const isOfTheDay = (ms: number) => (leavesRoom ? ms <= beginMs || ms >= endMs : ms === beginMs || ms === endMs);

  const create: Begin = () => provider.create(MEETING, KEY);
  const update: Begin = (id) => provider.update(id, { ...MEETING, ...CHANGES.title }, ['title'], 'u');
  const move: Begin = (id) => provider.updateOccurrence(id, MOVED, 'o');
  const cancel: Begin = (id) => provider.cancel(id, 'c');
  const changing: Array<[name: string, begin: Begin]> = [];
  if (capabilities.update !== 'none') changing.push(['update', update]);
  if (capabilities.occurrences !== 'none') changing.push(['occurrence', move]);
  if (capabilities.cancel !== 'none') changing.push(['cancel', cancel]);
  const all: Array<[name: string, begin: Begin]> = [['create', create], ...changing];

  describeLooks(name, { provider, wire: () => wire, made: (meeting) => made(meeting, `word-${++words}`) });

  describe(`${name}: create`, () => {
    it(`makes one conference with an id and an https link; requests: ${requestsPerCreate}`, () => {
      const conference = made();
      expect(conference.joinUrl).toMatch(/^https:\/\/[^\s@]+$/);
      expect(conference.id).not.toBe('');
      expect(vendor.kept(conference.id)).toBeDefined();
      expect(vendor.count()).toBe(1);
      expect(wire.sent).toHaveLength(requestsPerCreate);
    });

    it('hands out nothing that is the host’s alone', () => {
      const conference = made();
      const told = JSON.stringify(conference);
      expect((vendor.secrets?.(conference.id) ?? []).filter((secret) => told.includes(secret))).toEqual([]);
    });

    if (capabilities.idempotency === 'key') {
      it('with the same key gives the same conference', () => {
        expect(made()).toEqual(made());
        expect(vendor.count()).toBe(1);
      });

      it('whose answer was lost is found again by its key', () => {
        wire.lose(provider.create(MEETING, KEY), requestsPerCreate);
        made();
        expect(vendor.count()).toBe(1);
      });
    } else {
      it('with the same key makes another one: the vendor knows no keys', () => {
        expect(made().id).not.toBe(made().id);
        expect(vendor.count()).toBe(2);
      });
    }

    it('sends of a whole day the instants of its midnights in the zone of the calendar, if any', () => {
      made(WHOLE_DAY);
      expect(sentInstants(wire.sent).filter((ms) => !isOfTheDay(ms))).toEqual([]);
    });

    it('with another key makes another one', () => {
      expect(made().id).not.toBe(made(MEETING, 'word-2').id);
    });
  });

  describeUpdates();
  describeOccurrences();
  describeCancel();
  describeFailures();
  describeRequests();

  function describeUpdates(): void {
    if (capabilities.update === 'none') {
      it(`${name}: asks nothing for an update, for there is nothing to change`, () => {
        expect(wire.run(provider.update('id', MEETING, ['title'], 'u'))).toEqual({ kind: 'done' });
        expect(wire.sent).toEqual([]);
      });
      return;
    }
    describe(`${name}: update`, () => {
      const fields = MEETING_FIELDS.filter((field) => capabilities.keeps.includes(field));

      it.each(fields)('brings the %s to where a create would have put it, and nothing else', (field) => {
        const changed = { ...MEETING, ...CHANGES[field] };
        const { id } = made();
        const before = kept(id);
        expect(wire.run(provider.update(id, changed, [field], 'u'))).toEqual({ kind: 'done' });
        const after = kept(id);
        expect(after[field]).toEqual(kept(made(changed, 'word-2').id)[field]);
        expect(after[field]).not.toEqual(before[field]);
        for (const other of fields.filter((one) => one !== field)) expect(after[other]).toEqual(before[other]);
      });

      it('of all fields at once leaves the meeting as a create would', () => {
        const changed = Object.assign({}, MEETING, ...Object.values(CHANGES));
        const { id } = made();
        expect(wire.run(provider.update(id, changed, fields, 'u'))).toEqual({ kind: 'done' });
        expect(kept(id)).toEqual(kept(made(changed, 'word-2').id));
      });

      if (capabilities.keeps.includes('recurrence')) {
        it('makes a single meeting of a series', () => {
          const { id } = made(SERIES);
          expect(wire.run(provider.update(id, MEETING, ['recurrence'], 'u'))).toEqual({ kind: 'done' });
          expect(kept(id)).toEqual(kept(made(MEETING, 'word-2').id));
        });
      }

      if (capabilities.keeps.includes('time')) {
        it('tells a whole day as a create does, by its midnights in the zone of the calendar', () => {
          const { id } = made();
          const sent = wire.sent.length;
          expect(wire.run(provider.update(id, WHOLE_DAY, ['time'], 'u'))).toEqual({ kind: 'done' });
          expect(sentInstants(wire.sent.slice(sent)).filter((ms) => !isOfTheDay(ms))).toEqual([]);
          expect(kept(id).time).toEqual(kept(made(WHOLE_DAY, 'word-2').id).time);
        });

        it('tells an hour that comes twice by which of the two it is', () => {
          const { id } = made(FIRST_TIME);
          const first = kept(id);
          expect(wire.run(provider.update(id, SECOND_TIME, ['time'], 'u'))).toEqual({ kind: 'done' });
          expect(kept(id).time).not.toEqual(first.time);
          expect(wire.run(provider.update(id, FIRST_TIME, ['time'], 'u'))).toEqual({ kind: 'done' });
          expect(kept(id).time).toEqual(first.time);
        });
      }

      it('of nothing costs nothing', () => {
        expect(wire.run(provider.update('id', MEETING, [], 'u'))).toEqual({ kind: 'done' });
        expect(wire.sent).toEqual([]);
      });

      it('said twice leaves what it left the first time', () => {
        const { id } = made();
        wire.lose(update(id), 1);
        const after = kept(id);
        expect(wire.run(update(id))).toEqual({ kind: 'done' });
        expect(kept(id)).toEqual(after);
      });

      it('of a conference that is not there says so', () => {
        const { id } = made();
        if (capabilities.cancel !== 'none') {
          wire.run(cancel(id));
          expect(wire.run(update(id))).toEqual({ kind: 'gone' });
        }
      });
    });
  }

  function describeOccurrences(): void {
    if (capabilities.occurrences === 'none') {
      it(`${name}: asks nothing for an occurrence, for none is kept`, () => {
        expect(wire.run(move('id'))).toEqual({ kind: 'done' });
        expect(wire.sent).toEqual([]);
      });
      return;
    }
    describe(`${name}: one occurrence`, () => {
      it('is moved, and moved again, and the series stays', () => {
        const { id } = made(SERIES);
        const before = kept(id);
        expect(wire.run(move(id))).toEqual({ kind: 'done' });
        const first = kept(id);
        expect(first.occurrences).not.toEqual(before.occurrences);
        const elsewhere = { ...MOVED, time: { start: MEETING.start, end: MEETING.end } };
        expect(wire.run(provider.updateOccurrence(id, elsewhere, 'o2'))).toEqual({ kind: 'done' });
        expect(kept(id).occurrences).not.toEqual(first.occurrences);
        wire.run(move(id));
        expect(kept(id)).toEqual(first);
        expect({ ...first, occurrences: before.occurrences }).toEqual(before);
      });

      it('is cancelled, and cancelled again without harm', () => {
        const { id } = made(SERIES);
        const before = kept(id);
        expect(wire.run(provider.updateOccurrence(id, CANCELLED, 'o'))).toEqual({ kind: 'done' });
        const after = kept(id);
        expect(after.occurrences).not.toEqual(before.occurrences);
        expect(['done', 'gone']).toContain(wire.run(provider.updateOccurrence(id, CANCELLED, 'o')).kind);
        expect(kept(id)).toEqual(after);
      });

      it('that the series does not have is not made', () => {
        const { id } = made(SERIES);
        const before = kept(id);
        const outcome = wire.run(provider.updateOccurrence(id, { ...MOVED, slot: '2026-03-12T09:00:00Z' }, 'o'));
        expect(['gone', 'refused']).toContain(outcome.kind);
        expect(kept(id)).toEqual(before);
      });
    });
  }

  function describeCancel(): void {
    if (capabilities.cancel === 'none') {
      it(`${name}: asks nothing for a cancel, for nothing can be ended`, () => {
        expect(wire.run(cancel('id'))).toEqual({ kind: 'done' });
        expect(wire.sent).toEqual([]);
      });
      return;
    }
    describe(`${name}: cancel`, () => {
      it.each([
        ['a meeting', MEETING],
        ['a series', SERIES],
      ])('ends %s, and no other', (_, meeting) => {
        const other = made(MEETING, 'word-2');
        const { id } = made(meeting);
        expect(wire.run(cancel(id))).toEqual({ kind: 'done' });
        expect(vendor.kept(id)).toBeUndefined();
        expect(vendor.kept(other.id)).toBeDefined();
      });

      it('of what has ended already is as good as done', () => {
        const { id } = made();
        wire.lose(cancel(id), 1);
        expect(['done', 'gone']).toContain(wire.run(cancel(id)).kind);
      });
    });
  }

  function describeFailures(): void {
    describe.each(all)(`${name}: %s`, (_operation, begin) => {
      it('that is refused ends as refused, with a code of ids and words only', () => {
        wire.instead = () => answer(400, '{"code":300,"message":"Bad Request: Plan, ben@example.com"}');
        const outcome = wire.run(begin('8')) as { kind: string; code?: string };
        expect(outcome).toMatchObject({ kind: 'refused', code: expect.stringMatching(/^[\w.-]{1,80}$/) });
      });

      it('that is limited waits as long as it is told to', () => {
        wire.instead = () => answer(429, '{"code":429,"message":"Slow down"}', { 'retry-after': '90' });
        expect(wire.run(begin('8'))).toEqual({ kind: 'limited', retryAfterMs: 90_000 });
      });

      it('that is limited without a word about how long leaves that open', () => {
        wire.instead = () => answer(429, '');
        expect(wire.run(begin('8'))).toEqual({ kind: 'limited' });
      });

      if (provider.auth.kind !== 'none') {
        it('without a valid grant is unauthorised', () => {
          const { id } = made(SERIES);
          vendor.revoke();
          expect(wire.run(begin(id))).toEqual({ kind: 'unauthorised' });
        });
      }

      it.each(STAND_INS)('that is answered with %s has no outcome yet', (_, instead) => {
        wire.instead = () => instead;
        expect(wire.run(begin('8'))).toMatchObject({ kind: 'unavailable' });
      });
    });

    it.each(['', '{}', '[]', 'null', '"8"', '{"id":8}'])(`${name}: a create answered with %j made nothing`, (text) => {
      wire.instead = () => answer(201, text);
      expect(wire.run(create(''))).toEqual({ kind: 'unavailable' });
    });
  }

  function describeRequests(): void {
    it.each(all)(`${name}: %s asks the declared addresses only, over https`, (_operation, begin) => {
      wire.run(begin(made(SERIES).id));
      for (const { url } of wire.sent) {
        expect(url).toMatch(/^https:\/\//);
        expect(provider.urlPrefixes.some((prefix) => url.startsWith(prefix))).toBe(true);
      }
    });

    if (changing.length > 0) {
      it.each(changing)(`${name}: %s encodes the id`, (_operation, begin) => {
        wire.instead = () => ({ status: 404, headers: {}, text: '' });
        wire.run(begin('a/../b?c=d#e'));
        for (const { url, json } of wire.sent) {
          expect(url).not.toContain('a/../b');
          expect(`${url} ${JSON.stringify(json)}`).toMatch(/a%2F\.\.%2Fb%3Fc%3Dd%23e|"a\/\.\.\/b\?c=d#e"/);
        }
      });
    }
  }
}
