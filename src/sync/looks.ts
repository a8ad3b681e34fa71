/**
 * Looks: another look at one event, with all that it takes to judge it: occurrences that may keep the conference, the series
 * of one that is gone, and what this user's other calendars show of an event that left its own.
 *
 * Other calendars are asked only before a conference would be let go, and only those that are followed: first for the event's
 * id, which a move keeps as far as is known, then for its iCalUID, which is the same everywhere: if ids change, it may also
 * have come back to its own calendar. The first that tells ends the search. Each question to Google counts as a look of the pass.
 *
 * Google: https://developers.google.com/workspace/calendar/api/v3/reference/events/list (iCalUID, showDeleted)
 */
import type { Binding } from '../core/binding';
import { masterOf } from '../core/binding';
import type { DiffContext } from '../core/diff';
import type { AddOnError } from '../core/errors';
import { addOnError, isAddOnError } from '../core/errors';
import type { Ledger } from '../core/ledger';
import { leftOutRows } from '../core/left-out';
import { asDeleted, wantsToKnowWhatIsLeft } from '../core/plan-row';
import type { Row } from '../core/row';
import { isOccurrence } from '../core/row';
import { wantsOccurrences } from '../core/settle';
import type { Look, Sighting } from '../core/whereabouts';
import { iCalUidOf, isSameEvent, wantsSeries, wantsSightings } from '../core/whereabouts';
import type { CalendarPort } from '../ports/calendar';

/** Twice as many questions, and those about the event itself, fit into the looks of one pass. */
const MAX_PLACES = 25;

/** From where a pass looks. */
export interface Viewpoint {
  calendar: CalendarPort;
  ledger: Ledger;
  /** Questions that this pass may still ask: each takes some 200 ms. */
  looksLeft: number;
  /** All calendars that can be read. */
  places: readonly DiffContext[];
}

/** An error when something it takes could not be read: not known is not absent. `budget-spent`: no looks are left. */
export function lookAgain(binding: Binding, home: DiffContext, from: Viewpoint): Look | AddOnError {
  const row = leftOutIn(binding, home, from) ?? ask(from, (calendar) => calendar.get(home.calendarId, binding.eventId));
  if (isAddOnError(row)) return row;
  if (row !== undefined && wantsToKnowWhatIsLeft(binding, row, home.nowMs)) {
    const isAnyLeft = ask(from, (calendar) => calendar.hasOccurrences(home.calendarId, row.id));
    if (isAddOnError(isAnyLeft)) return isAnyLeft;
    if (isAnyLeft === false) return { kind: 'row', row: asDeleted(row) };
  }
  const shown = row && withOccurrences(binding, row, home.calendarId, from);
  if (isAddOnError(shown)) return shown;
  const look: Look = shown === undefined ? { kind: 'absent' } : { kind: 'row', ...shown };
  const seriesId = wantsSeries(binding, look);
  const series = seriesId && ask(from, (calendar) => calendar.get(home.calendarId, seriesId));
  if (isAddOnError(series)) return series;
  return withSightings(binding, series ? { ...look, series } : look, home, from);
}

/** Of a date that a series leaves out only the series tells. */
function leftOutIn(binding: Binding, home: DiffContext, from: Viewpoint): Row | AddOnError | undefined {
  const { leftOut, series: seriesId } = binding;
  if (leftOut === undefined || seriesId === undefined) return undefined;
  const series = ask(from, (calendar) => calendar.get(home.calendarId, seriesId));
  if (series === undefined || isAddOnError(series)) return series;
  return leftOutRows(series, home.calendarZone, home.nowMs).find(({ id }) => id === binding.eventId);
}

function withSightings(binding: Binding, look: Look, home: DiffContext, from: Viewpoint): Look | AddOnError {
  const elsewhere: Sighting[] = [];
  const others = from.places.filter(({ calendar }) => calendar !== home.calendar).slice(0, MAX_PLACES);
  // An occurrence that is gone shows no organiser. Its series does, which comes with the iCalUID.
  const byIds = masterOf(binding) === undefined ? [{ way: byId, places: others }] : [];
  for (const { way, places } of [...byIds, { way: byName, places: [...others, home] }]) {
    for (const { calendar, calendarId } of places) {
      if (!wantsSightings(binding, { ...look, elsewhere }, home.calendarId, from.ledger)) return { ...look, elsewhere };
      const shown = way(binding, look, { calendarId, isHome: calendar === home.calendar }, from);
      if (isAddOnError(shown)) return shown;
      if (shown !== undefined) elsewhere.push({ calendar, calendarId, ...shown });
    }
  }
  return { ...look, elsewhere };
}

type Shown = Omit<Sighting, 'calendar' | 'calendarId'>;

interface Place {
  calendarId: string;
  isHome: boolean;
}

function byId(binding: Binding, _look: Look, { calendarId }: Place, from: Viewpoint): Shown | AddOnError | undefined {
  const row = ask(from, (calendar) => calendar.get(calendarId, binding.eventId));
  return row === undefined || isAddOnError(row) ? row : withOccurrences(binding, row, calendarId, from);
}

function byName(
  binding: Binding,
  look: Look,
  { calendarId, isHome }: Place,
  from: Viewpoint,
): Shown | AddOnError | undefined {
  const name = iCalUidOf(binding, look.kind === 'row' ? look.row : undefined);
  const rows = ask(from, (calendar) => calendar.named(calendarId, name));
  if (rows === undefined || isAddOnError(rows)) return rows;
  const row = rows.find((one) => isSameEvent(one, binding, isHome));
  const series = rows.find((one) => !isOccurrence(one) && one.recurrence !== undefined);
  const shown = row && withOccurrences(binding, row, calendarId, from);
  return shown === undefined || isAddOnError(shown) || series === undefined ? shown : { ...shown, series };
}

function withOccurrences(
  binding: Binding,
  row: Row,
  calendarId: string,
  from: Viewpoint,
): { row: Row; occurrences?: readonly Row[] } | AddOnError {
  if (!wantsOccurrences(binding, row)) return { row };
  const occurrences = ask(from, (calendar) => calendar.occurrences(calendarId, row.id)) ?? [];
  return isAddOnError(occurrences) ? occurrences : { row, occurrences };
}

/** Undefined: Google has no such thing. */
function ask<T>(from: Viewpoint, question: (calendar: CalendarPort) => T | AddOnError): T | AddOnError | undefined {
  if (from.looksLeft <= 0) return addOnError('budget-spent', 'retry-later', 'This pass has no more looks.');
  from.looksLeft--;
  const answer = question(from.calendar);
  return isAddOnError(answer) && answer.code === 'event-absent' ? undefined : answer;
}
