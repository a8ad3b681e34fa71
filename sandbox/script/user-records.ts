/** All that a script keeps for one person: its records move with another address, and go with the account. */
import type { Records } from '../world/records';

/** @param address the new address; undefined: the account has ended. */
export function moveUserRecords(records: Records, scriptId: string, user: string, address: string | undefined): void {
  const ending = `/${scriptId}/user/${user}`;
  for (const kind of records.kinds().filter((name) => name.startsWith('script.'))) {
    if (kind.endsWith(ending)) {
      for (const [key, record] of [...records.entries(kind)]) {
        if (address !== undefined) records.put(`${kind.slice(0, -user.length)}${address}`, key, record);
        records.remove(kind, key);
      }
    } else if (kind.endsWith(`/${scriptId}`) && records.get(kind, user) !== undefined) {
      if (address !== undefined) records.put(kind, address, records.get(kind, user));
      records.remove(kind, user);
    }
  }
}
