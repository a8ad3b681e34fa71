/**
 * Pause: a solution whose provider is down, out of quota or without a grant is left alone for a while.
 *
 * It takes two failures in a row without a success. After the pause one action goes ahead as a probe; the rest follow
 * when it succeeds. While all failures were about one conference, a probe about another one may go ahead at once: so one
 * conference that always fails holds up no other.
 */
import type { Outcome } from './outcome';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './policies';

export interface Pause {
  /** Failures in a row. */
  failures: number;
  /** Epoch milliseconds; 0 while not paused. */
  untilMs: number;
  reason: 'limited' | 'unavailable' | 'unauthorised';
  /** Since when it fails. Epoch milliseconds. */
  sinceMs: number;
  /** The one conference that all these failures were about: it may be at fault itself. */
  about?: string;
}

export const NO_GRANT_PROBE_MS = HOUR_MS;
const LONGEST_PAUSE_MS = 15 * MINUTE_MS;
/** A provider's daily limit is over after a day, whatever its answer says. */
const LONGEST_LIMIT_MS = DAY_MS;

/**
 * The pause after one more outcome; undefined means: all is well.
 *
 * @param about the one conference that the outcome is about, if it is one.
 */
export function pauseAfter(
  pause: Pause | undefined,
  outcome: Outcome,
  nowMs: number,
  about?: string,
): Pause | undefined {
  switch (outcome.kind) {
    case 'done':
    case 'progress':
    case 'gone':
    case 'refused':
      return undefined;
    case 'unauthorised':
      return { ...counted(pause, outcome.kind, nowMs, about), untilMs: nowMs + NO_GRANT_PROBE_MS };
    case 'limited':
      return {
        ...counted(pause, outcome.kind, nowMs),
        untilMs: nowMs + Math.min(outcome.retryAfterMs ?? MINUTE_MS, LONGEST_LIMIT_MS),
      };
    case 'unavailable': {
      const next = counted(pause, outcome.kind, nowMs, about);
      if (next.failures < 2) return next;
      const waitMs = Math.min(LONGEST_PAUSE_MS, MINUTE_MS * 2 ** (next.failures - 2));
      return { ...next, untilMs: nowMs + Math.max(waitMs, Math.min(outcome.retryAfterMs ?? 0, LONGEST_LIMIT_MS)) };
    }
  }
}

function counted(pause: Pause | undefined, reason: Pause['reason'], nowMs: number, about?: string): Pause {
  const isAlone = about !== undefined && (pause === undefined || pause.about === about);
  return {
    failures: (pause?.failures ?? 0) + 1,
    untilMs: pause?.untilMs ?? 0,
    reason,
    sinceMs: pause?.sinceMs ?? nowMs,
    ...(isAlone && { about }),
  };
}

/** A person says that all is well again: the provider is asked once, now, unless it named the time itself. */
export function liftPause(pause: Pause, nowMs: number): Pause {
  return pause.reason === 'limited' ? pause : { ...pause, untilMs: Math.min(pause.untilMs, nowMs) };
}

/**
 * How many actions the provider may be given now: none while paused, one as a probe after a pause, else all.
 *
 * @param about the conference that the action is about; left out: any.
 */
export function allowance(pause: Pause | undefined, nowMs: number, about?: string): number {
  if (pause === undefined) return Number.POSITIVE_INFINITY;
  if (pause.untilMs > nowMs) return pause.about !== undefined && pause.about !== about ? 1 : 0;
  return pause.failures >= 2 || pause.reason !== 'unavailable' ? 1 : Number.POSITIVE_INFINITY;
}
