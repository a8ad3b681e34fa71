import { watched } from '../../../sandbox/script/context';
import { resultOf, Stage } from './support/stage';

const COUNTING = `
  var count = 0;
  function main() {
    PropertiesService.getUserProperties().setProperty('count', ++count);
    return count;
  }`;

describe('a kept context', () => {
  it('shows an execution what earlier ones have left in the globals', () => {
    const stage = new Stage(COUNTING, { contexts: 'kept' });
    expect([stage.run('main'), stage.run('main')].map(resultOf)).toEqual([1, 2]);
  });

  it('leaves the trace as fresh ones do, when nothing is left there', () => {
    const source = `function main() {
      const drawn = [Math.random(), Utilities.getUuid(), new Date().getTime()];
      PropertiesService.getUserProperties().setProperty('last', drawn.join(' '));
      LockService.getUserLock().tryLock(0);
      console.log(drawn.join(' '));
      return drawn;
    }`;
    const [fresh, kept] = (['fresh', 'kept'] as const).map((contexts) => {
      const stage = new Stage(source, { contexts });
      const results = [1, 2, 3].map(() => stage.run('main'));
      return { results, trace: stage.trace.entries() };
    });
    expect(kept).toEqual(fresh);
  });

  it('is not used again after a kill', () => {
    const stage = new Stage(COUNTING, { contexts: 'kept' });
    stage.faults.next('properties.setProperty', { kind: 'kill', when: 'before' }, 1, 1);
    expect([1, 2, 3].map(() => stage.run('main')).map(resultOf)).toEqual([
      1,
      'killed: killed by a planned fault, before the call',
      1,
    ]);
  });

  it('is not shared by executions that run one inside another', () => {
    const source = `
      var isRunning = false;
      function main() {
        const isShared = isRunning;
        isRunning = true;
        Utilities.sleep(60000);
        isRunning = false;
        return isShared;
      }`;
    const stage = new Stage(source, { contexts: 'kept', latency: 'typical' });
    const clock = { everyMinutes: 1 };
    stage.host.addTrigger({ user: 'ben@example.com', handler: 'main', source: 'CLOCK', clock });
    stage.advance(60_000);
    expect(resultOf(stage.run('main'))).toBe(false);
    const nesting = stage.lines('execution').map((line) => (line.includes(' begins ') ? '(' : ')'));
    expect(nesting.join('')).toContain('((');
  });
});

describe('a watch over many executions', () => {
  it('hands on what the work returns, and what it throws', () => {
    expect(watched(1_000, () => 42)).toBe(42);
    expect(() =>
      watched(1_000, () => {
        throw new RangeError('too far');
      }),
    ).toThrow(new RangeError('too far'));
  });

  it('ends a script that computes without end', () => {
    const stage = new Stage('function main() { for (;;); }', { computeLimitMs: Number.POSITIVE_INFINITY });
    expect(() => watched(50, () => stage.run('main'))).toThrow(/timed out after 50ms/);
  });
});
