/** The list of accounts that conferences were made with: by mark, the character that stands for it in bindings. */
import type { AccountMark } from './account';
import type { Ledger } from './ledger';

export type AccountList = Map<AccountMark, string>;

const CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * The character of an account; it is put on the list when it is new. Undefined when all are taken by accounts that still have
 * conferences: then nobody knows whose a conference is.
 */
export function characterOf(mark: AccountMark | undefined, list: AccountList, ledger: Ledger): string | undefined {
  if (mark === undefined) return undefined;
  const known = list.get(mark);
  if (known !== undefined) return known;
  // Also those whose account the list has lost: they stand for nobody else.
  const used = new Set(ledger.all().flatMap(({ account = '', unknownTo = '' }) => [account, unknownTo]));
  const listed = new Map([...list].map(([other, character]) => [character, other]));
  const unused = [...CHARACTERS].filter((character) => !used.has(character));
  const free = unused.find((character) => !listed.has(character)) ?? unused[0];
  if (free === undefined) return undefined;
  // An account without conferences may give its character away.
  list.delete(listed.get(free) ?? '');
  list.set(mark, free);
  return free;
}
