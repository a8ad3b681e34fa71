/**
 * Guests that the API leaves out although nobody asked for fewer (switch guestsLeftOut): all but the viewer's own entry, as
 * maxAttendees does it, and the mark. What Calendar's own pages show is whole.
 */
import type { JsonObject } from '../world/json';
import type { SwitchSettings } from '../world/switches';

/** The answer to `method` as the switch has it. Rows are not changed in place: they may be stored. */
export function withGuestsLeftOut<T>(answer: T, method: string, { guestsLeftOut }: SwitchSettings): T {
  if (guestsLeftOut === 'none' || typeof answer !== 'object' || answer === null) return answer;
  const { items } = answer as { items?: JsonObject[] };
  const isList = method === 'events.list' || method === 'events.instances';
  if (isList && items !== undefined) return { ...answer, items: items.map(withoutGuests) };
  const isEvent = guestsLeftOut === 'all' && method.startsWith('events.') && !isList;
  return isEvent ? (withoutGuests(answer as unknown as JsonObject) as unknown as T) : answer;
}

function withoutGuests(event: JsonObject): JsonObject {
  const attendees = event.attendees as JsonObject[] | undefined;
  if (attendees === undefined || attendees.length === 0) return event;
  return { ...event, attendeesOmitted: true, attendees: attendees.filter((one) => one.self === true) };
}
