/**
 * RRULE, RDATE, EXDATE and EXRULE lines of a file as Calendar wants them: IANA zones, UNTIL of the kind that the start
 * is of, and in UTC.
 */

import { BadRecurrence, Recurrences } from '../calendar/recurrence';
import { ruleFault } from '../world/rule-form';
import { BadRule, walkRule } from '../world/rule-walk';
import { stampText } from '../world/zones';
import type { Component } from './component';
import { readDateText } from './date-text';
import { dayOf, timeOfDayMs } from './day';
import { icalTime } from './ical-time';
import { IcsError } from './ics-error';
import { dayMoment, likeStart, type Moment, type MomentReader, momentsOf, toStamp } from './moment';
import { type Property, propertiesOf } from './property';

const DAY_MS = 86_400_000;
const SEVERAL_A_DAY = /FREQ=(?:HOURLY|MINUTELY|SECONDLY)|BYHOUR|BYMINUTE|BYSECOND/;

/** The `recurrence` of an event; empty where it does not repeat. Throws IcsError. */
export function recurrenceOf(component: Component, start: Moment, reader: MomentReader): string[] {
  const rules = ['RRULE', 'EXRULE'].flatMap((name) =>
    propertiesOf(component, name).map((property) => `${name}:${ruleText(property, start, reader)}`),
  );
  const dates = ['RDATE', 'EXDATE'].flatMap((name) =>
    propertiesOf(component, name).flatMap((property) => dateLine(property, start, reader, rules)),
  );
  const lines = [...rules, ...dates];
  if (lines.some((line) => line.startsWith('R')) && !start.allDay && !start.zoneIsExact) {
    const problem = 'This series is in a time zone that is like no IANA zone.';
    throw new IcsError(component.line, problem, 'Write an IANA name such as Europe/Berlin as its TZID.');
  }
  warnOfDays(component, lines, start, reader);
  // What only excludes dates repeats nothing.
  return lines.some((line) => line.startsWith('R')) ? lines : [];
}

/**
 * What a file says of a series' days and Calendar does not show: where it begins, and dates to leave out that it has
 * not.
 */
function warnOfDays(
  component: Component,
  lines: readonly string[],
  start: Moment,
  { book, warnings }: MomentReader,
): void {
  const given = lines.filter((line) => line.startsWith('R'));
  if (given.length === 0) return;
  const zone = start.allDay ? 'UTC' : start.zone;
  const first = { localMs: start.ms + book.zones.offsetMs(zone, start.ms), allDay: start.allDay, zone };
  const recurrences = new Recurrences(book.zones);
  try {
    const series = recurrences.series(first, given);
    const endless = given.map((line) => line.replace(/;UNTIL=[^;]*/, ''));
    if (!series.has(start.ms) && !recurrences.series(first, endless).has(start.ms))
      warnings.add('series begin on a day that is none of their rule, which shows nothing', component.line);
    const [property] = propertiesOf(component, 'EXDATE');
    const left = lines.flatMap((line) =>
      line.startsWith('EXDATE') ? line.slice(line.indexOf(':') + 1).split(',') : [],
    );
    for (const date of left) {
      const read = readDateText(date);
      if (read !== undefined && !series.has(read.wallMs ?? read.dayMs))
        warnings.add('dates to leave out are none of their series', property?.line ?? component.line);
    }
  } catch (problem) {
    // Calendar will say so in its own words.
    if (!(problem instanceof BadRecurrence)) throw problem;
  }
}

/** Spaces between its parts, its own name before it, and what RFC 7529 adds for the calendar that all use, say nothing. */
function ruleText(property: Property, start: Moment, reader: MomentReader): string {
  const parts = property.raw
    .replace(/\s/g, '')
    .toUpperCase()
    .replace(new RegExp(`^${property.name}:`), '')
    .split(';')
    .filter((part) => part !== '' && part !== 'RSCALE=GREGORIAN' && part !== 'SKIP=OMIT');
  const rule = parts
    .map((part) => (part.startsWith('UNTIL=') ? `UNTIL=${untilText(part.slice(6), property, start, reader)}` : part))
    .join(';');
  const why = ruleProblem(rule, start, reader);
  if (why === undefined) return rule;
  throw new IcsError(property.line, `${JSON.stringify(property.raw)} ${why}.`, 'Mend it, or take the line out.');
}

/** A rule that never occurs would be an event that nothing shows. */
function ruleProblem(rule: string, start: Moment, { book }: MomentReader): string | undefined {
  const fault = ruleFault(rule);
  if (fault !== undefined) return `is no rule of repetition: it ${fault}`;
  const wallMs = start.allDay ? start.ms : start.ms + book.zones.offsetMs(start.zone, start.ms);
  try {
    const walk = walkRule(rule.replace(/(^|;)UNTIL=[^;]*/, ''), icalTime(wallMs));
    return walk.next().value === 'out-of-steps' ? 'comes to no occurrence' : undefined;
  } catch (problem) {
    if (!(problem instanceof BadRule)) throw problem;
    return `is no rule of repetition: it ${problem.message}`;
  }
}

function untilText(until: string, property: Property, start: Moment, { book, warnings }: MomentReader): string {
  const read = readDateText(until);
  if (read === undefined) {
    const problem = `The rule ends UNTIL ${JSON.stringify(until)}, which is no date.`;
    throw new IcsError(property.line, problem, 'Write it like UNTIL=20260630T235959Z.');
  }
  const { dayMs, wallMs, offsetMs } = read;
  const given: Moment | undefined =
    wallMs === undefined || offsetMs === undefined
      ? undefined
      : { allDay: false, ms: wallMs - offsetMs, zone: 'UTC', zoneIsExact: true };
  if (start.allDay) {
    const lastMs = given === undefined ? dayMs : dayOf(given, book, warnings, property.line).dayMs;
    if (lastMs < start.ms) warnAboutEnd(property, warnings);
    return stampText(lastMs).slice(0, 8);
  }
  // A date includes its whole day; a time without a zone is meant where the event is.
  const ms = given?.ms ?? book.zones.toMs(start.zone, wallMs ?? dayMs + DAY_MS - 1000);
  if (ms < start.ms) warnAboutEnd(property, warnings);
  return stampText(ms);
}

function warnAboutEnd({ line }: Property, warnings: MomentReader['warnings']): void {
  warnings.add('series end before they begin, so that no day shows them', line);
}

function dateLine(property: Property, start: Moment, reader: MomentReader, rules: readonly string[]): string[] {
  if (property.raw.trim() === '') return [];
  const moments = momentsOf(property, reader).map((given) => {
    const moment = property.name === 'EXDATE' ? wholeDay(given, start, rules, property, reader) : given;
    return likeStart(moment, start, reader, property.line);
  });
  return [`${property.name}${start.allDay ? ';VALUE=DATE' : ''}:${moments.map(toStamp).join(',')}`];
}

/** Some programs leave out the day of a timed occurrence by its local midnight, at which the series has none. */
function wholeDay(
  given: Moment,
  start: Moment,
  rules: readonly string[],
  { line }: Property,
  { book, warnings }: MomentReader,
): Moment {
  if (given.allDay || start.allDay || rules.some((rule) => SEVERAL_A_DAY.test(rule))) return given;
  const wallMs = (ms: number) => ms + book.zones.offsetMs(start.zone, ms);
  if (timeOfDayMs(wallMs(given.ms)) !== 0 || timeOfDayMs(wallMs(start.ms)) === 0) return given;
  warnings.add('occurrences were left out by the midnight of their day', line);
  return dayMoment(wallMs(given.ms));
}
