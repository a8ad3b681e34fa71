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
import { seriesFields } from './series';

export interface SaveDeps {
  calendar: CalendarService;
  occurrences: Occurrences;
}

/** Calendar's answer to the last write; a refused one leaves the draft as it is. */
export function saveDraft(deps: SaveDeps, draft: Draft, scope: Scope, sendUpdates: string): CalendarAnswer {
  const { user, calendarId, conference } = draft;
  const written =
    draft.opened === undefined ? insert(deps, draft, sendUpdates) : update(deps, draft, scope, sendUpdates);
  if (written.status >= 300 || (conference.state !== 'ready' && conference.state !== 'removed')) return written;
  const eventId = (written.body as JsonObject).id as string;
  return deps.calendar.setConference(user, calendarId, eventId, conference.state === 'ready' ? conference.data : null);
}

function insert({ calendar }: SaveDeps, draft: Draft, sendUpdates: string): CalendarAnswer {
  const params = { calendarId: draft.calendarId, sendUpdates };
  const body = { ...draft.fields, id: draft.eventId };
  return calendar.handle(draft.user, { method: 'events.insert', params, body }, 'editor');
}

function update({ calendar, occurrences }: SaveDeps, draft: Draft, scope: Scope, sendUpdates: string): CalendarAnswer {
  const { user, calendarId, fields } = draft;
  const target = occurrences.target(user, calendarId, draft.opened as JsonObject, scope);
  if (target.kind === 'rest') {
    return calendar.splitSeries(user, calendarId, target.master.id as string, target.from, fields);
  }
  const eventId = idOf(target);
  if (Object.keys(fields).length === 0) {
    return calendar.handle(user, { method: 'events.get', params: { calendarId, eventId } }, 'editor');
  }
  const body = target.kind === 'series' ? seriesFields(target.master, target.shown, fields) : fields;
  return calendar.handle(
    user,
    { method: 'events.patch', params: { calendarId, eventId, sendUpdates }, body },
    'editor',
  );
}

function idOf(target: Exclude<Target, { kind: 'rest' }>): string {
  return (target.kind === 'series' ? target.master.id : target.event.id) as string;
}
