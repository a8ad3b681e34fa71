/** One VEVENT as the body of a Calendar v3 event, with what is needed to join it with its series. */
import { createHash } from 'node:crypto';
import type { JsonObject } from '../world/json';
import type { Component } from './component';
import { IcsError } from './ics-error';
import { addDuration, type Moment, type MomentReader, momentOf, toEventTime } from './moment';
import { attendeesOf, organizerOf } from './people';
import { propertyOf, required, textOf } from './property';
import { recurrenceOf } from './repetition';

export interface Entry {
  line: number;
  uid: string;
  /** The slot of the series that this entry replaces. */
  recurrenceId?: Moment;
  sequence: number;
  /** DTSTAMP or LAST-MODIFIED as text: later sorts higher. */
  stamp: string;
  start: Moment;
  cancelled: boolean;
  /** Without iCalUID, sequence and status. */
  body: JsonObject;
}

const VISIBILITY: Record<string, string> = { PUBLIC: 'public', PRIVATE: 'private', CONFIDENTIAL: 'confidential' };

/** Throws IcsError. */
export function readEntry(component: Component, reader: MomentReader): Entry {
  const start = momentOf(required(component, 'DTSTART'), reader);
  const recurrenceId = propertyOf(component, 'RECURRENCE-ID');
  if (recurrenceId?.parameter('range')?.toUpperCase() === 'THISANDFUTURE') {
    reader.warnings.add('changes of "this and all following" were applied to one occurrence only', recurrenceId.line);
  }
  if (component.components.some(({ name }) => name === 'VALARM')) {
    reader.warnings.add('entries came with reminders, which were left out', component.line);
  }
  const sequence = Number(propertyOf(component, 'SEQUENCE')?.raw.trim() ?? 0);
  return {
    line: component.line,
    uid: uidOf(component, reader),
    ...(recurrenceId !== undefined && { recurrenceId: momentOf(recurrenceId, reader) }),
    sequence: Number.isSafeInteger(sequence) && sequence > 0 ? sequence : 0,
    stamp: propertyOf(component, 'LAST-MODIFIED')?.raw ?? propertyOf(component, 'DTSTAMP')?.raw ?? '',
    start,
    cancelled: textOf(component, 'STATUS')?.toUpperCase() === 'CANCELLED',
    body: bodyOf(component, start, recurrenceId === undefined, reader),
  };
}

function bodyOf(component: Component, start: Moment, mayRepeat: boolean, reader: MomentReader): JsonObject {
  const body: JsonObject = {
    start: toEventTime(start, reader),
    end: toEventTime(endOf(component, start, reader), reader),
  };
  for (const [field, name] of [
    ['summary', 'SUMMARY'],
    ['description', 'DESCRIPTION'],
    ['location', 'LOCATION'],
  ] as const) {
    const text = textOf(component, name);
    if (text !== undefined) body[field] = text;
  }
  const recurrence = mayRepeat ? recurrenceOf(component, start, reader) : [];
  if (recurrence.length > 0) body.recurrence = recurrence;
  if (textOf(component, 'STATUS')?.toUpperCase() === 'TENTATIVE') body.status = 'tentative';
  if (textOf(component, 'TRANSP')?.toUpperCase() === 'TRANSPARENT') body.transparency = 'transparent';
  const visibility = VISIBILITY[textOf(component, 'CLASS')?.toUpperCase() ?? ''];
  if (visibility !== undefined) body.visibility = visibility;
  const organizer = organizerOf(component);
  if (organizer !== undefined) body.organizer = organizer;
  const attendees = attendeesOf(component, reader.warnings);
  if (attendees.length > 0) body.attendees = attendees;
  return body;
}

/** DTEND, or DTSTART plus DURATION, or what RFC 5545 3.6.1 says where there is neither. */
function endOf(component: Component, start: Moment, reader: MomentReader): Moment {
  const given = propertyOf(component, 'DTEND');
  const duration = propertyOf(component, 'DURATION');
  const oneDay = (): Moment => {
    const ms = start.ms + 86_400_000;
    return { allDay: true, date: new Date(ms).toISOString().slice(0, 10), ms };
  };
  if (given === undefined) {
    if (duration !== undefined) return addDuration(start, duration, reader);
    return start.allDay ? oneDay() : start;
  }
  const end = momentOf(given, reader);
  if (end.allDay !== start.allDay) {
    const advice = 'Make both a date, or both a time.';
    throw new IcsError(given.line, 'DTEND and DTSTART are not of one kind.', advice);
  }
  if (end.ms < start.ms) throw new IcsError(given.line, 'DTEND is before DTSTART.', 'Mend one of them.');
  // Some exporters end a day on itself.
  return end.allDay && end.ms === start.ms ? oneDay() : end;
}

/** Old exports may lack a UID: then the content makes one, the same at every import. */
function uidOf(component: Component, { warnings }: MomentReader): string {
  const uid = textOf(component, 'UID')?.trim();
  if (uid) return uid;
  if (propertyOf(component, 'RECURRENCE-ID') !== undefined) {
    const problem = 'This changed occurrence has no UID, so its series cannot be found.';
    throw new IcsError(component.line, problem, 'Add the UID of its series, or take the entry out.');
  }
  warnings.add('entries without a UID were given one', component.line);
  const content = component.properties.filter(({ name }) => name !== 'DTSTAMP').map(({ text }) => text);
  return `${createHash('sha256').update(content.join('\n')).digest('hex').slice(0, 32)}@imported`;
}
