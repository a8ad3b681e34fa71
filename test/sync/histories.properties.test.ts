/**
 * The whole shell against arbitrary lives of a calendar and arbitrary misfortune: answers lost after the provider acted,
 * outages, refused writes, expired tokens, forgotten marks, executions killed at any of their calls. Afterwards everything
 * works again, hours pass, and Calendar and provider must agree. Seeds are fixed, so that a failure found once is found
 * again.
 */
import fc from 'fast-check';
import { HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import { stampOf } from '../../src/core/stamp';
import { CALENDAR_ID, eventRow, stamped } from '../support/core-world';
import { json } from '../support/fake-meet';
import { killable } from '../support/killable';
import { type SyncWorld, syncWorld } from '../support/sync-world';

/** Mutation testing asks for fewer. */
const RUNS = Number(process.env.HISTORY_RUNS ?? 300);
const SEED = 20_260_601;
const TEAM_ID = 'team@group.calendar.google.com';
const CALENDARS = [CALENDAR_ID, TEAM_ID] as const;
const EVENTS = ['ev1', 'ev2', 'ev3'] as const;

type Event = { calendar: string; id: string };
type Change =
  | ({ do: 'create' | 'save' | 'delete' | 'purge' | 'drop' | 'answer' | 'move' } & Event)
  | ({ do: 'edit'; title: string } & Event)
  | ({ do: 'duplicate'; as: string } & Event);
type Step =
  | Change
  | { do: 'pass'; calendar: string }
  | { do: 'sweep' }
  | { do: 'evict' }
  | { do: 'expire' }
  | { do: 'wait'; minutes: number }
  | { do: 'misfortune'; what: 'none' | 'lost' | 'out' | 'busy' | 'key' }
  | { do: 'refuse'; nth: number }
  | { do: 'unlisted'; calendar: string }
  | { do: 'kill'; nth: number; after: boolean };

const event = fc.record({ calendar: fc.constantFrom(...CALENDARS), id: fc.constantFrom(...EVENTS) });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: event.map((one): Step => ({ do: 'create', ...one })) },
  { weight: 4, arbitrary: event.map((one): Step => ({ do: 'save', ...one })) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(event, fc.constantFrom('Plan', 'Talk', 'Walk'))
      .map(([one, title]): Step => ({ do: 'edit', title, ...one })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        event,
        fc.constantFrom('delete' as const, 'purge' as const, 'drop' as const, 'answer' as const, 'move' as const),
      )
      .map(([one, what]): Step => ({ do: what, ...one })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(event, fc.constantFrom(...EVENTS)).map(([one, as]): Step => ({ do: 'duplicate', as, ...one })),
  },
  { weight: 5, arbitrary: fc.constantFrom(...CALENDARS).map((calendar): Step => ({ do: 'pass', calendar })) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('sweep' as const, 'evict' as const, 'expire' as const)
      .map((what): Step => ({ do: what })),
  },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 90 }).map((minutes): Step => ({ do: 'wait', minutes })) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('none' as const, 'lost' as const, 'out' as const, 'busy' as const, 'key' as const)
      .map((what): Step => ({ do: 'misfortune', what })),
  },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }).map((nth): Step => ({ do: 'refuse', nth })) },
  { weight: 1, arbitrary: fc.constantFrom(...CALENDARS).map((calendar): Step => ({ do: 'unlisted', calendar })) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 14 }), fc.boolean())
      .map(([nth, after]): Step => ({ do: 'kill', nth, after })),
  },
);

/** Calendar as a person sees it: drafts get their conference when they are saved. */
class Life {
  readonly world: SyncWorld = syncWorld();
  private readonly kills = killable(this.world);
  /** What a person was given for an event that is not saved yet. */
  private readonly drafts = new Map<string, Row['conferenceData']>();
  private readonly rows = new Map<string, Row>();
  private readonly bin = new Map<string, Row>();
  /** Events that were there once: nobody opens them again, except from the bin. */
  private readonly gone = new Set<string>();
  /** Conferences of events that came back from the bin, some of them too late. */
  private readonly restored = new Set<string>();
  /** The event a conference was made for, whether anybody was told or not. */
  private readonly madeFor = new Map<string, string>();
  /** Conferences of events that Google does not know any more: nothing tells that they were deleted. */
  private readonly lost = new Set<string>();

  constructor() {
    this.world.calendar.add(TEAM_ID);
    this.world.pass(...CALENDARS);
  }

  take(one: Step): void {
    const { world } = this;
    if (one.do === 'pass') this.execute(() => world.pass(one.calendar));
    else if (one.do === 'sweep') this.execute(() => world.sweep());
    else if (one.do === 'kill') this.kills.plan(one.nth, one.after);
    else if (one.do === 'evict') world.marks.evict();
    else if (one.do === 'expire') world.calendar.expireTokens(CALENDAR_ID);
    else if (one.do === 'wait') world.clock.advance(one.minutes * MINUTE_MS);
    else if (one.do === 'misfortune') this.strike(one.what);
    else if (one.do === 'refuse') world.store.failFrom(one.nth, 1);
    else if (one.do === 'unlisted') world.calendar.failList(one.calendar, 'google-unavailable');
    else this.change(one);
  }

  private execute(run: () => void): void {
    try {
      this.kills.execute(run);
    } catch (thrown) {
      if ((thrown as { code?: unknown }).code !== 'store-refused') throw thrown;
    }
  }

  private strike(what: 'none' | 'lost' | 'out' | 'busy' | 'key'): void {
    const { meet } = this.world;
    if (what === 'none') meet.script = () => undefined;
    if (what === 'out') meet.script = () => json(503, {});
    if (what === 'busy') meet.script = () => json(429, {}, { 'retry-after': '120' });
    if (what === 'key') meet.script = () => json(401, {});
    if (what === 'lost') {
      meet.script = (request) => {
        meet.serve(request);
        return { fault: 'no answer' };
      };
    }
  }

  private change(one: Change): void {
    const name = `${one.calendar} ${one.id}`;
    const row = this.rows.get(name);
    if (one.do === 'create') this.create(name, one);
    else if (one.do === 'save') this.save(name, one);
    else if (row === undefined) return;
    else if (one.do === 'edit') this.put(one, { ...row, summary: one.title });
    else if (one.do === 'answer') this.put(one, { ...row, attendees: [{ email: 'ben@example.com' }] });
    else if (one.do === 'drop') this.put(one, without(row));
    else if (one.do === 'duplicate') this.duplicate(row, one);
    else if (one.do === 'move') this.move(name, row, one);
    else this.remove(name, row, one);
  }

  private create(name: string, one: Event): void {
    if (this.gone.has(name)) return;
    this.execute(() => {
      const result = this.world.create(one.id, one.calendar);
      if (result.kind === 'created') this.drafts.set(name, stamped(result.conference.id, result.stamp.owner));
    });
    for (const id of this.world.meet.conferences.keys()) if (!this.madeFor.has(id)) this.madeFor.set(id, name);
  }

  /** Saves a draft, or restores what was deleted. */
  private save(name: string, one: Event): void {
    const restored = this.bin.get(name);
    if (this.gone.has(name) && restored === undefined) return;
    if (restored !== undefined) this.restored.add(stampOf(restored)?.conference ?? '');
    const before = this.rows.get(name) ?? restored ?? this.blank(one);
    const conferenceData = this.drafts.get(name) ?? before.conferenceData;
    this.drafts.delete(name);
    this.put(one, { ...before, ...(conferenceData && { conferenceData }) });
  }

  private duplicate(row: Row, one: Extract<Change, { do: 'duplicate' }>): void {
    const name = `${one.calendar} ${one.as}`;
    if (this.rows.has(name) || this.gone.has(name)) return;
    this.put({ calendar: one.calendar, id: one.as }, { ...row, id: one.as });
  }

  private move(name: string, row: Row, one: Event): void {
    const to = { calendar: one.calendar === CALENDAR_ID ? TEAM_ID : CALENDAR_ID, id: one.id };
    if (this.rows.has(`${to.calendar} ${to.id}`)) return;
    for (const [id, of] of this.madeFor) if (of === name) this.madeFor.set(id, `${to.calendar} ${to.id}`);
    this.forget(name);
    this.world.calendar.moveAway(one.calendar, one.id);
    this.put(to, { ...row, organizer: this.blank(to).organizer ?? {} });
  }

  private remove(name: string, row: Row, one: Change): void {
    this.forget(name);
    if (one.do !== 'purge') {
      this.bin.set(name, row);
      this.world.calendar.remove(one.calendar, one.id);
      return;
    }
    this.lost.add(stampOf(row)?.conference ?? '');
    for (const [id, of] of this.madeFor) if (of === name) this.lost.add(id);
    this.world.calendar.purge(one.calendar, one.id);
    this.world.calendar.expireTokens(one.calendar);
  }

  private forget(name: string): void {
    this.rows.delete(name);
    this.drafts.delete(name);
    this.gone.add(name);
  }

  private blank({ calendar, id }: Event): Row {
    return eventRow({ id, organizer: { email: calendar, self: calendar === CALENDAR_ID } });
  }

  private put({ calendar, id }: Event, row: Row): void {
    const name = `${calendar} ${id}`;
    this.rows.set(name, row);
    this.gone.delete(name);
    this.bin.delete(name);
    this.world.calendar.put(calendar, row);
  }

  calmDown(): void {
    const { world } = this;
    this.kills.callOff();
    this.strike('none');
    world.store.heal();
    for (const id of CALENDARS) world.calendar.healList(id);
    for (let hour = 0; hour < 40; hour++) {
      world.clock.advance(HOUR_MS);
      world.sweep(hour === 0);
    }
  }

  mustAgree(): void {
    const { world } = this;
    for (const conference of world.meet.conferences.values()) {
      const titles = [...this.rows.values()]
        .filter((row) => stampOf(row)?.conference === conference.id)
        .map(({ summary }) => summary);
      if (titles.length === 0)
        must(conference.cancelled || this.lost.has(conference.id), `${conference.id} ends when no event has it`);
      else {
        if (conference.cancelled && this.restored.has(conference.id)) continue;
        must(!conference.cancelled, `${conference.id} lives while an event has it`);
        must(titles.includes(conference.title), `${conference.id} is what one of its events is`);
      }
    }
    must(world.state().intents.length === 0, 'no intent is left');
    must(
      world.bindings().every(({ todo }) => todo === undefined),
      'nothing is left to do',
    );
  }
}

function without({ conferenceData: _dropped, ...row }: Row): Row {
  return row;
}

function must(holds: boolean, sentence: string): void {
  if (!holds) throw new Error(`broken: ${sentence}`);
}

describe('any life of a calendar, with any misfortune', () => {
  it('ends with conferences for exactly the events that have one, as these are', () => {
    const told = (steps: Step[]) =>
      Object.assign(steps, { [fc.toStringMethod]: () => `\n${steps.map((one) => JSON.stringify(one)).join('\n')}\n` });
    const lives = fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }).map(told);
    fc.assert(
      fc.property(lives, (steps) => {
        const life = new Life();
        for (const one of steps) life.take(one);
        life.calmDown();
        life.mustAgree();
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
