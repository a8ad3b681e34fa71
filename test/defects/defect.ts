/**
 * A defect: text put into the sources, and the check that must turn red.
 *
 * A find text that no longer stands in its file exactly once fails the test: the catalog cannot go stale unnoticed.
 */
export interface Defect {
  id: string;
  /** What is wrong, as a reviewer would put it. */
  what: string;
  edits: Edit[];
  caughtBy: Check;
}

export interface Edit {
  file: string;
  find: string;
  replace: string;
}

export type Check =
  /** A scenario (test/scenarios), by its name: played with the defective bundle. */
  | string
  /** A file of tests of the sources: at least one of them fails over the defective sources. */
  | { test: string }
  /** The simulation breaks a promise within so many days, beginning with seed 0. */
  | { simulation: number };
