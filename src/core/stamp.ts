/**
 * Ownership stamp: three conference parameters written at creation and read from every row.
 *
 * Names and `key.type` prove nothing (every add-on's type is `addOn`). The owner mark is a seal over the other two, made
 * with a secret word of this user: guests who read it learn nothing, and nobody can put it on another conference.
 */
import type { Row } from './row';

export interface Stamp {
  solution: string;
  conference: string;
  owner: string;
}

/** What the owner mark seals. */
export function sealedText({ solution, conference }: Pick<Stamp, 'solution' | 'conference'>): string {
  return `${solution}/${conference}`;
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

/**
 * Does the row show this conference? One that Google put into its event without our mark is known by its id, in that event
 * alone.
 */
export function showsConference(
  row: Row,
  { solution, conference, unmarked }: { solution: string; conference: string; unmarked?: true },
): boolean {
  const stamp = stampOf(row);
  if (stamp === undefined) return unmarked === true && row.conferenceData?.conferenceId === conference;
  return stamp.solution === solution && stamp.conference === conference;
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
