/**
 * What the conferences ought to be, read from the calendars alone: through Calendar's own API, by the people whose events
 * they are. Knows no add-on; knows only what an event that carries a conference means.
 */
import ICAL from 'ical.js';
import { DateTime } from 'luxon';
import type { ConferenceRecord, Moment } from '../conference/conference';
import type { JsonObject } from '../world/json';
import { walkRule } from '../world/rule-walk';
import type { Day, EventTime, OracleEvent } from './day';
import { leftOutMs, withoutLeftOut } from './left-out-lines';

/** Every row of every calendar that anybody in the day owns, on its own calendar. */
export function allRows(day: Day): OracleEvent[] {
  const rows: OracleEvent[] = [];
  const seen = new Set<string>();
  for (const { person, calendars } of day.players) {
    for (const calendarId of calendars) {
      if (seen.has(calendarId)) continue;
      seen.add(calendarId);
      rows.push(...rowsOf(day, person.email, calendarId));
    }
  }
  return rows;
}

/** To the last page: Calendar may send fewer rows than asked for, or none, with more to come. */
export function rowsOf(day: Day, viewer: string, calendarId: string): OracleEvent[] {
  const rows: OracleEvent[] = [];
  for (let pageToken: string | undefined, pages = 0; pages < 50; pages++) {
    const params = {
      calendarId,
      showDeleted: true,
      singleEvents: false,
      maxResults: 2500,
      ...(pageToken && { pageToken }),
    };
    const request = { method: 'events.list', params };
    const answer = day.world.faults.aside(() => day.world.calendar.handle(viewer, request, 'editor'));
    const body = answer.body as { items: JsonObject[]; nextPageToken?: string };
    for (const item of body.items as unknown as OracleEvent[]) rows.push({ ...item, calendarId });
    pageToken = body.nextPageToken;
    if (pageToken === undefined) return rows.map((row) => ({ ...row, isEmpty: isEmpty(day, row, rows, viewer) }));
  }
  throw new Error(`The list of ${calendarId} has no end.`);
}

/** Asked only of a series that can be: one of which occurrences were taken off, or that begins after its rule has ended. */
function isEmpty(day: Day, series: OracleEvent, rows: readonly OracleEvent[], viewer: string): boolean {
  if (series.status === 'cancelled' || series.recurrence === undefined) return false;
  const isThinned =
    withoutLeftOut(series.recurrence).length < series.recurrence.length ||
    rows.some((row) => row.recurringEventId === series.id && row.status === 'cancelled');
  const mayBe = isThinned || endsBeforeItBegins(series);
  return mayBe && day.world.faults.aside(() => occurrencesLeft(day, series, viewer)).length === 0;
}

/** As dates: who drags the first half of a series far, or makes it whole days, may put its start behind its UNTIL. */
function endsBeforeItBegins({ start, recurrence = [] }: OracleEvent): boolean {
  const first = (start.date ?? start.dateTime ?? '').slice(0, 10).replaceAll('-', '');
  return recurrence.some((line) => (/UNTIL=(\d{8})/.exec(line)?.[1] ?? '9') <= first);
}

/** The first of those that are not cancelled, as Calendar expands the series. */
export function occurrencesLeft(
  day: Day,
  { calendarId, id }: Pick<OracleEvent, 'calendarId' | 'id'>,
  viewer: string,
): OracleEvent[] {
  const left: OracleEvent[] = [];
  for (let pageToken: string | undefined, pages = 0; pages < 30 && left.length < 50; pages++) {
    const params = { calendarId, eventId: id, maxResults: 50, ...(pageToken && { pageToken }) };
    const { body } = day.world.calendar.handle(viewer, { method: 'events.instances', params }, 'editor');
    const page = body as { items?: JsonObject[]; nextPageToken?: string } | undefined;
    left.push(...((page?.items ?? []) as unknown as OracleEvent[]).filter(({ status }) => status !== 'cancelled'));
    pageToken = page?.nextPageToken;
    if (pageToken === undefined) break;
  }
  return left;
}

/** Is this the copy that counts, the organiser's? */
export function isOrganisers(row: OracleEvent): boolean {
  return row.organizer?.self === true;
}

export function conferenceIdOf(row: OracleEvent): string | undefined {
  const data = row.conferenceData;
  return data?.conferenceSolution?.key?.type === 'addOn' ? data.conferenceId : undefined;
}

/** Shows nothing of itself but its time. */
export function isHidden({ visibility }: OracleEvent): boolean {
  return visibility === 'private' || visibility === 'confidential';
}

/** Live events by the conference they refer to; an exception that shares its series' conference is not one of its own. */
export function references(rows: readonly OracleEvent[]): Map<string, OracleEvent[]> {
  const live = rows.filter((row) => row.status !== 'cancelled' && row.isEmpty !== true);
  const masters = new Map(live.map((row) => [`${row.calendarId}/${row.id}`, row]));
  const found = new Map<string, OracleEvent[]>();
  for (const row of live) {
    const id = conferenceIdOf(row);
    if (id === undefined || !isOrganisers(row)) continue;
    const master = masters.get(`${row.calendarId}/${row.recurringEventId}`);
    if (master !== undefined && conferenceIdOf(master) === id) continue;
    found.set(id, [...(found.get(id) ?? []), row]);
  }
  return found;
}

/**
 * What differs between a conference and an event that it should show; empty when nothing does.
 * @param recurrence the lines that it should have, if not all of them.
 */
export function differences(
  conference: ConferenceRecord,
  event: OracleEvent,
  recurrence: readonly string[] = event.recurrence ?? [],
): string[] {
  const found: string[] = [];
  if (!isHidden(event) && event.summary !== undefined && conference.title !== event.summary) found.push('title');
  if (!isSameTime(conference.start, event.start)) found.push('start');
  if (!isSameTime(conference.end, event.end)) found.push('end');
  if (JSON.stringify(conference.recurrence) !== JSON.stringify(recurrence)) found.push('recurrence');
  return found;
}

/** What differs between a conference's occurrences and the exceptions of the series it shows. */
export function occurrenceDifferences(
  conference: ConferenceRecord,
  series: OracleEvent,
  rows: readonly OracleEvent[],
  nowMs: number,
  zone: string,
): string[] {
  const found: string[] = [];
  const isAhead = (slot: string) => Date.parse(slot) >= nowMs && hasSlot(series, slot);
  const slots = new Set<string>();
  for (const row of rows) {
    if (row.recurringEventId !== series.id || row.calendarId !== series.calendarId) continue;
    const slot = slotOf(row.originalStartTime);
    if (slot === undefined || !isAhead(slot)) continue;
    slots.add(slot);
    const shown = conference.occurrences[slot];
    if (row.status === 'cancelled') {
      if (shown?.status !== 'cancelled') found.push(`occurrence ${slot} is not cancelled`);
    } else if (conferenceIdOf(row) === conference.id && !isShownAt(shown, row)) {
      found.push(`occurrence ${slot} is not where it was moved`);
    }
  }
  for (const slotMs of leftOutMs(series, series.start.timeZone ?? zone)) {
    const text = new Date(slotMs).toISOString();
    const slot = series.start.date === undefined ? text.replace('.000Z', 'Z') : dayIn(slotMs, zone);
    if (slots.has(slot) || !isAhead(slot)) continue;
    slots.add(slot);
    if (conference.occurrences[slot]?.status !== 'cancelled')
      found.push(`occurrence ${slot}, left out, is not cancelled`);
  }
  const stale = Object.keys(conference.occurrences).filter(
    (slot) => !slots.has(slot) && isAhead(slot) && !isAsRuled(conference, slot),
  );
  return [...found, ...stale.map((slot) => `occurrence ${slot} is not as the rule has it`)];
}

/** Nobody can take back at the conference server what was told of an occurrence; it can be told where the rule has it. */
function isAsRuled({ start, end, occurrences }: ConferenceRecord, slot: string): boolean {
  const shown = occurrences[slot];
  if (shown?.status !== 'moved' || start === null || end === null) return false;
  const [fromMs, toMs] = [momentMs(shown.start), momentMs(shown.end)];
  return fromMs === Date.parse(slot) && toMs - fromMs === momentMs(end) - momentMs(start);
}

function dayIn(ms: number, zone: string): string {
  return DateTime.fromMillis(ms, { zone }).toISODate() as string;
}

/** Does the rule (still) put an occurrence there? An exception that a changed rule left behind says nothing. */
export function hasSlot(series: OracleEvent, slot: string): boolean {
  const zone = series.start.timeZone ?? 'UTC';
  const wallTime = (time: EventTime) =>
    time.date ??
    DateTime.fromISO(time.dateTime ?? '', { zone })
      .setZone(zone)
      .toFormat("yyyy-MM-dd'T'HH:mm:ss");
  const wanted = wallTime(slot.includes('T') ? { dateTime: slot } : { date: slot });
  const start = ICAL.Time.fromString(wallTime(series.start), undefined as never);
  const localUntil = (until: ICAL.Time) =>
    until.zone === ICAL.Timezone.utcTimezone
      ? ICAL.Time.fromString(wallTime({ dateTime: until.toString() }), undefined as never)
      : until;
  for (const line of series.recurrence ?? []) {
    if (!line.startsWith('RRULE:')) continue;
    for (const at of walkRule(line.slice('RRULE:'.length), start, localUntil)) {
      const text = at.toString();
      if (text === wanted) return true;
      if (text > wanted) break;
    }
  }
  return false;
}

function isShownAt(shown: ConferenceRecord['occurrences'][string] | undefined, row: OracleEvent): boolean {
  if (shown === undefined) return momentMs(row.start) === momentMs(row.originalStartTime ?? {});
  return shown.status === 'moved' && isSameTime(shown.start, row.start) && isSameTime(shown.end, row.end);
}

function isSameTime(shown: Moment | null, time: EventTime): boolean {
  if (shown === null) return false;
  if ('date' in shown) return shown.date === time.date;
  if (time.dateTime === undefined) return false;
  const sameZone = time.timeZone === undefined || shown.timeZone === time.timeZone;
  return sameZone && momentMs(shown) === momentMs(time);
}

/** A whole day counts from its midnight in UTC. */
export function momentMs(time: EventTime): number {
  if (time.date !== undefined) return Date.parse(`${time.date}T00:00:00Z`);
  return DateTime.fromISO(time.dateTime ?? '', { zone: time.timeZone ?? 'UTC' }).toMillis();
}

function slotOf(time: EventTime | undefined): string | undefined {
  if (time?.date !== undefined) return time.date;
  return time?.dateTime === undefined
    ? undefined
    : new Date(Date.parse(time.dateTime)).toISOString().replace('.000Z', 'Z');
}
