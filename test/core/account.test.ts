/** Whose a conference is, as far as the list of accounts tells. */
import { compareAccounts, heldForAccount, releasedForAccount } from '../../src/core/account';
import { type AccountList, characterOf } from '../../src/core/account-list';
import { UNKNOWN } from '../../src/core/fingerprint';
import { Ledger } from '../../src/core/ledger';
import { bindingOf, NOW_MS, toDo } from '../support/core-world';

const CHARACTERS = 62;

describe('the account that made a conference', () => {
  const marks = new Map([
    ['0', 'first0'],
    ['1', 'second'],
    ['2', '?grant'],
    ['3', '?other'],
  ]);
  it.each([
    ['0', '0', 'same'],
    ['0', '1', 'another'],
    ['2', '2', 'same'],
    ['2', '3', 'untold'],
    ['0', '2', 'untold'],
    ['2', '0', 'untold'],
    ['9', '0', 'untold'],
    [undefined, '0', 'untold'],
    ['0', undefined, 'untold'],
    [undefined, undefined, 'untold'],
  ])('of %s, seen from %s, is %s', (made, now, whose) => {
    expect(compareAccounts(made, now, (character) => marks.get(character))).toBe(whose);
  });
});

describe('the list of accounts', () => {
  it('gives each account one character, and the same again', () => {
    const list: AccountList = new Map();
    const ledger = new Ledger();
    expect(['a', 'b', 'a'].map((mark) => characterOf(mark, list, ledger))).toEqual(['0', '1', '0']);
    expect(characterOf(undefined, list, ledger)).toBeUndefined();
  });

  it('that was lost gives no character away that conferences still have', () => {
    const ledger = new Ledger([bindingOf({ account: '0' }), bindingOf({ eventId: 'e2', unknownTo: '1' })]);
    expect(characterOf('a', new Map(), ledger)).toBe('2');
  });

  it('when it is full takes the character of an account without conferences, and of no other', () => {
    const list: AccountList = new Map();
    const bindings = Array.from({ length: CHARACTERS }, (_, i) => {
      const account = characterOf(`m${i}`, list, new Ledger()) as string;
      return bindingOf({ eventId: `e${i}`, account });
    });
    expect(list.size).toBe(CHARACTERS);
    expect(characterOf('new', list, new Ledger(bindings))).toBeUndefined();
    expect(list.has('new')).toBe(false);
    const [, second, ...others] = bindings;
    const without = new Ledger(bindings.filter((one) => one !== second));
    expect(characterOf('new', list, without)).toBe(second?.account);
    expect(list.has('m1')).toBe(false);
    expect(list.size).toBe(CHARACTERS);
    expect(others.every(({ account }) => [...list.values()].includes(account as string))).toBe(true);
  });
});

describe('what another account made', () => {
  it('is held, and due at once under the next account', () => {
    const held = heldForAccount(bindingOf({ todo: toDo({ attempts: 1 }) }), '1', NOW_MS);
    expect(held).toMatchObject({ state: 'live', unknownTo: '1', todo: { parked: true, attempts: 2, missed: true } });
    const { unknownTo: _asked, ...released } = held;
    const todo = toDo({ attempts: 0, parked: false, missed: false, notBeforeMs: NOW_MS + 5 });
    expect(releasedForAccount(held, NOW_MS + 5)).toEqual({ ...released, todo });
  });

  it('is held also under an account that nobody can name', () => {
    expect(heldForAccount(bindingOf({ todo: toDo() }), undefined, NOW_MS).unknownTo).toBe('-');
  });

  it('counts as broken no longer: it is told everything once more, unless it is over', () => {
    const broken = bindingOf({ state: 'broken', delivered: 'AAAAAA', unknownTo: '1' });
    expect(releasedForAccount(broken, NOW_MS)).toEqual(bindingOf({ delivered: UNKNOWN, todo: toDo() }));
    const over = { ...broken, endsMs: NOW_MS };
    const { unknownTo: _asked, ...rest } = over;
    expect(releasedForAccount(over, NOW_MS)).toEqual(rest);
  });

  it('is told everything once more also where it never ends', () => {
    const endless = bindingOf({ state: 'broken', endsMs: 0, unknownTo: '1' });
    expect(releasedForAccount(endless, NOW_MS)).toMatchObject({ state: 'live', delivered: UNKNOWN, todo: toDo() });
  });

  it('where nothing was to be done is held as a change to be told, and has nothing to do once let go', () => {
    const todo = toDo({ attempts: 1, parked: true, missed: true });
    expect(heldForAccount(bindingOf(), '1', NOW_MS)).toEqual(bindingOf({ unknownTo: '1', todo }));
    expect(releasedForAccount(bindingOf({ unknownTo: '1' }), NOW_MS)).toEqual(bindingOf());
  });
});
