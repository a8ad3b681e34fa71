/** Rows of one calendar by iCalUID. Exceptions are left out: theirs is their series'. */
import { type EventRow, isException } from './row';

export class UidIndex {
  /** Ids in the order in which they first came. */
  private readonly ids = new Map<string, Set<string>>();

  /** Id of the first row with that iCalUID. */
  first(iCalUID: string): string | undefined {
    const [first] = this.ids.get(iCalUID) ?? [];
    return first;
  }

  /** @param before the row of that id until now. */
  keep(row: EventRow, before: EventRow | undefined): void {
    const uid = uidOf(row);
    if (before !== undefined && uidOf(before) === uid) return;
    this.forget(before);
    if (uid === undefined) return;
    const ids = this.ids.get(uid);
    if (ids === undefined) this.ids.set(uid, new Set([row.id]));
    else ids.add(row.id);
  }

  forget(row: EventRow | undefined): void {
    const uid = row && uidOf(row);
    const ids = uid === undefined ? undefined : this.ids.get(uid);
    if (row === undefined || uid === undefined || ids === undefined) return;
    ids.delete(row.id);
    if (ids.size === 0) this.ids.delete(uid);
  }
}

function uidOf({ event }: EventRow): string | undefined {
  return isException(event) ? undefined : (event.iCalUID as string);
}
