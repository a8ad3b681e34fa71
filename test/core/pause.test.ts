import type { Outcome } from '../../src/core/outcome';
import { allowance, liftPause, NO_GRANT_PROBE_MS, type Pause, pauseAfter } from '../../src/core/pause';
import { HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import { NOW_MS } from '../support/core-world';

const failed = (times: number, outcome: Outcome = { kind: 'unavailable' }) => {
  let pause: Pause | undefined;
  for (let i = 0; i < times; i++) pause = pauseAfter(pause, outcome, NOW_MS);
  return pause;
};

describe('a provider', () => {
  it('is given everything while nothing failed', () => {
    expect(allowance(undefined, NOW_MS)).toBe(Number.POSITIVE_INFINITY);
  });

  it('is not paused by one failure', () => {
    expect(allowance(failed(1), NOW_MS)).toBe(Number.POSITIVE_INFINITY);
  });

  it('is left alone after two failures in a row, for longer and longer, at most a quarter of an hour', () => {
    const waits = [2, 3, 4, 5, 6, 7, 20].map((times) => ((failed(times)?.untilMs ?? 0) - NOW_MS) / MINUTE_MS);
    expect(waits).toEqual([1, 2, 4, 8, 15, 15, 15]);
    expect(allowance(failed(2), NOW_MS)).toBe(0);
  });

  it('is asked once after a pause, and given the rest when it answers', () => {
    const pause = failed(2) as Pause;
    expect(allowance(pause, pause.untilMs)).toBe(1);
    expect(pauseAfter(pause, { kind: 'done' }, pause.untilMs)).toBeUndefined();
  });

  it.each<[Outcome]>([[{ kind: 'done' }], [{ kind: 'gone' }], [{ kind: 'refused', code: 'x' }]])(
    'that answers %j is well',
    (outcome) => {
      expect(pauseAfter(failed(5), outcome, NOW_MS)).toBeUndefined();
    },
  );

  it('is left alone as long as it asks for, at once', () => {
    const asked = pauseAfter(undefined, { kind: 'limited', retryAfterMs: 90_000 }, NOW_MS) as Pause;
    expect(allowance(asked, NOW_MS + 89_999)).toBe(0);
    expect(allowance(asked, NOW_MS + 90_000)).toBe(1);
    expect(pauseAfter(undefined, { kind: 'limited' }, NOW_MS)?.untilMs).toBe(NOW_MS + MINUTE_MS);
  });

  it('that is out and says for how long is believed', () => {
    const pause = pauseAfter(failed(1), { kind: 'unavailable', retryAfterMs: HOUR_MS }, NOW_MS);
    expect(pause?.untilMs).toBe(NOW_MS + HOUR_MS);
  });

  it('that does not accept the key is tried again by the hour', () => {
    const pause = pauseAfter(undefined, { kind: 'unauthorised' }, NOW_MS);
    expect(pause).toMatchObject({ reason: 'unauthorised', untilMs: NOW_MS + NO_GRANT_PROBE_MS });
  });

  it('is remembered to fail since its first failure', () => {
    expect(pauseAfter(failed(2), { kind: 'unavailable' }, NOW_MS + HOUR_MS)?.sinceMs).toBe(NOW_MS);
  });

  it('is asked once as soon as a person asks for it, unless it named the time itself', () => {
    const refused = pauseAfter(undefined, { kind: 'unauthorised' }, NOW_MS) as Pause;
    expect(allowance(liftPause(refused, NOW_MS), NOW_MS)).toBe(1);
    const limited = pauseAfter(undefined, { kind: 'limited', retryAfterMs: HOUR_MS }, NOW_MS) as Pause;
    expect(allowance(liftPause(limited, NOW_MS), NOW_MS)).toBe(0);
    const over = { ...refused, untilMs: NOW_MS - 1 };
    expect(liftPause(over, NOW_MS)).toEqual(over);
  });
});

describe('a pause that one conference alone brought about', () => {
  const failedAlone = (times: number, outcome: Outcome = { kind: 'unavailable' }) => {
    let pause: Pause | undefined;
    for (let i = 0; i < times; i++) pause = pauseAfter(pause, outcome, NOW_MS, 'one');
    return pause as Pause;
  };

  it('holds for that one, and lets a probe about another one ahead', () => {
    expect(allowance(failedAlone(2), NOW_MS, 'one')).toBe(0);
    expect(allowance(failedAlone(2), NOW_MS, 'other')).toBe(1);
    expect(allowance(failedAlone(1, { kind: 'unauthorised' }), NOW_MS, 'other')).toBe(1);
  });

  it('is over when that probe succeeds', () => {
    expect(pauseAfter(failedAlone(3), { kind: 'done' }, NOW_MS, 'other')).toBeUndefined();
  });

  it('is the provider’s when that probe fails as well, and stays so', () => {
    const both = pauseAfter(failedAlone(2), { kind: 'unavailable' }, NOW_MS, 'other') as Pause;
    expect(allowance(both, NOW_MS, 'third')).toBe(0);
    expect(allowance(pauseAfter(both, { kind: 'unavailable' }, NOW_MS, 'other'), NOW_MS, 'third')).toBe(0);
  });

  it('is the provider’s when it asked for it', () => {
    expect(allowance(failedAlone(1, { kind: 'limited', retryAfterMs: HOUR_MS }), NOW_MS, 'other')).toBe(0);
  });
});
