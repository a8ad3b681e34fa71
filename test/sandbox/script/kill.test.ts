import { ADD_ON, ANN, resultOf, Stage } from './support/stage';

const STUBBORN = `
  function main() {
    const store = PropertiesService.getUserProperties();
    store.setProperty('step', '1');
    try { store.setProperty('step', '2'); } catch (e) { store.setProperty('caught', 'yes'); }
    finally { try { store.setProperty('finally', 'yes'); } catch (e) {} }
    store.setProperty('step', '3');
    return 'done';
  }`;

describe('a killed execution', () => {
  it('leaves what was done before the kill, and nothing after, whatever it catches', () => {
    const stage = new Stage(STUBBORN);
    stage.faults.next('properties.setProperty', { kind: 'kill', when: 'before' }, 1, 1);
    expect(stage.run('main')).toEqual({ ok: false, killed: 'killed by a planned fault, before the call' });
    expect(stage.host.userProperties(ANN)).toEqual({ step: '1' });
  });

  it('leaves the call itself done when it is killed after it', () => {
    const stage = new Stage(STUBBORN);
    stage.faults.next('properties.setProperty', { kind: 'kill', when: 'after' }, 1, 1);
    expect(stage.run('main').ok).toBe(false);
    expect(stage.host.userProperties(ANN)).toEqual({ step: '2' });
  });

  it('can be killed at every service call, one after another', () => {
    const seen: string[] = [];
    for (let skip = 0; skip < 4; skip++) {
      const stage = new Stage(STUBBORN);
      stage.faults.next('script', { kind: 'kill', when: 'before' }, 1, skip);
      stage.run('main');
      seen.push(JSON.stringify(stage.host.userProperties(ANN)));
    }
    expect(seen).toEqual(['{}', '{"step":"1"}', '{"step":"2"}', '{"step":"2","finally":"yes"}']);
  });
});

describe('the time limit', () => {
  const SLEEPER = `function main(ms) { try { Utilities.sleep(ms); } finally { PropertiesService.getUserProperties().setProperty('finally', 'yes'); } return 'done'; }`;
  const addOn = { manifest: { addOns: ADD_ON } };

  it('is six minutes for a script and 30 seconds for what a person waits for in an add-on', () => {
    expect(resultOf(new Stage(SLEEPER).run('main', [299_000]))).toBe('done');
    const stage = new Stage(SLEEPER, addOn);
    expect(resultOf(stage.run('main', [29_000], 'create'))).toBe('done');
    const before = stage.clock.nowMs();
    expect(resultOf(stage.run('main', [31_000], 'create'))).toBe('killed: Exceeded maximum execution time');
    expect(stage.clock.nowMs() - before).toBe(30_000);
  });

  it("is a switch for an add-on's trigger", () => {
    expect(new Stage(SLEEPER, addOn).run('main', [31_000], 'trigger').ok).toBe(false);
    const six = new Stage(SLEEPER, { ...addOn, switches: { addOnTriggerLimitMs: 360_000 } });
    expect(six.run('main', [31_000], 'trigger').ok).toBe(true);
  });

  it('runs no finally that could touch the world', () => {
    const stage = new Stage(SLEEPER, addOn);
    stage.run('main', [31_000], 'card');
    expect(stage.host.userProperties(ANN)).toEqual({});
  });

  it('ends an endless loop of calls, and one of computation', () => {
    const stage = new Stage(
      `function calls() { for (;;) { try { PropertiesService.getUserProperties().getKeys(); } catch (e) { throw e; } } }
       function computes() { for (;;); }`,
      { ...addOn, computeLimitMs: 200 },
    );
    stage.host.setAccountType(ANN, 'workspace');
    expect(resultOf(stage.run('calls', [], 'card'))).toBe('killed: Exceeded maximum execution time');
    expect(resultOf(stage.run('computes', [], 'card'))).toBe('killed: Exceeded maximum execution time');
  });

  it('counts the latency of calls and of the start', () => {
    const stage = new Stage(
      `function main() { for (let i = 0; i < 10; i++) PropertiesService.getUserProperties().setProperty('k', 'v'); }`,
      {
        latency: 'typical',
      },
    );
    const before = stage.clock.nowMs();
    expect(stage.run('main').ok).toBe(true);
    const tookMs = stage.clock.nowMs() - before;
    expect(tookMs).toBeGreaterThan(500);
    expect(tookMs).toBeLessThan(5000);
  });
});

describe('planned faults', () => {
  it('throw, hang and lose answers where they are planned', () => {
    const stage = new Stage(`function set() { PropertiesService.getUserProperties().setProperty('k', 'v'); }`);
    stage.faults.next('properties.setProperty', { kind: 'throw', message: 'Service error' });
    expect(resultOf(stage.run('set'))).toBe('Exception: Service error');
    expect(stage.host.userProperties(ANN)).toEqual({});
    stage.faults.next('script.properties', { kind: 'lost-answer' });
    expect(resultOf(stage.run('set'))).toMatch(/^Exception: We’re sorry, a server error occurred/);
    expect(stage.host.userProperties(ANN)).toEqual({ k: 'v' });
    stage.faults.next('properties', { kind: 'hang', ms: 7000 });
    const before = stage.clock.nowMs();
    expect(stage.run('set').ok).toBe(true);
    expect(stage.clock.nowMs() - before).toBe(7000);
  });
});

describe('simultaneous executions', () => {
  it('are at most 30 for one user', () => {
    const stage =
      new Stage(`function main(depth) { const key = 'deepest'; const store = PropertiesService.getUserProperties();
      store.setProperty(key, String(Math.max(Number(store.getProperty(key) || 0), depth)));
      ScriptApp.getProjectTriggers().forEach((t) => ScriptApp.deleteTrigger(t));
      ScriptApp.newTrigger('again').timeBased().after(10).create(); Utilities.sleep(100); }
      function again() { const n = Number(PropertiesService.getUserProperties().getProperty('deepest')); main(n + 1); }`);
    stage.run('main', [1]);
    expect(stage.host.userProperties(ANN)).toEqual({ deepest: '30' });
    expect(
      stage.lines('execution').filter((line) => line.includes('too many scripts running simultaneously')),
    ).not.toEqual([]);
  });
});
