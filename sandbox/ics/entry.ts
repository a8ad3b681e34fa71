/** One VEVENT as the body of a Calendar v3 event, with what is needed to join it with its series. */
import { createHash } from 'node:crypto';
import type { JsonObject } from '../world/json';
import type { Component } from './component';
import { IcsError } from './ics-error';
import { type Moment, type MomentReader, momentOf, toEventTime } from './moment';
import { attendeesOf, organizerOf } from './people';
import { type Property, propertiesOf, propertyOf, required, textOf } from './property';
import { checkRepeated } from './repeated';
import { recurrenceOf } from './repetition';
import { endOf } from './span';

export interface Entry {
  line: number;
  uid: string;
  /** The slot of the series that this entry replaces. */
  recurrenceId?: Moment;
  sequence: number;
  /** DTSTAMP or LAST-MODIFIED as text: later sorts higher. */
  stamp: string;
  start: Moment;
  end: Moment;
  cancelled: boolean;
  /** Without iCalUID, sequence and status. */
  body: JsonObject;
}

const VISIBILITY: Record<string, string> = { PUBLIC: 'public', PRIVATE: 'private', CONFIDENTIAL: 'confidential' };

/**
 * @param cancelling whether the file's METHOD says that what it holds is cancelled.
 * Throws IcsError.
 */
export function readEntry(component: Component, reader: MomentReader, cancelling = false): Entry {
  if (component.fault !== undefined) throw component.fault;
  checkRepeated(component, reader.warnings);
  const recurrenceId = propertyOf(component, 'RECURRENCE-ID');
  const cancelled = cancelling || textOf(component, 'STATUS')?.trim().toUpperCase() === 'CANCELLED';
  // Of an occurrence that is cancelled nothing but its place in the series is needed.
  const placeOnly = cancelled ? recurrenceId : undefined;
  const start = momentOf(placeOnly ?? required(component, 'DTSTART'), reader);
  const end = placeOnly === undefined ? endOf(component, start, reader) : start;
  warnOfLosses(component, recurrenceId, reader);
  const sequence = Number(propertyOf(component, 'SEQUENCE')?.raw.trim() ?? 0);
  return {
    line: component.line,
    uid: uidOf(component, reader),
    ...(recurrenceId !== undefined && { recurrenceId: momentOf(recurrenceId, reader) }),
    sequence: Number.isSafeInteger(sequence) && sequence > 0 ? sequence : 0,
    stamp: propertyOf(component, 'LAST-MODIFIED')?.raw ?? propertyOf(component, 'DTSTAMP')?.raw ?? '',
    start,
    end,
    cancelled,
    body: placeOnly === undefined ? bodyOf(component, start, end, reader) : {},
  };
}

/** What an entry has and Calendar has no place for. */
function warnOfLosses(component: Component, recurrenceId: Property | undefined, { warnings }: MomentReader): void {
  if (recurrenceId?.parameter('range')?.toUpperCase() === 'THISANDFUTURE') {
    warnings.add('changes of "this and all following" were applied to one occurrence only', recurrenceId.line);
  }
  const [rule] = recurrenceId === undefined ? [] : propertiesOf(component, 'RRULE');
  if (rule !== undefined) warnings.add('changed occurrences had rules of their own, which were left out', rule.line);
  if (component.components.some(({ name }) => name === 'VALARM')) {
    warnings.add('entries came with reminders, which were left out', component.line);
  }
}

function bodyOf(component: Component, start: Moment, end: Moment, reader: MomentReader): JsonObject {
  const body: JsonObject = { start: toEventTime(start, reader), end: toEventTime(end, reader) };
  for (const [field, name] of [
    ['summary', 'SUMMARY'],
    ['description', 'DESCRIPTION'],
    ['location', 'LOCATION'],
  ] as const) {
    const text = textOf(component, name);
    if (text !== undefined) body[field] = text;
  }
  const mayRepeat = propertyOf(component, 'RECURRENCE-ID') === undefined;
  const recurrence = mayRepeat ? recurrenceOf(component, start, reader) : [];
  if (recurrence.length > 0) body.recurrence = recurrence;
  const word = (name: string) => textOf(component, name)?.trim().toUpperCase();
  if (word('STATUS') === 'TENTATIVE') body.status = 'tentative';
  if (word('TRANSP') === 'TRANSPARENT') body.transparency = 'transparent';
  const shown = word('CLASS');
  // RFC 5545, 3.8.1.3: a class that one does not know is a private one.
  if (shown !== undefined) body.visibility = VISIBILITY[shown] ?? 'private';
  const organizer = organizerOf(component);
  if (organizer !== undefined) body.organizer = organizer;
  const attendees = attendeesOf(component, reader.warnings);
  if (attendees.length > 0) body.attendees = attendees;
  return body;
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
