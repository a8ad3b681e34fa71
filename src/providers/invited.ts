/** Guests for vendors that take the list of them as a whole only, when Google has not shown all of them. */
import type { Meeting, MeetingField } from '../core/meeting';

/** Is there a guest to be added to a list that is not known? Then the vendor's own has to be read first. */
export function needsInvited({ untold }: Meeting, fields: readonly MeetingField[]): boolean {
  return fields.includes('guests') && untold?.includes('guests') === true;
}

/** @param invited the addresses that the vendor has: nobody of them is taken off. */
export function withInvited(meeting: Meeting, invited: readonly string[]): Meeting {
  const known = new Set(meeting.guests.map(({ email }) => email));
  const others = invited.map((email) => email.toLowerCase()).filter((email) => email !== '' && !known.has(email));
  return { ...meeting, guests: [...meeting.guests, ...others.map((email) => ({ email, optional: false }))] };
}
