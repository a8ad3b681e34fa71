/**
 * The iCalUID of a changed occurrence whose series is missing: as Google names what was cut off a series, the slot
 * goes before the `@`. The same at every import.
 * @param slot original start as `20260309T090000Z` or `20260309`.
 */
export function lonelyUid(uid: string, slot: string): string {
  const at = uid.lastIndexOf('@');
  return at === -1 ? `${uid}_R${slot}` : `${uid.slice(0, at)}_R${slot}${uid.slice(at)}`;
}
