import { interleave } from '../../../sandbox/script/interleave';
import { RealClock } from '../../../sandbox/world/clock';
import { Random } from '../../../sandbox/world/random';
import { ADD_ON, ANN, resultOf, Stage } from './support/stage';

const stages: Stage[] = [];
function staged(...args: ConstructorParameters<typeof Stage>): Stage {
  const stage = new Stage(...args);
  stages.push(stage);
  return stage;
}
afterEach(async () => {
  await Promise.all(stages.splice(0).map((stage) => stage.host.close()));
});

describe('an execution in a worker', () => {
  it('sees the same services and gives the same result', async () => {
    const stage = staged(`function main(n) { PropertiesService.getUserProperties().setProperty('k', n);
      return [new Date().toISOString(), UrlFetchApp.fetch('https://site.example.com/').getContentText(), typeof process]; }`);
    const inWorker = await stage.host.runInWorker(ANN, 'main', [7], 'manual');
    expect(inWorker).toEqual(stage.run('main', [7]));
    expect(inWorker).toEqual({ ok: true, value: ['2026-03-02T08:00:00.000Z', 'hello', 'undefined'] });
  });

  it('tells errors as an execution in process does', async () => {
    const stage = staged('function main() { null.x; }\nfunction top() {}');
    expect(await stage.host.runInWorker(ANN, 'main', [], 'manual')).toEqual(stage.run('main'));
    const broken = staged("throw new Error('at once');");
    expect(resultOf(await broken.host.runInWorker(ANN, 'main', [], 'manual'))).toBe('Error: at once');
  });

  it('takes answers of any size', async () => {
    const stage = staged(
      "function main() { return UrlFetchApp.fetch('https://site.example.com/').getContentText().length; }",
    );
    stage.answerSite = () => ({ status: 200, headers: {}, body: 'x'.repeat(5_000_000) });
    expect(resultOf(await stage.host.runInWorker(ANN, 'main', [], 'manual'))).toBe(5_000_000);
  });

  it('stops dead when it is killed, and the next one runs', async () => {
    const stage = staged(`function main() { const store = PropertiesService.getUserProperties();
      try { store.setProperty('a', '1'); } finally { store.setProperty('finally', 'yes'); } return 'done'; }`);
    stage.faults.next('properties.setProperty', { kind: 'kill', when: 'after' });
    expect(await stage.host.runInWorker(ANN, 'main', [], 'manual')).toEqual({
      ok: false,
      killed: 'killed by a planned fault, after the call',
    });
    expect(stage.host.userProperties(ANN)).toEqual({ a: '1' });
    expect(resultOf(await stage.host.runInWorker(ANN, 'main', [], 'manual'))).toBe('done');
  });

  it('is stopped when it computes without end', async () => {
    const stage = staged('function main() { for (;;); }', { computeLimitMs: 100, manifest: { addOns: ADD_ON } });
    expect(await stage.host.runInWorker(ANN, 'main', [], 'create')).toEqual({
      ok: false,
      killed: 'Exceeded maximum execution time',
    });
  });
});

describe('executions in real time', () => {
  it('overlap, and wait for each other at a lock', async () => {
    const stage = staged(
      `function main(name) { const lock = LockService.getScriptLock(); lock.waitLock(10000); console.log(name + ' in'); Utilities.sleep(60); console.log(name + ' out'); }`,
      { realClock: new RealClock() },
    );
    const both = ['a', 'b'].map((name) => stage.host.runInWorker(ANN, 'main', [name], 'manual'));
    expect((await Promise.all(both)).every((result) => result.ok)).toBe(true);
    const [first, second, third, fourth] = stage.lines('log').map((line) => line.replace('DEBUG ', ''));
    expect([second, fourth]).toEqual([first?.replace('in', 'out'), third?.replace('in', 'out')]);
    expect(third).not.toBe(first);
  });
});

describe('interleaved executions', () => {
  const COUNTER = `function add(times) { const store = PropertiesService.getUserProperties();
      for (let i = 0; i < times; i++) store.setProperty('n', Number(store.getProperty('n')) + 1); }
    function addLocked(times) { const lock = LockService.getUserLock();
      for (let i = 0; i < times; i++) { lock.waitLock(60000); const store = PropertiesService.getUserProperties();
        store.setProperty('n', Number(store.getProperty('n')) + 1); lock.releaseLock(); } }`;

  async function count(functionName: string, seed: string): Promise<{ n: string; trace: string }> {
    const stage = staged(COUNTER);
    const run = { user: ANN, functionName, args: [5], surface: 'trigger' as const };
    const order = {
      host: stage.host,
      random: new Random(seed),
      nowMs: () => stage.clock.nowMs(),
      elapse: (ms: number) => stage.advance(ms),
    };
    const results = await interleave([run, run], order);
    expect(results.every((result) => result.ok)).toBe(true);
    const { n } = stage.host.userProperties(ANN);
    return { n: n as string, trace: JSON.stringify(stage.trace.entries()) };
  }

  it('lose updates that no lock guards', async () => {
    const counts = await Promise.all(['a', 'b', 'c', 'd'].map((seed) => count('add', seed)));
    expect(counts.some(({ n }) => Number(n) < 10)).toBe(true);
  });

  it('lose none that a lock guards', async () => {
    for (const seed of ['a', 'b', 'c']) expect((await count('addLocked', seed)).n).toBe('10');
  });

  it('come in the same order from the same seed', async () => {
    const [first, again, other] = await Promise.all(['a', 'a', 'b'].map((seed) => count('add', seed)));
    expect(again).toEqual(first);
    expect(other?.trace).not.toEqual(first?.trace);
  });
});
