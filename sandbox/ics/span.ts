/** From when to when an entry lasts: DTSTART, and DTEND or DURATION or what RFC 5545, 3.6.1, says where there is neither. */
import type { Component } from './component';
import { dayOf } from './day';
import { IcsError } from './ics-error';
import { addDuration, dayMoment, type Moment, type MomentReader, momentOf } from './moment';
import { type Property, propertyOf } from './property';

const DAY_MS = 86_400_000;

export function endOf(component: Component, start: Moment, reader: MomentReader): Moment {
  const given = propertyOf(component, 'DTEND');
  const duration = propertyOf(component, 'DURATION');
  if (given === undefined || given.raw.trim() === '') {
    if (duration !== undefined) return addDuration(start, duration, reader);
    return start.allDay ? dayMoment(start.ms + DAY_MS) : start;
  }
  const end = momentOf(given, reader);
  if (duration !== undefined) checkAlike(addDuration(start, duration, reader), end, duration, reader);
  if (start.allDay && !end.allDay) return dayAfter(end, start, given, reader);
  if (end.allDay !== start.allDay) {
    const advice = 'Make both a date, or both a time.';
    throw new IcsError(given.line, 'DTEND and DTSTART are not of one kind.', advice);
  }
  if (end.ms < start.ms) throw endsTooEarly(given);
  // Some exporters end a day on itself.
  return end.allDay && end.ms === start.ms ? dayMoment(start.ms + DAY_MS) : end;
}

/** Outlook has written whole days whose end is a time, in UTC or in a zone: the last of them is the one it falls on. */
function dayAfter(
  end: Extract<Moment, { allDay: false }>,
  start: Moment,
  given: Property,
  { book, warnings }: MomentReader,
): Moment {
  warnings.add('whole days had a time for an end, and last through the day of it', given.line);
  const { dayMs, timeMs } = dayOf(end, book, warnings, given.line);
  if (dayMs < start.ms - DAY_MS) throw endsTooEarly(given);
  return dayMoment(Math.max(start.ms + DAY_MS, timeMs === 0 ? dayMs : dayMs + DAY_MS));
}

function checkAlike(byDuration: Moment, end: Moment, { line }: Property, { warnings }: MomentReader): void {
  if (byDuration.ms !== end.ms) warnings.add('entries had an end and another DURATION; the end was taken', line);
}

function endsTooEarly({ line }: Property): IcsError {
  return new IcsError(line, 'DTEND is before DTSTART.', 'Mend one of them.');
}
