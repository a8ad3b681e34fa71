import { Agenda } from '../../../sandbox/world/agenda';
import { type Due, VirtualClock } from '../../../sandbox/world/clock';

/** Work at given times; each piece may do something while it runs. */
class Pieces implements Due {
  readonly ran: string[] = [];

  constructor(
    private readonly clock: VirtualClock,
    private readonly pieces: Array<{ atMs: number; name: string; act?: () => void }>,
  ) {}

  nextDueMs(): number | undefined {
    return this.pieces.length === 0 ? undefined : Math.min(...this.pieces.map(({ atMs }) => atMs));
  }

  runDue(nowMs: number): void {
    const at = this.pieces.findIndex(({ atMs }) => atMs <= nowMs);
    const [piece] = this.pieces.splice(at, 1);
    this.ran.push(`${piece?.name} begins at ${nowMs}`);
    piece?.act?.();
    this.ran.push(`${piece?.name} ends at ${this.clock.nowMs()}`);
  }
}

describe('Virtual time', () => {
  it('runs what is due on the way, in order, and ends at the moment asked for', () => {
    const clock = new VirtualClock(0);
    const late = new Pieces(clock, [{ atMs: 30, name: 'late' }]);
    const early = new Pieces(clock, [{ atMs: 10, name: 'early' }]);
    const agenda = new Agenda(clock, [late, early]);
    expect([agenda.advance(20), clock.nowMs(), early.ran, late.ran.length]).toEqual([
      1,
      20,
      ['early begins at 10', 'early ends at 10'],
      0,
    ]);
    expect([agenda.advance(20), clock.nowMs()]).toEqual([1, 40]);
  });

  it('runs other work inside a piece that lets time pass', () => {
    const clock = new VirtualClock(0);
    const dues: Due[] = [];
    const agenda = new Agenda(clock, dues);
    const pieces = new Pieces(clock, [
      { atMs: 0, name: 'outer', act: () => agenda.elapse(100) },
      { atMs: 50, name: 'inner', act: () => agenda.elapse(20) },
    ]);
    dues.push(pieces);
    agenda.advance(0);
    expect(pieces.ran).toEqual(['outer begins at 0', 'inner begins at 50', 'inner ends at 70', 'outer ends at 100']);
  });

  it('settles at the last piece of work that is due soon, and leaves what is due later', () => {
    const clock = new VirtualClock(0);
    const pieces = new Pieces(clock, [
      { atMs: 60_000, name: 'soon' },
      { atMs: 3_600_000, name: 'later' },
    ]);
    expect([new Agenda(clock, [pieces]).settle(), clock.nowMs()]).toEqual([1, 60_000]);
  });

  it('stops with a sentence when something fires itself for ever', () => {
    const clock = new VirtualClock(0);
    const forever: Due = { nextDueMs: () => clock.nowMs(), runDue: () => undefined };
    expect(() => new Agenda(clock, [forever]).advance(1)).toThrow(/something in this world fires itself for ever/);
  });
});
