/**
 * What people do and soon take back. What was decided in between is stale: it must not be delivered late, and what was
 * delivered in between must not stay.
 */

import type { Place } from '../editor/grid';
import type { Person } from '../editor/person';
import type { JsonObject } from '../world/json';
import { guests, HOUR_MS, rule, startOf, title, withEvent, withOccurrence, withScope } from './choosing';
import type { Day } from './day';
import { moveTo } from './moving';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** Before anything can run, while it runs, after it has, after a sweep. */
const SOON_MS = [0, 2 * SECOND_MS, 40 * SECOND_MS, 5 * MINUTE_MS, 70 * MINUTE_MS];

export function takeChangeBack(day: Day): void {
  withScope(
    day,
    ({ person }, at, scope) => {
      const isDragged = scope === 'all' && person.sees(at).recurringEventId !== undefined;
      // Moved far by one occurrence, a series would lie months back.
      const kinds = scope === 'this' ? [retitled, moved] : [retitled, ...(isDragged ? [] : [moved]), repeated, invited];
      return changeAndBack(day, person, at, day.random.pick(kinds)(day), scope);
    },
    ['all', 'this'],
  );
}

/** One of a series is moved, renamed or cancelled, and soon is as it was. */
export function takeOccurrenceBack(day: Day): void {
  withOccurrence(day, ({ person }, at) => {
    if (day.random.chance(0.6)) {
      changeAndBack(day, person, at, day.random.pick([retitled, moved, moved])(day), 'this');
      return;
    }
    person.deletes(at, 'this');
    wait(day);
    person.restores(at);
  });
}

export function deleteAndBringBack(day: Day): void {
  withEvent(day, ({ person }, event) => {
    person.deletes(event, 'all');
    event.isDeleted = true;
    wait(day);
    person.restores(event);
    event.isDeleted = false;
  });
}

export function moveThereAndBack(day: Day): void {
  withEvent(day, (owner, event) => {
    const home = event.calendarId;
    moveTo(day, event, day.random.pick(owner.calendars));
    wait(day);
    moveTo(day, event, home);
  });
}

function changeAndBack(
  day: Day,
  person: Person,
  at: Place,
  change: JsonObject,
  scope: 'this' | 'all' | 'following',
): Place {
  const was = person.sees(at);
  person.edits(at, change, scope);
  wait(day);
  const back = Object.keys(change).map((field) => [field, was[field] ?? EMPTY[field] ?? null]);
  return person.edits(at, Object.fromEntries(back), scope);
}

/** What a field is when an event does not have it. */
const EMPTY: Readonly<JsonObject> = { recurrence: [], attendees: [] };

function wait(day: Day): void {
  day.world.advance(day.random.pick(SOON_MS));
  day.onPause();
}

function retitled(day: Day): JsonObject {
  return { summary: title(day) };
}

function moved(day: Day): JsonObject {
  const startMs = startOf(day);
  const [start, end] = [startMs, startMs + HOUR_MS].map((ms) => ({ dateTime: new Date(ms).toISOString() }));
  return { start, end } as JsonObject;
}

function repeated(day: Day): JsonObject {
  return { recurrence: [rule(day)] };
}

function invited(day: Day): JsonObject {
  return { attendees: guests(day).map((email) => ({ email })) };
}
