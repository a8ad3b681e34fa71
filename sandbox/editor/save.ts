/**
 * What saving an editor writes to Calendar: the fields that were typed, at the scope that was chosen, and the
 * conference if it was chosen or taken off.
 *
 * Guarantees: untouched fields are not sent, so a save does not undo what others wrote meanwhile; a save that changes
 * nothing writes nothing.
 */
import type { CalendarService } from '../calendar/service';
import type { CalendarAnswer } from '../calendar/types';
import type { JsonObject } from '../world/json';
import type { Draft, Scope } from './draft';
import type { Occurrences, Target } from './occurrences';
import { restFields, seriesFields } from './series';

export interface SaveDeps {
  calendar: CalendarService;
  occurrences: Occurrences;
}

/** Calendar's answer to the write; a refused one leaves the draft as it is. */
export function saveDraft(deps: SaveDeps, draft: Draft, scope: Scope, sendUpdates: string): CalendarAnswer {
  return draft.opened === undefined ? insert(deps, draft, sendUpdates) : update(deps, draft, scope, sendUpdates);
}

function insert({ calendar }: SaveDeps, draft: Draft, sendUpdates: string): CalendarAnswer {
  const params = { calendarId: draft.calendarId, sendUpdates, conferenceDataVersion: 1 };
  const body = { ...fieldsOf(draft), id: draft.eventId };
  return calendar.handle(draft.user, { method: 'events.insert', params, body }, 'editor');
}

function update(deps: SaveDeps, draft: Draft, scope: Scope, sendUpdates: string): CalendarAnswer {
  const { calendar, occurrences } = deps;
  const { user, calendarId } = draft;
  const fields = fieldsOf(draft);
  const target = occurrences.target(user, calendarId, draft.opened as JsonObject, scope);
  if (target.kind === 'rest') {
    return splitSeries(deps, draft, target, fields);
  }
  const eventId = idOf(target);
  if (Object.keys(fields).length === 0) {
    return calendar.handle(user, { method: 'events.get', params: { calendarId, eventId } }, 'editor');
  }
  const params = { calendarId, eventId, sendUpdates, conferenceDataVersion: 1 };
  const body = target.kind === 'series' ? seriesFields(target.master, target.shown, fields) : fields;
  return calendar.handle(user, { method: 'events.patch', params, body: wholeTimes(body) }, 'editor');
}

/** Begins a new series at the occurrence that was changed. */
export function splitSeries(
  { calendar, occurrences }: SaveDeps,
  { user, calendarId }: { user: string; calendarId: string },
  { master, shown, from }: Extract<Target, { kind: 'rest' }>,
  fields: JsonObject,
): CalendarAnswer {
  const masterId = master.id as string;
  const passed = () => occurrences.countBefore(user, calendarId, masterId, from);
  return calendar.splitSeries(user, calendarId, masterId, from, restFields(master, shown, fields, passed));
}

/** What was typed, and the conference if the person touched it: in one write, as Calendar saves. */
function fieldsOf({ fields, conference }: Draft): JsonObject {
  if (conference.state === 'ready') return { ...fields, conferenceData: conference.data };
  return conference.state === 'removed' ? { ...fields, conferenceData: null } : fields;
}

/** A patch merges: what turns into an all-day event must lose its time of day, and the other way round. */
function wholeTimes(fields: JsonObject): JsonObject {
  const body = { ...fields };
  for (const name of ['start', 'end']) {
    const time = body[name] as JsonObject | undefined;
    if (time?.date !== undefined) body[name] = { dateTime: null, timeZone: null, ...time };
    else if (time?.dateTime !== undefined) body[name] = { date: null, ...time };
  }
  return body;
}

function idOf(target: Exclude<Target, { kind: 'rest' }>): string {
  return (target.kind === 'series' ? target.master.id : target.event.id) as string;
}
