/**
 * RRULE, RDATE, EXDATE and EXRULE lines of a file as Calendar wants them: IANA zones, UNTIL of the kind that the start
 * is of, and in UTC.
 */

import { BadRule, walkRule } from '../world/rule-walk';
import { parseDay, parseTime, stampText } from '../world/zones';
import type { Component } from './component';
import { icalTime } from './ical-time';
import { IcsError } from './ics-error';
import { likeStart, type Moment, type MomentReader, momentsOf, toStamp } from './moment';
import { type Property, propertiesOf } from './property';

const DAY_MS = 86_400_000;

/** The `recurrence` of an event; empty where it does not repeat. Throws IcsError. */
export function recurrenceOf(component: Component, start: Moment, reader: MomentReader): string[] {
  const rules = ['RRULE', 'EXRULE'].flatMap((name) =>
    propertiesOf(component, name).map((property) => `${name}:${ruleText(property, start, reader)}`),
  );
  const dates = ['RDATE', 'EXDATE'].flatMap((name) =>
    propertiesOf(component, name).flatMap((property) => dateLine(property, start, reader)),
  );
  const lines = [...rules, ...dates];
  if (lines.some((line) => line.startsWith('R')) && !start.allDay && !start.zoneIsExact) {
    const problem = 'This series is in a time zone that is like no IANA zone.';
    throw new IcsError(component.line, problem, 'Write an IANA name such as Europe/Berlin as its TZID.');
  }
  // What only excludes dates repeats nothing.
  return lines.some((line) => line.startsWith('R')) ? lines : [];
}

function ruleText(property: Property, start: Moment, reader: MomentReader): string {
  const parts = property.raw
    .trim()
    .toUpperCase()
    .split(';')
    .filter((part) => part !== '');
  const rule = parts
    .map((part) => (part.startsWith('UNTIL=') ? `UNTIL=${untilText(part.slice(6), property, start, reader)}` : part))
    .join(';');
  const why = ruleProblem(rule, start, reader);
  if (why === undefined) return rule;
  throw new IcsError(property.line, `${JSON.stringify(property.raw)} ${why}.`, 'Mend it, or take the line out.');
}

/**
 * A rule that comes to no second occurrence without saying so is refused here: whoever walks it later may walk for
 * ever. (ical.js takes the start for the first, whether it matches or not.)
 */
function ruleProblem(rule: string, start: Moment, { book }: MomentReader): string | undefined {
  const wallMs = start.allDay ? start.ms : start.ms + book.zones.offsetMs(start.zone, start.ms);
  try {
    const walk = walkRule(rule.replace(/(^|;)UNTIL=[^;]*/, ''), icalTime(wallMs));
    walk.next();
    return walk.next().value === 'out-of-steps' ? 'comes to no occurrence' : undefined;
  } catch (problem) {
    if (!(problem instanceof BadRule)) throw problem;
    return 'is no rule of repetition';
  }
}

function untilText(until: string, property: Property, start: Moment, { book }: MomentReader): string {
  const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(until);
  const [, year, month, day, hour, minute, second, utc] = match ?? [];
  const date = `${year}-${month}-${day}`;
  const dayMs = parseDay(date);
  const wallMs = hour === undefined ? dayMs : parseTime(`${date}T${hour}:${minute}:${second}`)?.localMs;
  if (dayMs === undefined || wallMs === undefined) {
    const problem = `The rule ends UNTIL ${JSON.stringify(until)}, which is no date.`;
    throw new IcsError(property.line, problem, 'Write it like UNTIL=20260630T235959Z.');
  }
  if (start.allDay) return date.replaceAll('-', '');
  if (utc === 'Z') return stampText(wallMs);
  // A date includes its whole day; a time without a zone is meant where the event is.
  return stampText(book.zones.toMs(start.zone, hour === undefined ? wallMs + DAY_MS - 1000 : wallMs));
}

function dateLine(property: Property, start: Moment, reader: MomentReader): string[] {
  if (property.raw.trim() === '') return [];
  const moments = momentsOf(property, reader).map((moment) => likeStart(moment, start, reader));
  return [`${property.name}${start.allDay ? ';VALUE=DATE' : ''}:${moments.map(toStamp).join(',')}`];
}
