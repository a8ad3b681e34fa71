/**
 * Ownership stamp: three conference parameters written at creation and read from every row.
 *
 * Names and `key.type` prove nothing (every add-on's type is `addOn`). The owner mark is a random word that this add-on
 * drew once for this user, so guests who read the parameters learn nothing about the user.
 */
import type { Row } from './row';

export interface Stamp {
  solution: string;
  conference: string;
  owner: string;
}

export const STAMP_KEYS = {
  solution: 'lockstep.solution',
  conference: 'lockstep.conference',
  owner: 'lockstep.owner',
} as const;

export function stampParameters(stamp: Stamp): Array<{ key: string; value: string }> {
  return [
    { key: STAMP_KEYS.solution, value: stamp.solution },
    { key: STAMP_KEYS.conference, value: stamp.conference },
    { key: STAMP_KEYS.owner, value: stamp.owner },
  ];
}

/** The stamp on a row's conference; undefined for rows without one, and for conferences of others. */
export function stampOf(row: Row): Stamp | undefined {
  const given = row.conferenceData?.parameters?.addOnParameters;
  const parameters = (given?.parameters ?? given) as Record<string, unknown> | undefined;
  const solution = parameters?.[STAMP_KEYS.solution];
  const conference = parameters?.[STAMP_KEYS.conference];
  const owner = parameters?.[STAMP_KEYS.owner];
  if (typeof solution !== 'string' || typeof conference !== 'string' || typeof owner !== 'string') return undefined;
  // A part left empty is none: an empty owner would match a user who has drawn no word yet.
  return solution && conference && owner ? { solution, conference, owner } : undefined;
}
