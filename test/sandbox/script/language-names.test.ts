import { runInNewContext } from 'node:vm';
import { declaration, namesAtHand } from '../../../sandbox/script/language-names';

const left = (source: string) => {
  const all = namesAtHand([]);
  const at = namesAtHand([{ source }]);
  return all.filter((name) => !at.includes(name));
};

describe('a name of the language', () => {
  it('is at hand for a script that only uses it', () => {
    const source = `new Map([...Object.keys(a), ...JSON.parse(b)]); if (Math.max(1) <= 2 && x === Number && Date.now() >= 1)
      throw new Error(String(c)); for (const one of Array.from(d)) parseInt(one); const f = { number: Number(e) };`;
    expect(left(source)).toEqual([]);
  });

  it.each([
    'var Map;',
    'var a = 1, Map = 2;',
    'const { Map } = other;',
    'const { a: Map } = other;',
    'const [a, Map] = other;',
    'const [...Map] = other;',
    'function Map() {}',
    'function* Map() {}',
    'class Map {}',
    'Map = MyMap;',
    'Map ??= MyMap;',
    'Map += 1;',
    'Map++;',
    'for (Map of all) {}',
    'globalThis.Map = MyMap;',
    "globalThis['Map'] = MyMap;",
    "Object.defineProperty(globalThis, 'Map', {});",
    'delete globalThis.Map;',
  ])('stays where it was for a script that says %s', (source) => {
    expect(left(source)).toEqual(['Map']);
  });
});

describe('declaring names', () => {
  it('keeps the one that the prelude replaces until after it', () => {
    expect(declaration(['Map', 'Date'], 'before')).toBe('let Map = globalThis.Map;');
    expect(declaration(['Map', 'Date'], 'after')).toBe('let Date = globalThis.Date;');
    expect(declaration([], 'before')).toBe('');
  });

  it('makes every name a variable of the script scope, with the value it had', () => {
    const names = namesAtHand([]);
    const same = names.map((name) => `${name} === globalThis.${name}`).join(' && ');
    const text = `${declaration(names, 'before')}${declaration(names, 'after')} ${same}`;
    expect(runInNewContext(text)).toBe(true);
  });
});
