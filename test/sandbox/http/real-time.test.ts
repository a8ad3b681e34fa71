import { RealTime } from '../../../sandbox/http/real-time';
import { RealClock } from '../../../sandbox/world/clock';

interface Piece {
  atMs: number;
  /** Resolves when the piece may end; absent: at once. */
  until?: Promise<void>;
  fails?: boolean;
}

function timeWith(clock: RealClock, pieces: Piece[]) {
  const log: string[] = [];
  const bugs: unknown[] = [];
  const time = new RealTime({
    clock,
    nextDueMs: () => (pieces.length === 0 ? undefined : Math.min(...pieces.map(({ atMs }) => atMs))),
    runDue: async () => {
      pieces.sort((a, b) => a.atMs - b.atMs);
      const piece = pieces.shift() as Piece;
      log.push(`begins ${piece.atMs}`);
      await piece.until;
      log.push(`ends ${piece.atMs}`);
      if (piece.fails) throw new Error('a fault of ours');
    },
    commit: () => void log.push('commits'),
    onBug: (error) => bugs.push(error),
  });
  return { time, log, bugs };
}

describe('Real time', () => {
  it('skips from one piece of work to the next, and commits after each', async () => {
    const clock = new RealClock();
    const nowMs = clock.nowMs();
    const pieces = [{ atMs: nowMs + 7_200_000 }, { atMs: nowMs + 3_600_000 }, { atMs: nowMs + 90_000_000 }];
    const { time, log } = timeWith(clock, pieces);
    expect(await time.advance(86_400_000)).toBe(2);
    expect(clock.nowMs() - nowMs).toBeGreaterThanOrEqual(86_400_000);
    const [first, second] = [nowMs + 3_600_000, nowMs + 7_200_000];
    expect(log).toEqual([
      `begins ${first}`,
      `ends ${first}`,
      'commits',
      `begins ${second}`,
      `ends ${second}`,
      'commits',
    ]);
    await time.stop();
  });

  it('begins what is due while another piece still runs, and waits for both when it stops', async () => {
    const clock = new RealClock();
    let release = (): void => undefined;
    const until = new Promise<void>((done) => {
      release = done;
    });
    const ended: Array<() => void> = [];
    const second = new Promise<void>((begun) => ended.push(begun));
    const { time, log } = timeWith(clock, [
      { atMs: 1, until },
      { atMs: 2, until: second },
    ]);
    time.start();
    while (log.length < 2) await new Promise((turn) => setImmediate(turn));
    expect(log).toEqual(['begins 1', 'begins 2']);
    const stopped = time.stop();
    release();
    for (const end of ended) end();
    await stopped;
    expect(log.slice(2).sort()).toEqual(['commits', 'commits', 'ends 1', 'ends 2']);
  });

  it('reports a failure of our own and goes on', async () => {
    const clock = new RealClock();
    const { time, log, bugs } = timeWith(clock, [{ atMs: 1, fails: true }, { atMs: clock.nowMs() + 5000 }]);
    expect(await time.advance(10_000)).toBe(2);
    expect(bugs).toEqual([new Error('a fault of ours')]);
    expect(log.at(-1)).toBe('commits');
    await time.stop();
  });
});
