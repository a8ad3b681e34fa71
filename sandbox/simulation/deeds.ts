/**
 * What people do in a simulated day. Each deed is what a person does in Calendar, or another program through its API.
 *
 * A deed that Calendar refuses is no deed: people try things that are not possible.
 */
import { EditorRefusal, type Scope } from '../editor/draft';
import type { NewEvent } from '../editor/person';
import type { JsonObject } from '../world/json';
import type { Day, KnownEvent, Player } from './cast';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Planted where the add-on reads: none of these words may turn up in a log line or in its store. */
export const CANARY = 'canary';

type Deed = (day: Day) => void;

const DEEDS: ReadonlyArray<readonly [weight: number, name: string, deed: Deed]> = [
  [7, 'creates an event with a conference', (day) => create(day, true)],
  [3, 'creates a plain event', (day) => create(day, false)],
  [2, 'leaves a draft with a conference open', leaveDraft],
  [2, 'saves a draft', saveDraft],
  [1, 'discards a draft', discardDraft],
  [7, 'renames', (day) => edit(day, { summary: title(day) })],
  [3, 'changes what no conference keeps', (day) => edit(day, noise(day))],
  [7, 'moves in time', moveInTime],
  [3, 'makes it repeat', (day) => edit(day, { recurrence: [rule(day)] })],
  [1, 'makes it an all-day event', (day) => edit(day, allDay(day))],
  [4, 'cancels one occurrence', (day) => withOccurrence(day, (owner, place) => owner.person.deletes(place, 'this'))],
  [4, 'moves one occurrence', moveOccurrence],
  [4, 'deletes', remove],
  [3, 'restores', restore],
  [
    2,
    'takes the conference off',
    (day) => withEvent(day, ({ person }, event) => void person.removesConference(event, scope(day))),
  ],
  [1, 'switches to Meet', (day) => withEvent(day, ({ person }, event) => void person.choosesMeet(event, scope(day)))],
  [3, 'chooses the conference', chooseConference],
  [2, 'duplicates', duplicate],
  [2, 'moves to another calendar', moveToCalendar],
  [6, 'answers', answer],
  [1, 'deletes the copy of a guest', deleteCopy],
  [2, 'changes the guests', (day) => edit(day, { attendees: guests(day).map((email) => ({ email })) })],
  [1, 'changes who may see it', (day) => edit(day, { visibility: day.random.pick(['private', 'default']) })],
  [3, 'edits through another program', editThroughApi],
];

/** Each deed as often as it weighs. */
const DRAWN = DEEDS.flatMap(([weight, name, deed]) => new Array<readonly [string, Deed]>(weight).fill([name, deed]));

/** Somebody does something. Returns what, or undefined when Calendar refused. */
export function doSomething(day: Day): string | undefined {
  const [name, deed] = day.random.pick(DRAWN);
  try {
    deed(day);
    return name;
  } catch (thrown) {
    if (thrown instanceof EditorRefusal) return undefined;
    throw thrown;
  }
}

function create(day: Day, isOurs: boolean): void {
  const owner = isOurs ? withAddOn(day) : day.random.pick(day.players);
  const event = newEvent(day, owner);
  if (isOurs) event.conference = day.solution;
  remember(day, owner, owner.person.createsEvent(event));
}

function leaveDraft(day: Day): void {
  const owner = withAddOn(day);
  day.drafts.push({ owner, draft: owner.person.drafts({ ...newEvent(day, owner), conference: day.solution }) });
}

function saveDraft(day: Day): void {
  const [taken] = day.drafts.splice(0, 1);
  if (taken === undefined) leaveDraft(day);
  else remember(day, taken.owner, taken.owner.person.saves(taken.draft));
}

function discardDraft(day: Day): void {
  const [taken] = day.drafts.splice(day.random.int(Math.max(1, day.drafts.length)), 1);
  taken?.owner.person.discards(taken.draft);
}

function edit(day: Day, fields: JsonObject): void {
  withEvent(day, ({ person }, event) => void person.edits(event, fields, scope(day)));
}

function moveInTime(day: Day): void {
  withEvent(day, ({ person }, event) => {
    const startMs = startOf(day);
    const [start, end] = [startMs, startMs + (1 + day.random.int(4)) * (HOUR_MS / 2)].map((ms) =>
      new Date(ms).toISOString(),
    );
    person.drags(event, start as string, end as string, scope(day));
  });
}

function moveOccurrence(day: Day): void {
  withOccurrence(day, ({ person }, place, startMs) => {
    const movedMs = startMs + (1 + day.random.int(20)) * (HOUR_MS / 2);
    const [start, end] = [movedMs, movedMs + HOUR_MS].map((ms) => new Date(ms).toISOString());
    person.drags(place, start as string, end as string, 'this');
  });
}

function remove(day: Day): void {
  withEvent(day, ({ person }, event) => {
    const which = scope(day);
    person.deletes(event, which);
    event.isDeleted = which !== 'following';
  });
}

function restore(day: Day): void {
  const gone = day.events.filter((event) => event.isDeleted);
  if (gone.length === 0) return;
  const event = day.random.pick(gone);
  event.owner.person.restores(event);
  event.isDeleted = false;
}

function chooseConference(day: Day): void {
  const owner = withAddOn(day);
  const event = pickEvent(day, (candidate) => candidate.owner === owner);
  if (event !== undefined) owner.person.choosesConference(event, day.solution, scope(day));
}

function duplicate(day: Day): void {
  withEvent(day, (owner, event) => remember(day, owner, owner.person.duplicates(event, { summary: title(day) })));
}

function moveToCalendar(day: Day): void {
  withEvent(day, (owner, event) => {
    const before = owner.person.sees(event).conferenceData as { conferenceId?: string } | undefined;
    const moved = owner.person.moves(event, day.random.pick(owner.calendars));
    const watched = day.world.script.triggers(owner.person.email).map(({ calendarId }) => calendarId);
    if (before?.conferenceId !== undefined && !watched.includes(moved.calendarId))
      day.outOfSight.add(before.conferenceId);
    day.movers.add(owner.person.email);
    Object.assign(event, { calendarId: moved.calendarId, eventId: moved.eventId });
  });
}

function answer(day: Day): void {
  const event = pickEvent(day);
  const guest = day.random.pick(day.players);
  if (event === undefined || guest === event.owner) return;
  guest.person.replies(event, day.random.pick(['accepted', 'declined', 'tentative'] as const), 'all');
}

function deleteCopy(day: Day): void {
  const event = pickEvent(day);
  const guest = day.random.pick(day.players);
  if (event === undefined || guest === event.owner || event.calendarId !== event.owner.person.email) return;
  guest.person.deletes(event, 'all');
}

/** Another program writes the title, knowing nothing of conferences. */
function editThroughApi(day: Day): void {
  const event = pickEvent(day);
  if (event === undefined) return;
  const params = { calendarId: event.calendarId, eventId: event.eventId };
  day.world.calendar.handle(event.owner.person.email, {
    method: 'events.patch',
    params,
    body: { summary: title(day) },
  });
}

function withEvent(day: Day, act: (owner: Player, event: KnownEvent) => void): void {
  const event = pickEvent(day);
  if (event !== undefined) act(event.owner, event);
}

function withOccurrence(day: Day, act: (owner: Player, place: KnownEvent, startMs: number) => void): void {
  withEvent(day, (owner, event) => {
    const params = { calendarId: event.calendarId, eventId: event.eventId, maxResults: 6 };
    const answer = day.world.calendar.handle(owner.person.email, { method: 'events.instances', params });
    const items = ((answer.body as { items?: JsonObject[] } | undefined)?.items ?? []) as JsonObject[];
    if (items.length === 0) return;
    const item = day.random.pick(items);
    const start = item.start as { dateTime?: string; date?: string };
    act(owner, { ...event, eventId: item.id as string }, Date.parse(start.dateTime ?? `${start.date}T00:00:00Z`));
  });
}

function pickEvent(day: Day, wanted: (event: KnownEvent) => boolean = () => true): KnownEvent | undefined {
  const found = day.events.filter((event) => !event.isDeleted && wanted(event));
  return found.length === 0 ? undefined : day.random.pick(found);
}

function remember(day: Day, owner: Player, { calendarId, eventId }: { calendarId: string; eventId: string }): void {
  day.events.push({ owner, calendarId, eventId, isDeleted: false });
}

function withAddOn(day: Day): Player {
  return day.random.pick(day.players.filter((player) => player.hasAddOn));
}

function newEvent(day: Day, owner: Player): NewEvent {
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

function title(day: Day): string {
  return `${CANARY} ${day.random.text(5)}`;
}

function noise(day: Day): JsonObject {
  return day.random.pick<JsonObject>([
    { colorId: String(1 + day.random.int(11)) },
    { description: `${CANARY} ${day.random.text(4)}` },
    { transparency: day.random.pick(['transparent', 'opaque']) },
    { location: `${CANARY} room` },
  ]);
}

function rule(day: Day): string {
  return day.random.pick([
    'RRULE:FREQ=DAILY;COUNT=10',
    'RRULE:FREQ=WEEKLY',
    'RRULE:FREQ=WEEKLY;COUNT=6',
    'RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=5',
    'RRULE:FREQ=MONTHLY;COUNT=4',
  ]);
}

/** Some time in the next two weeks, on the half hour; seldom in the past. */
function startOf(day: Day): number {
  const nowMs = Math.floor(day.world.clock.nowMs() / HOUR_MS) * HOUR_MS;
  const aheadMs = day.random.int(14 * 48) * (HOUR_MS / 2);
  return day.random.chance(0.05) ? nowMs - DAY_MS : nowMs + aheadMs;
}

function allDay(day: Day): JsonObject {
  const date = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const startMs = startOf(day);
  return { start: { date: date(startMs) }, end: { date: date(startMs + DAY_MS) } };
}

function guests(day: Day): string[] {
  return day.players.map(({ person }) => person.email).filter(() => day.random.chance(0.5));
}

function scope(day: Day): Scope {
  return day.random.pick(['all', 'all', 'this', 'following'] as const);
}
