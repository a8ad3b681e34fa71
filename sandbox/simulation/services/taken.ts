/** What a service ought to show of a text, where it may have refused it: itself, or what it had before; but all others. */
import type { RefusableField } from '../../vendors/refusals';
import type { Day } from '../day';

/** Does it show another text than the event's, although it takes that? An event without one leaves the choice. */
export function differs(
  field: Exclude<RefusableField, 'zone'>,
  shown: string | null,
  wanted: string | undefined,
  day: Day,
): boolean {
  return wanted !== undefined && shown !== wanted && isTakenAsItIs(field, wanted, day);
}

export function isTakenAsItIs(field: RefusableField, value: string, { service }: Day): boolean {
  return service.refusals?.has(field, value) !== true;
}
