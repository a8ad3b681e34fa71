/**
 * What people do in a simulated day. Each deed is what a person does in Calendar, or another program through its API.
 *
 * A deed that Calendar refuses is no deed: people try things that are not possible.
 */
import { EditorRefusal, type Scope } from '../editor/draft';
import type { JsonObject } from '../world/json';
import { changeAtVendor } from './at-vendor';
import { ZONES } from './cast';
import {
  allDay,
  guests,
  HOUR_MS,
  invitedTo,
  newEvent,
  noise,
  pickEvent,
  remember,
  rule,
  startOf,
  title,
  withAddOn,
  withEvent,
  withOccurrence,
  withScope,
} from './choosing';
import type { Day } from './day';
import { addDate, cancelEach, leaveAllOut, leaveOut, takeDatesBack } from './left-out';
import { moveTo, noteFailedCreate } from './moving';
import { momentMs } from './oracle';
import { deleteAndBringBack, moveThereAndBack, takeChangeBack, takeOccurrenceBack } from './second-thoughts';
import { changeAccount } from './signing-in';

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
  [3, 'makes it repeat', (day) => edit(day, { recurrence: [rule(day)] }, ['all', 'following'])],
  [
    1,
    'makes it an all-day event',
    (day) => withEvent(day, ({ person }, at) => void person.edits(at, allDay(day), 'all')),
  ],
  [4, 'cancels one occurrence', (day) => withOccurrence(day, (owner, place) => owner.person.deletes(place, 'this'))],
  [4, 'moves one occurrence', moveOccurrence],
  [4, 'deletes', remove],
  [1, 'ends a series early', (day) => withOccurrence(day, (owner, place) => owner.person.deletes(place, 'following'))],
  [3, 'restores', restore],
  [
    2,
    'takes the conference off',
    (day) => withScope(day, ({ person }, at, scope) => person.removesConference(at, scope)),
  ],
  [1, 'switches to Meet', (day) => withScope(day, ({ person }, at, scope) => person.choosesMeet(at, scope))],
  [3, 'chooses the conference', chooseConference],
  [2, 'duplicates', duplicate],
  [2, 'moves to another calendar', moveToCalendar],
  [6, 'answers', answer],
  [3, 'answers one occurrence', answerOccurrence],
  [1, 'deletes the copy of a guest', deleteCopy],
  [2, 'changes the guests', (day) => edit(day, { attendees: guests(day).map((email) => ({ email })) })],
  [1, 'changes who may see it', (day) => edit(day, { visibility: day.random.pick(['private', 'default']) })],
  [3, 'edits through another program', editThroughApi],
  [2, 'leaves a date out through another program', leaveOut],
  [1, 'leaves all dates out through another program', leaveAllOut],
  [1, 'cancels every occurrence, one by one', cancelEach],
  [1, 'adds a date through another program', addDate],
  [2, 'takes such dates back', takeDatesBack],
  [5, 'takes a change back', takeChangeBack],
  [3, 'takes a change of one occurrence back', takeOccurrenceBack],
  [2, 'deletes and brings back', deleteAndBringBack],
  [1, 'moves to another calendar and back', moveThereAndBack],
  [1, 'gives a calendar another zone', changeZone],
];

const REPLIES = ['accepted', 'declined', 'tentative'] as const;

/** Each deed as often as it weighs. */
const drawnFrom = (deeds: typeof DEEDS) =>
  deeds.flatMap(([weight, name, deed]) => new Array<readonly [string, Deed]>(weight).fill([name, deed]));

const DRAWN = drawnFrom([...DEEDS, [2, 'changes a conference at the vendor', changeAtVendor]]);
/** Where people connect accounts of their own. */
const DRAWN_WITH_ACCOUNTS = drawnFrom([
  ...DEEDS,
  [2, 'changes a conference at the vendor', changeAtVendor],
  [5, 'signs in with another account', changeAccount],
]);

/** Somebody does something. Returns what, or undefined when Calendar refused. */
export function doSomething(day: Day): string | undefined {
  const [name, deed] = day.random.pick(day.service.people === undefined ? DRAWN : DRAWN_WITH_ACCOUNTS);
  try {
    deed(day);
    return name;
  } catch (thrown) {
    if (thrown instanceof EditorRefusal) return undefined;
    throw thrown;
  } finally {
    day.onPause();
  }
}

function create(day: Day, isOurs: boolean): void {
  const owner = isOurs ? withAddOn(day) : day.random.pick(day.players);
  const event = newEvent(day, owner);
  if (isOurs) event.conference = day.solution;
  const made = remember(day, owner, owner.person.createsEvent(event));
  if (isOurs) noteFailedCreate(day, made);
}

function leaveDraft(day: Day): void {
  const owner = withAddOn(day);
  day.drafts.push({ owner, draft: owner.person.drafts({ ...newEvent(day, owner), conference: day.solution }) });
}

function saveDraft(day: Day): void {
  const [taken] = day.drafts.splice(0, 1);
  if (taken === undefined) leaveDraft(day);
  else noteFailedCreate(day, remember(day, taken.owner, taken.owner.person.saves(taken.draft)), false);
}

function discardDraft(day: Day): void {
  const [taken] = day.drafts.splice(day.random.int(Math.max(1, day.drafts.length)), 1);
  taken?.owner.person.discards(taken.draft);
}

function edit(day: Day, fields: JsonObject, scopes?: readonly Scope[]): void {
  withScope(day, ({ person }, at, scope) => person.edits(at, fields, scope), scopes);
}

/** Who drags a series by one of its occurrences drags it some hours, or a day: not to where it is long over. */
function moveInTime(day: Day): void {
  withScope(day, ({ person }, at, scope) => {
    const { recurringEventId, start: was } = person.sees(at);
    const isDragged = recurringEventId !== undefined && scope !== 'this';
    const halfHours = day.random.int(4 * 24) - 2 * 24;
    const startMs = isDragged ? momentMs(was as never) + halfHours * (HOUR_MS / 2) : startOf(day);
    const [start, end] = [startMs, startMs + (1 + day.random.int(4)) * (HOUR_MS / 2)].map((ms) =>
      new Date(ms).toISOString(),
    );
    return person.drags(at, start as string, end as string, scope);
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
    person.deletes(event, 'all');
    event.isDeleted = true;
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
  withScope(day, (owner, at, scope) => {
    if (!owner.hasAddOn) return at;
    const written = owner.person.choosesConference(at, day.solution, scope);
    noteFailedCreate(day, { ...at, ...written, owner });
    return written;
  });
}

function duplicate(day: Day): void {
  withEvent(day, (owner, event) => remember(day, owner, owner.person.duplicates(event, { summary: title(day) })));
}

function moveToCalendar(day: Day): void {
  withEvent(day, (owner, event) => {
    moveTo(day, event, day.random.pick(owner.calendars));
  });
}

/** In the calendar's settings. No event changes by it, and whole days begin at another time. */
function changeZone(day: Day): void {
  const { person, calendars } = day.random.pick(day.players);
  const params = { calendarId: day.random.pick(calendars) };
  const body = { timeZone: day.random.pick(ZONES) };
  day.world.calendar.handle(person.email, { method: 'calendars.patch', params, body }, 'editor');
}

function answer(day: Day): void {
  const event = pickEvent(day, (candidate) => invitedTo(day, candidate).length > 0);
  if (event === undefined) return;
  const guest = day.random.pick(invitedTo(day, event));
  guest.person.replies(event, day.random.pick(REPLIES), 'all');
}

/** Where nobody is invited, somebody is, and answers at once. */
function answerOccurrence(day: Day): void {
  withOccurrence(day, (owner, place) => {
    if (invitedTo(day, place).length === 0) {
      const others = day.players.filter((player) => player !== owner);
      owner.person.edits(place, { attendees: [{ email: day.random.pick(others).person.email }] }, 'all');
    }
    const guests = invitedTo(day, place);
    if (guests.length > 0) day.random.pick(guests).person.replies(place, day.random.pick(REPLIES), 'this');
  });
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
