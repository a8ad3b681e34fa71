/**
 * What a deed is about: some event, an occurrence, a title, a time. Drawn from the day's chance.
 */
import type { Scope } from '../editor/draft';
import type { Place } from '../editor/grid';
import type { NewEvent } from '../editor/person';
import type { JsonObject } from '../world/json';
import type { Day, KnownEvent, Player } from './day';
import { noteCarried } from './moving';

export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Planted where the add-on reads: none of these words may turn up in a log line or in its store. */
export const CANARY = 'canary';

export function withEvent(day: Day, act: (owner: Player, event: KnownEvent) => void): void {
  const event = pickEvent(day);
  if (event === undefined) return;
  noteCarried(day, event);
  act(event.owner, event);
}

export function withOccurrence(day: Day, act: (owner: Player, place: KnownEvent, startMs: number) => void): void {
  const event = pickEvent(day, (candidate) => shown(day, candidate)?.recurrence !== undefined);
  const item = event && occurrenceOf(day, event);
  if (event === undefined || item === undefined) return;
  const start = item.start as { dateTime?: string; date?: string };
  const startMs = Date.parse(start.dateTime ?? `${start.date}T00:00:00Z`);
  noteCarried(day, event);
  act(event.owner, { ...event, eventId: item.id as string }, startMs);
}

/** Somebody who is invited, and does not own the event. */
export function invitedTo(day: Day, event: KnownEvent): Player[] {
  const guests = (shown(day, event)?.attendees ?? []) as JsonObject[];
  return day.players.filter(
    (player) => player !== event.owner && guests.some(({ email }) => email === player.person.email),
  );
}

/** As its owner sees it; undefined when it is not there. */
function shown(day: Day, { owner, calendarId, eventId }: KnownEvent): JsonObject | undefined {
  const request = { method: 'events.get', params: { calendarId, eventId } };
  const { status, body } = day.world.calendar.handle(owner.person.email, request, 'editor');
  return status === 200 ? (body as JsonObject) : undefined;
}

/**
 * Some event; now and then one of a series is opened, and what is done there holds for it alone, from it on, or for all.
 * @param act returns where the event is that was written, which may be the second half of a series.
 */
export function withScope(
  day: Day,
  act: (owner: Player, place: KnownEvent, scope: Scope) => Place,
  scopes: readonly Scope[] = ['all', 'this', 'following'],
): void {
  withEvent(day, (owner, event) => {
    const item = day.random.chance(0.4) ? occurrenceOf(day, event) : undefined;
    if (item === undefined) return void act(owner, event, 'all');
    const scope = day.random.pick(scopes);
    const place = { ...event, eventId: item.id as string };
    const written = act(owner, place, scope);
    const isHalf = scope === 'following' && written.eventId !== event.eventId && written.eventId !== place.eventId;
    if (isHalf) remember(day, owner, written);
  });
}

/** One of the next few, as its owner sees them. */
function occurrenceOf(day: Day, { owner, calendarId, eventId }: KnownEvent): JsonObject | undefined {
  const params = { calendarId, eventId, maxResults: 6 };
  const answer = day.world.calendar.handle(owner.person.email, { method: 'events.instances', params });
  const items = ((answer.body as { items?: JsonObject[] } | undefined)?.items ?? []) as JsonObject[];
  return items.length === 0 ? undefined : day.random.pick(items);
}

export function pickEvent(day: Day, wanted: (event: KnownEvent) => boolean = () => true): KnownEvent | undefined {
  const found = day.events.filter((event) => !event.isDeleted && event.isEmpty !== true && wanted(event));
  return found.length === 0 ? undefined : day.random.pick(found);
}

export function remember(
  day: Day,
  owner: Player,
  { calendarId, eventId }: { calendarId: string; eventId: string },
): KnownEvent {
  const event = { owner, calendarId, eventId, isDeleted: false };
  day.events.push(event);
  return event;
}

export function withAddOn(day: Day): Player {
  return day.random.pick(day.players.filter((player) => player.hasAddOn));
}

export function newEvent(day: Day, owner: Player): NewEvent {
  const { random } = day;
  const startMs = startOf(day);
  const endMs = startMs + (1 + random.int(4)) * (HOUR_MS / 2);
  const iso = (ms: number) => new Date(ms).toISOString();
  return {
    summary: title(day),
    start: iso(startMs),
    end: iso(endMs),
    timeZone: random.chance(0.8) ? owner.zone : 'America/New_York',
    calendarId: random.pick(owner.calendars),
    fields: { description: `${CANARY} description` },
    ...(random.chance(0.4) && { guests: guests(day).filter((email) => email !== owner.person.email) }),
    ...(random.chance(0.35) && { recurrence: [rule(day)] }),
  };
}

export function title(day: Day): string {
  return `${CANARY} ${day.random.text(5)}`;
}

export function noise(day: Day): JsonObject {
  return day.random.pick<JsonObject>([
    { colorId: String(1 + day.random.int(11)) },
    { description: `${CANARY} ${day.random.text(4)}` },
    { transparency: day.random.pick(['transparent', 'opaque']) },
    { location: `${CANARY} room` },
  ]);
}

export function rule(day: Day): string {
  return day.random.pick([
    'RRULE:FREQ=DAILY;COUNT=10',
    'RRULE:FREQ=WEEKLY',
    'RRULE:FREQ=WEEKLY;COUNT=6',
    'RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=5',
    'RRULE:FREQ=MONTHLY;COUNT=4',
  ]);
}

/** Some time in the next two weeks, on the half hour; seldom in the past. */
export function startOf(day: Day): number {
  const nowMs = Math.floor(day.world.clock.nowMs() / HOUR_MS) * HOUR_MS;
  const aheadMs = day.random.int(14 * 48) * (HOUR_MS / 2);
  return day.random.chance(0.05) ? nowMs - DAY_MS : nowMs + aheadMs;
}

export function allDay(day: Day): JsonObject {
  const date = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const startMs = startOf(day);
  return { start: { date: date(startMs) }, end: { date: date(startMs + DAY_MS) } };
}

export function guests(day: Day): string[] {
  return day.players.map(({ person }) => person.email).filter(() => day.random.chance(0.5));
}
