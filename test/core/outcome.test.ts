import { type Binding, bindingKey, type ToDo } from '../../src/core/binding';
import { UNKNOWN } from '../../src/core/fingerprint';
import { dropConference, Ledger } from '../../src/core/ledger';
import type { MeetingField } from '../../src/core/meeting';
import { backOffMs, type Outcome, recordOutcome } from '../../src/core/outcome';
import type { Action } from '../../src/core/plan';
import { DEFAULT_POLICIES, HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import { bindingOf, NOW_MS, toDo } from '../support/core-world';

const context = { policies: DEFAULT_POLICIES, nowMs: NOW_MS };
const binding = bindingOf({ todo: toDo() });
const update: Action = { kind: 'update', binding, meeting: {} as never, fields: ['title'], wanted: 'WANTED' };

function record(action: Action, ...outcomes: Outcome[]) {
  const ledger = new Ledger([action.binding]);
  for (const outcome of outcomes) recordOutcome(action, outcome, ledger, context);
  return ledger.get(bindingKey(action.binding));
}

describe('an update', () => {
  it('that is done is remembered as delivered', () => {
    const { todo: _todo, ...rest } = binding;
    expect(record(update, { kind: 'done' })).toEqual({ ...rest, delivered: 'WANTED' });
  });

  it('that is done leaves a settlement standing that was decided meanwhile', () => {
    const ending = bindingOf({ state: 'ending', todo: toDo({ kind: 'settle' }) });
    const ledger = new Ledger([ending]);
    recordOutcome(update, { kind: 'done' }, ledger, context);
    expect(ledger.get(bindingKey(ending))).toMatchObject({ state: 'ending', todo: { kind: 'settle' } });
  });

  it('that is done, and brings another link, leaves the event with a dead one unless that is to end', () => {
    const link = { id: 'conf1', joinUrl: 'https://meet.example.com/j/2' };
    expect(record(update, { kind: 'done', link })).toMatchObject({ state: 'broken', delivered: 'WANTED' });
    const ending = bindingOf({ state: 'ending', todo: toDo({ kind: 'settle' }) });
    const ledger = new Ledger([ending]);
    recordOutcome(update, { kind: 'done', link }, ledger, context);
    expect(ledger.get(bindingKey(ending))).toMatchObject({ state: 'ending', todo: { kind: 'settle' } });
  });

  it('that is unfinished goes on at once, counts no attempt, and leaves open what is left of it', () => {
    const kept = new Set<MeetingField>(['title', 'guests']);
    const told = bindingOf({ delivered: 'AAAAAABBBBBB', todo: toDo({ attempts: 2, notBeforeMs: NOW_MS + HOUR_MS }) });
    const ledger = new Ledger([told]);
    const action: Action = { ...update, binding: told, wanted: 'CCCCCCDDDDDD' };
    recordOutcome(action, { kind: 'progress', left: ['guests'] }, ledger, { ...context, kept });
    expect(ledger.get(bindingKey(told))).toEqual({
      ...told,
      delivered: 'CCCCCC??????',
      todo: { ...told.todo, notBeforeMs: NOW_MS },
    });
  });

  it('that is unfinished leaves a settlement that was decided meanwhile when it is due', () => {
    const ending = bindingOf({ state: 'ending', todo: toDo({ kind: 'settle', notBeforeMs: NOW_MS + HOUR_MS }) });
    const ledger = new Ledger([ending]);
    recordOutcome(update, { kind: 'progress', left: ['title'] }, ledger, context);
    expect(ledger.get(bindingKey(ending))?.todo).toEqual(ending.todo);
  });

  it('that the provider does not know may have been lost: what it holds is not known any more', () => {
    const told = bindingOf({ delivered: 'AAAAAA', todo: toDo() });
    expect(record({ ...update, binding: told }, { kind: 'gone' })?.delivered).toBe(UNKNOWN);
  });

  it.each<[Outcome, number]>([
    [{ kind: 'unavailable' }, MINUTE_MS],
    [{ kind: 'unavailable', retryAfterMs: HOUR_MS }, HOUR_MS],
    [{ kind: 'limited', retryAfterMs: 90_000 }, 90_000],
    [{ kind: 'limited', retryAfterMs: 1_000 }, MINUTE_MS],
    [{ kind: 'unauthorised' }, MINUTE_MS],
  ])('that ends as %j is to be tried again in %d ms', (outcome, waitMs) => {
    expect(record(update, outcome)).toMatchObject({
      state: 'live',
      delivered: outcome.kind === 'unavailable' ? UNKNOWN : '',
      todo: { kind: 'deliver', attempts: 1, parked: false, notBeforeMs: NOW_MS + waitMs },
    });
  });

  it('that is refused is parked at once, and one that fails long enough in the end', () => {
    expect(record(update, { kind: 'refused', code: 'http-422' })?.todo).toMatchObject({ parked: true });
    const failures = Array.from(
      { length: DEFAULT_POLICIES.parkAfterAttempts },
      () => ({ kind: 'unavailable' }) as const,
    );
    expect(record(update, ...failures.slice(1))?.todo).toMatchObject({ parked: false });
    expect(record(update, ...failures)?.todo).toMatchObject({ parked: true });
  });

  it('of a conference the provider does not know is tried again some minutes later before it counts as broken', () => {
    const once = record(update, { kind: 'gone' });
    expect(once).toMatchObject({ state: 'live', todo: { missed: true, notBeforeMs: NOW_MS + 2 * MINUTE_MS } });
    const twice = record(update, { kind: 'gone' }, { kind: 'gone' });
    expect(twice).toMatchObject({ state: 'broken' });
    expect(twice?.todo).toBeUndefined();
  });

  it('counts two misses only when nothing else came between', () => {
    expect(record(update, { kind: 'gone' }, { kind: 'unavailable' }, { kind: 'gone' })).toMatchObject({
      state: 'live',
    });
  });

  it('of a binding that is forgotten changes nothing', () => {
    const ledger = new Ledger();
    recordOutcome(update, { kind: 'done' }, ledger, context);
    expect(ledger.size).toBe(0);
  });
});

describe('an update of an occurrence', () => {
  const update = (todo: ToDo): Action => {
    const binding = bindingOf({ eventId: 'ser_1', series: 'ser', todo });
    return { kind: 'update-occurrence', binding, occurrence: { slot: 's' }, wanted: 'W' };
  };

  it('that is done leaves the link of the series as it is, whatever the answer brings', () => {
    const link = { id: 'conf1', joinUrl: 'https://meet.example.com/j/2' };
    expect(record(update(toDo()), { kind: 'done', link })).toMatchObject({ state: 'live', delivered: 'W' });
  });

  it('that the provider does not know is told once more', () => {
    expect(record(update(toDo()), { kind: 'gone' })?.todo).toMatchObject({ missed: true, parked: false });
  });

  it('that the provider twice does not know is let go', () => {
    const again = record(update(toDo({ missed: true })), { kind: 'gone' });
    expect(again).toMatchObject({ state: 'live', delivered: 'W' });
    expect(again?.todo).toBeUndefined();
  });
});

describe('a cancel', () => {
  const ending = bindingOf({ state: 'ending', todo: toDo({ kind: 'settle' }) });
  const cancel: Action = { kind: 'cancel', binding: ending };

  it('that is done is the end of the binding', () => {
    expect(record(cancel, { kind: 'done' })).toBeUndefined();
  });

  it('of a conference that the provider does not know is asked once more, and then is the end of the binding', () => {
    const again = record(cancel, { kind: 'gone' });
    expect(again?.todo).toMatchObject({ kind: 'settle', missed: true, notBeforeMs: NOW_MS + 2 * MINUTE_MS });
    expect(record({ kind: 'cancel', binding: again as Binding }, { kind: 'gone' })).toBeUndefined();
  });

  it('of which nobody knows what became is still to be settled, although the provider did not know it once', () => {
    const missed = { ...ending, todo: toDo({ kind: 'settle', missed: true }) };
    for (const outcome of [{ kind: 'unavailable' }, { kind: 'limited' }] as const) {
      expect(record({ kind: 'cancel', binding: missed }, outcome)?.todo).toMatchObject({
        kind: 'settle',
        missed: false,
      });
    }
  });

  it('that failed is still to be settled', () => {
    expect(record(cancel, { kind: 'unavailable' })).toMatchObject({
      state: 'ending',
      todo: { kind: 'settle', attempts: 1, notBeforeMs: NOW_MS + MINUTE_MS },
    });
  });
});

describe('dropping a conference', () => {
  it('forgets its binding with the occurrences of that series and conference, and nothing else', () => {
    const series = bindingOf({ eventId: 'ser' });
    const kept = [
      bindingOf({ eventId: 'copy' }),
      bindingOf({ eventId: 'ser', conference: 'conf2' }),
      bindingOf({ eventId: 'ser_1', series: 'ser', conference: 'conf2' }),
    ];
    const ledger = new Ledger([series, bindingOf({ eventId: 'ser_1', series: 'ser' }), ...kept]);
    dropConference(series, ledger);
    expect(ledger.all()).toEqual(kept);
  });
});

describe('the back-off', () => {
  it('doubles from one minute to an hour', () => {
    expect([0, 1, 2, 3, 6, 7, 40].map((attempts) => backOffMs(attempts) / MINUTE_MS)).toEqual([1, 1, 2, 4, 32, 60, 60]);
  });
});
