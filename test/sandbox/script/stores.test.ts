import { ANN, BEN, evaluate, resultOf, Stage } from './support/stage';

const STORE = 'const store = PropertiesService.getUserProperties();';

describe('PropertiesService', () => {
  it('keeps text, whatever it is given', () => {
    expect(
      evaluate(
        `PropertiesService.getUserProperties().setProperties({ n: 1, b: true, o: {}, l: [1, 2], z: null }).getProperties()`,
      ),
    ).toEqual({ n: '1', b: 'true', o: '[object Object]', l: '1,2', z: 'null' });
  });

  it('says in the log how many keys were written and read, and no value', () => {
    const stage = new Stage(
      `${STORE} function main() { store.setProperties({ a: 'x', b: 'y' }); store.getProperties(); }`,
    );
    stage.run('main');
    const said = stage.trace.entries().filter(({ kind }) => kind === 'service');
    expect(said.map(({ text }) => text)).toEqual([
      'PropertiesService.setProperties user 2 keys',
      'PropertiesService.getProperties user 2 keys',
    ]);
  });

  it('answers null for a key it does not have', () => {
    expect(evaluate("PropertiesService.getScriptProperties().getProperty('nothing')")).toBeNull();
  });

  it('has no document store in a standalone script', () => {
    expect(evaluate('PropertiesService.getDocumentProperties()')).toBeNull();
  });

  it('keeps users apart and scripts together', () => {
    const stage =
      new Stage(`${STORE} function put() { store.setProperty('k', 'v'); PropertiesService.getScriptProperties().setProperty('s', 't'); }
      function read() { return [store.getProperty('k'), PropertiesService.getScriptProperties().getProperty('s')]; }`);
    stage.run('put', [], 'manual', ANN);
    expect(resultOf(stage.run('read', [], 'manual', BEN))).toEqual([null, 't']);
    expect(stage.host.userProperties(ANN)).toEqual({ k: 'v' });
  });

  it('replaces the whole store when asked to', () => {
    const stage = new Stage(
      `${STORE} function main() { store.setProperties({ a: '1', b: '2' }); store.setProperties({ b: '3' }, true); return store.getProperties(); }`,
    );
    expect(resultOf(stage.run('main'))).toEqual({ b: '3' });
  });

  it('refuses a value over 9 kB and leaves the store as it was', () => {
    const stage = new Stage(`${STORE} function main(n) { store.setProperties({ small: 'x', large: 'x'.repeat(n) }); }`);
    expect(resultOf(stage.run('main', [9 * 1024 + 1]))).toBe('Exception: Argument too large: value');
    expect(stage.host.userProperties(ANN)).toEqual({});
    expect(stage.run('main', [9 * 1024]).ok).toBe(true);
  });

  it('takes the measured limit where the switch says so', () => {
    const stage = new Stage(`${STORE} function main(n) { store.setProperty('k', 'x'.repeat(n)); }`, {
      switches: { propertyValueLimitBytes: 8066 },
    });
    expect(stage.run('main', [8066]).ok).toBe(true);
    expect(stage.run('main', [8067]).ok).toBe(false);
  });

  it('refuses what would pass 500 kB in one store, counting keys and overwritten values', () => {
    const stage =
      new Stage(`${STORE} function fill(from, n) { const v = {}; for (let i = 0; i < n; i++) v['key' + (100 + from + i)] = 'x'.repeat(8000); store.setProperties(v); }
      function drop() { store.deleteProperty('key100'); }`);
    expect(stage.run('fill', [0, 63]).ok).toBe(true);
    expect(stage.run('fill', [0, 63]).ok).toBe(true);
    expect(resultOf(stage.run('fill', [63, 1]))).toBe(
      'Exception: You have exceeded the property storage quota. Please remove some properties and try again.',
    );
    stage.run('drop');
    expect(stage.run('fill', [63, 1]).ok).toBe(true);
  });

  it('allows 50,000 operations a day to a consumer and ten times that in a Workspace', () => {
    const stage = new Stage(`${STORE} function read(n) { for (let i = 0; i < n; i++) store.getProperty('k'); }`);
    expect(stage.run('read', [50_000]).ok).toBe(true);
    expect(resultOf(stage.run('read', [1]))).toBe('Exception: Service invoked too many times for one day: properties.');
    stage.host.setAccountType(ANN, 'workspace');
    expect(stage.run('read', [1]).ok).toBe(true);
    stage.host.setAccountType(ANN, 'consumer');
    stage.advance(24 * 3_600_000);
    expect(stage.run('read', [1]).ok).toBe(true);
  });

  it("names a call with arguments it cannot take in Google's words", () => {
    expect(evaluate('PropertiesService.getUserProperties().getProperty()')).toBe(
      "Exception: The parameters () don't match the method signature for PropertiesService.Properties.getProperty.",
    );
  });

  it('outlives the host, in the records', () => {
    const first = new Stage(`${STORE} function main() { store.setProperty('k', 'v'); }`);
    first.run('main');
    const second = new Stage(`${STORE} function main() { return store.getProperty('k'); }`, { records: first.records });
    expect(resultOf(second.run('main'))).toBe('v');
  });
});

describe('CacheService', () => {
  it('forgets after ten minutes, or after the time given', () => {
    const stage = new Stage(`const cache = CacheService.getUserCache();
      function put() { cache.put('short', 'a', 60); cache.putAll({ long: 2 }); }
      function read() { return [cache.get('short'), cache.get('long'), cache.getAll(['long', 'other'])]; }`);
    stage.run('put');
    expect(resultOf(stage.run('read'))).toEqual(['a', '2', { long: '2' }]);
    stage.advance(60_000);
    expect(resultOf(stage.run('read'))).toEqual([null, '2', { long: '2' }]);
    stage.advance(540_000);
    expect(resultOf(stage.run('read'))).toEqual([null, null, {}]);
  });

  it('refuses long keys, large values and times out of range', () => {
    const put = (key: string, value: string, seconds = '60') =>
      evaluate(`CacheService.getScriptCache().put(${key}, ${value}, ${seconds})`);
    expect(put("'k'.repeat(251)", "'v'")).toBe('Exception: Argument too large: key');
    expect(put("'k'", "'v'.repeat(102401)")).toBe('Exception: Argument too large: value');
    expect(put("'k'", "'v'", '21601')).toBe('Exception: Argument is out of range: expirationInSeconds, 1 to 21600');
    expect(put("'k'.repeat(250)", "'v'.repeat(102400)", '21600')).toBeNull();
  });

  it('keeps the 900 that live longest when it passes 1,000', () => {
    const stage = new Stage(`const cache = CacheService.getScriptCache();
      function fill() { for (let i = 0; i <= 1000; i++) cache.put('k' + i, 'v', 100 + i); }
      function left() { let n = 0; for (let i = 0; i <= 1000; i++) if (cache.get('k' + i) !== null) n++; return [n, cache.get('k100'), cache.get('k101')]; }`);
    stage.run('fill');
    expect(resultOf(stage.run('left'))).toEqual([900, null, 'v']);
  });

  it('has no document cache', () => {
    expect(evaluate('CacheService.getDocumentCache()')).toBeNull();
  });
});

describe('LockService', () => {
  it('lets go when the execution ends', () => {
    const stage = new Stage('function main() { return LockService.getUserLock().tryLock(0); }');
    expect([stage.run('main'), stage.run('main')].map(resultOf)).toEqual([true, true]);
  });

  it('is held by one Lock object; another of the same execution contends', () => {
    const source = `function main() { const a = LockService.getUserLock(), b = LockService.getUserLock();
      return [a.tryLock(0), a.tryLock(0), b.tryLock(10), a.hasLock(), b.hasLock(), (b.releaseLock(), a.hasLock()), (a.releaseLock(), b.tryLock(0))]; }`;
    expect(resultOf(new Stage(source).run('main'))).toEqual([true, true, false, true, false, true, true]);
    const kinder = new Stage(source, { switches: { lockObjectsContend: false } });
    expect(resultOf(kinder.run('main'))).toEqual([true, true, true, true, true, false, true]);
  });

  it('keeps user locks and the script lock apart', () => {
    expect(
      evaluate(
        '[LockService.getUserLock().tryLock(0), LockService.getScriptLock().tryLock(0), LockService.getDocumentLock()]',
      ),
    ).toEqual([true, true, null]);
  });

  it('waits out its time while a suspended execution holds it, then says so', () => {
    const stage = new Stage(`
      function outer() { const lock = LockService.getScriptLock(); lock.waitLock(1000);
        ScriptApp.newTrigger('inner').timeBased().after(2000).create(); Utilities.sleep(5000); lock.releaseLock(); return Date.now(); }
      function inner() { const from = Date.now(); let said; try { LockService.getScriptLock().waitLock(10000); } catch (e) { said = e.message; }
        PropertiesService.getScriptProperties().setProperties({ said, waited: Date.now() - from }); }
      function read() { return PropertiesService.getScriptProperties().getProperties(); }`);
    stage.run('outer');
    expect(resultOf(stage.run('read'))).toEqual({
      said: 'Lock timeout: another process was holding the lock for too long.',
      waited: '10000',
    });
  });

  it('lets go when the execution is killed', () => {
    const stage =
      new Stage(`function held() { LockService.getUserLock().tryLock(0); PropertiesService.getUserProperties().getKeys(); }
      function main() { return LockService.getUserLock().tryLock(0); }`);
    stage.faults.next('properties.getKeys', { kind: 'kill', when: 'before' });
    expect(stage.run('held')).toEqual({ ok: false, killed: 'killed by a planned fault, before the call' });
    expect(resultOf(stage.run('main'))).toBe(true);
  });
});
