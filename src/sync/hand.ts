/**
 * What a pass has in hand while it plans, as far as that is written down: the one event of which it might die (in-hand.ts).
 */
import type { SyncDeps } from './deps';

export const HAND_KEY = 'lockstep.hand';
/** The mark of a pass that is planning. */
export const PLANNING = 'planning';

interface Hand {
  calendar: string;
  event: string;
  /** How many passes have died with it so far. */
  deaths: number;
}

export class InHand {
  /** An earlier pass died while it planned, or with something in hand. */
  isCareful: boolean;
  private diedWith: Hand | undefined;
  private isWritten = false;
  private isSetAside = false;

  constructor(entries: Readonly<Record<string, string>>) {
    const left = parsed(entries[HAND_KEY]);
    this.diedWith = left && { ...left, deaths: left.deaths + 1 };
    this.isCareful = left !== undefined;
  }

  /** How many passes have died with this event in hand. */
  deathsOf(calendar: string, event: string): number {
    const { diedWith } = this;
    return diedWith?.calendar === calendar && diedWith.event === event ? diedWith.deaths : 0;
  }

  take(calendar: string, event: string, deps: SyncDeps): void {
    this.write({ calendar, event, deaths: this.deathsOf(calendar, event) }, deps);
    if (this.deathsOf(calendar, event) > 0) this.diedWith = undefined;
  }

  /** Nothing is in hand any more. What an earlier pass died with, and this one has not met, stays known. */
  release(deps: SyncDeps): void {
    if (!this.isWritten) return;
    const { diedWith } = this;
    this.write(diedWith && { ...diedWith, deaths: diedWith.deaths - 1 }, deps);
    this.isWritten = false;
  }

  setAside(): void {
    this.isSetAside = true;
  }

  /** Once it stands in the ledger that it was set aside, it is not to be remembered here. */
  endEntry(): Record<string, string> {
    return this.isSetAside ? { [HAND_KEY]: '' } : {};
  }

  /** A store that will not have it costs the knowledge of what a pass died of, not the pass. */
  private write(hand: Hand | undefined, deps: SyncDeps): void {
    try {
      deps.store.write({ [HAND_KEY]: hand === undefined ? '' : JSON.stringify(hand) });
      this.isWritten = true;
    } catch {
      deps.log({ event: 'hand-unwritten' });
    }
  }
}

function parsed(text = ''): Hand | undefined {
  try {
    const { calendar, event, deaths } = JSON.parse(text) as Hand;
    return { calendar, event, deaths: Number(deaths) || 0 };
  } catch {
    return undefined;
  }
}
