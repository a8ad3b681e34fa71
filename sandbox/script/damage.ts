/**
 * Damages a property of one user, as nobody but a fault would: cut in half, replaced by something else, or gone. That
 * Google's store does so is not known; an add-on has to be right all the same.
 */
import type { Records } from '../world/records';

export type PropertyDamage = 'cut' | 'replace' | 'drop';

/** @returns what stood there; undefined when there is no such property. */
export function damageProperty(
  script: { scriptId: string },
  records: Records,
  user: string,
  name: string,
  damage: PropertyDamage,
): string | undefined {
  const kind = `script.properties/${script.scriptId}/user/${user}`;
  const before = records.get<string>(kind, name);
  if (before === undefined) return undefined;
  if (damage === 'drop') records.remove(kind, name);
  else records.put(kind, name, damage === 'cut' ? before.slice(0, Math.floor(before.length / 2)) : '### damaged ###');
  return before;
}
