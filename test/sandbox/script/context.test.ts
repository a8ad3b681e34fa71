import { evaluate, resultOf, Stage } from './support/stage';

describe('the context of an execution', () => {
  it('lacks what Apps Script lacks', () => {
    const absent = [
      'setTimeout setInterval setImmediate clearTimeout queueMicrotask structuredClone fetch URL URLSearchParams',
      'FormData File Blob TextEncoder TextDecoder DOMException atob btoa crypto window navigator performance process',
      'require module exports Buffer global __call __start __go',
    ]
      .join(' ')
      .split(' ');
    expect(evaluate(`${JSON.stringify(absent)}.filter((name) => name in globalThis)`)).toEqual([]);
  });

  it('has what V8 has', () => {
    expect(
      evaluate(
        `['Promise', 'Map', 'Proxy', 'Intl', 'WebAssembly', 'BigInt', 'WeakMap'].filter((n) => !(n in globalThis))`,
      ),
    ).toEqual([]);
  });

  it('is fresh every time', () => {
    const stage = new Stage('var count = 0; function main() { return ++count; }');
    expect([stage.run('main'), stage.run('main')].map(resultOf)).toEqual([1, 1]);
  });

  it('makes every object in its own realm', () => {
    const source = `function main() {
      let error; try { UrlFetchApp.fetch('https://nowhere.example/'); } catch (e) { error = e; }
      return [error instanceof Error, PropertiesService.getUserProperties().getProperties() instanceof Object,
        ScriptApp.getProjectTriggers() instanceof Array, Utilities.base64Decode('aGk=') instanceof Array];
    }`;
    expect(resultOf(new Stage(source).run('main'))).toEqual([true, true, true, true]);
  });

  it('has no way back to the host', () => {
    expect(
      evaluate(
        `(() => { try { return Utilities.getUuid.constructor('return typeof process')(); } catch (e) { return e.message; } })()`,
      ),
    ).toBe('undefined');
    expect(evaluate("constructor.constructor('return typeof process')()")).toBe('undefined');
    expect(evaluate('[toString, hasOwnProperty, valueOf].every((method) => method instanceof Object)')).toBe(true);
  });

  it('takes time from the sandbox', () => {
    expect(evaluate('[new Date().toISOString(), Date.now(), Date().slice(0, 24), new Date() instanceof Date]')).toEqual(
      ['2026-03-02T08:00:00.000Z', Date.parse('2026-03-02T08:00:00Z'), 'Mon Mar 02 2026 08:00:00', true],
    );
  });

  it('takes chance from the seed', () => {
    const draw = (seed: string) => evaluate('[Math.random(), Math.random(), Utilities.getUuid()]', { seed });
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
  });

  it("keeps local time in the manifest's zone, whatever the machine's", () => {
    const zurich = { manifest: { timeZone: 'Europe/Zurich' } };
    expect(
      evaluate(
        `[new Date(2026, 6, 1, 12).toISOString(), new Date('2026-01-15T23:30:00Z').getDate(), new Date('2026-07-01T12:00').getTime(),
          new Date('2026-07-01T12:00:00Z').getTimezoneOffset(), new Date('2026-07-01T12:00:00Z').toString(),
          (() => { const d = new Date('2026-03-28T12:00:00Z'); d.setDate(29); return d.toISOString(); })()]`,
        zurich,
      ),
    ).toEqual([
      '2026-07-01T10:00:00.000Z',
      16,
      Date.parse('2026-07-01T10:00:00Z'),
      -120,
      'Wed Jul 01 2026 14:00:00 GMT+0200 (Central European Summer Time)',
      '2026-03-29T11:00:00.000Z',
    ]);
  });
});

describe('calling a function', () => {
  it('finds functions, constants and methods by name', () => {
    const stage = new Stage('const arrow = (x) => x + 1; const obj = { base: 10, add(x) { return this.base + x; } };');
    expect(resultOf(stage.run('arrow', [1]))).toBe(2);
    expect(resultOf(stage.run('obj.add', [1]))).toBe(11);
  });

  it('says when there is none', () => {
    expect(resultOf(new Stage('').run('missing'))).toBe('Error: Script function not found: missing');
    expect(resultOf(new Stage('').run('1 + 1'))).toBe('Error: Script function not found: 1 + 1');
  });

  it('waits for promises', () => {
    const stage = new Stage('async function main() { await null; return Promise.all([1, Promise.resolve(2)]); }');
    expect(resultOf(stage.run('main'))).toEqual([1, 2]);
  });

  it('ends when nothing is left to do, settled or not', () => {
    expect(resultOf(new Stage('function main() { return new Promise(() => {}); }').run('main'))).toBeNull();
  });

  it("tells an error by name, message and the add-on's own lines", () => {
    const stage = new Stage("function fail() { throw new RangeError('too far'); }\nfunction main() { fail(); }");
    expect(stage.run('main')).toEqual({
      ok: false,
      name: 'RangeError',
      message: 'too far',
      stack: 'RangeError: too far\n    at fail (Code.js:1:25)\n    at main (Code.js:2:19)',
    });
  });

  it('fails every execution when the top level throws', () => {
    expect(resultOf(new Stage("throw new TypeError('at once'); function main() {}").run('main'))).toBe(
      'TypeError: at once',
    );
  });

  it('evaluates the files in order in one scope', () => {
    const files = [{ name: 'Later.gs', source: 'const word = base + "!"; function main() { return word; }' }];
    expect(resultOf(new Stage('const base = "hello";', { files }).run('main'))).toBe('hello!');
  });
});

describe('the net under the services', () => {
  it('throws for a Google service that is not simulated', () => {
    expect(evaluate('CalendarApp.getDefaultCalendar()')).toMatch(
      /^NotSimulated: NotSimulated: CalendarApp.getDefaultCalendar\./,
    );
    expect(evaluate('typeof SpreadsheetApp')).toBe('object');
  });

  it('throws for a member that is not simulated', () => {
    expect(evaluate('PropertiesService.getUserProperties().getFoo()')).toMatch(/NotSimulated: Properties.getFoo\./);
    expect(evaluate('Calendar.Events.watch({}, "x")')).toMatch(/NotSimulated: Calendar.Events.watch\./);
    expect(evaluate('Utilities.DigestAlgorithm.MD6')).toMatch(/NotSimulated: DigestAlgorithm.MD6\./);
  });

  it('keeps a list that no catch can hide', () => {
    const stage = new Stage('function main() { try { DriveApp.getFiles(); } catch (e) {} }');
    stage.run('main');
    expect(stage.host.notSimulated()).toEqual(['DriveApp.getFiles']);
  });

  it('stays out of the way of the language', () => {
    expect(evaluate('JSON.stringify(ScriptApp.EventType.CLOCK) + String(ScriptApp.EventType.CLOCK)')).toBe(
      '"CLOCK"CLOCK',
    );
    expect(resultOf(new Stage('async function main() { await Session; return String(Session); }').run('main'))).toBe(
      'Session',
    );
  });
});
