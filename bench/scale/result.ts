/** What one workload cost, and whether the conferences are right after it. */
import type { Office } from './office';
import type { Tally } from './tally';

export interface Result {
  what: string;
  tally: Tally;
  stateBytes: number;
  /** Conferences that are not as their events are, or missing; and those that no event refers to. */
  lost: number;
  orphans: number;
  /** Of the run time, what starting runtimes took. */
  startsMs: number;
  /** The most executions at once. */
  peak: number;
}

/** What `play` and everything that follows from it within `forMs` costs. */
export async function measured(
  what: string,
  office: Office,
  forMs: number,
  play: (tally: Tally, beginMs: number) => void,
): Promise<Result> {
  const tally = office.tally();
  const { overlap } = office;
  overlap.startsMs = 0;
  overlap.peak = 0;
  play(tally, office.clock.nowMs());
  await overlap.run(forMs);
  tally.stop();
  const { lost, orphans } = office.wrong();
  const { startsMs, peak } = overlap;
  return { what, tally, stateBytes: office.stateBytes, lost: lost.length, orphans: orphans.length, startsMs, peak };
}
