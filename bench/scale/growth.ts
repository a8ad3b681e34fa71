/** What a pass over one piece of news costs as the conferences of a user grow. */
import type { EventHandle } from '../../sandbox/editor/person';
import { MINUTE_MS } from '../bench-world';
import { median, timed } from '../table';
import type { Office } from './office';
import type { Tally } from './tally';

const PASSES = 20;

export interface Growth {
  conferences: number;
  what: string;
  /** Of all passes; they ran in this thread, one after the other. */
  tally: Tally;
  passes: number;
  /** In the world's time, runtime start left out: it has nothing to do with conferences. */
  virtualMs: number;
  /** On this machine. */
  realMs: number;
  stateBytes: number;
}

/** One RSVP, or one edit, then one pass; twenty times. */
export function passesAt(office: Office): Growth[] {
  const invited = office.pick(1, true)[0] as EventHandle;
  const edited = office.pick(1)[0] as EventHandle;
  const acts: Array<[what: string, act: (i: number, tally: Tally) => void]> = [
    ['an answer', (i) => office.ben.replies(invited, i % 2 === 0 ? 'accepted' : 'declined')],
    ['an edit', (_, tally) => office.renames(edited, tally)],
  ];
  return acts.map(([what, act]) => {
    const tally = office.tally();
    const realMs: number[] = [];
    office.unnoticed(() => {
      for (let i = 0; i < PASSES; i++) {
        act(i, tally);
        realMs.push(timed(() => void office.runs('syncEvents')));
        office.clock.moveTo(office.clock.nowMs() + 3 * MINUTE_MS);
      }
    });
    tally.stop();
    return {
      conferences: office.meetings.length,
      what,
      tally,
      passes: PASSES,
      virtualMs: tally.runMs / PASSES,
      realMs: median(realMs),
      stateBytes: office.stateBytes,
    };
  });
}
