/**
 * RRULE, RDATE, EXDATE and EXRULE lines of a file as Calendar wants them: IANA zones, UNTIL of the kind that the start
 * is of, and in UTC.
 */

import { BadRule, walkRule } from '../world/rule-walk';
import { stampText } from '../world/zones';
import type { Component } from './component';
import { readDateText } from './date-text';
import { dayOf } from './day';
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

/**
 * A rule that comes to no second occurrence without saying so is refused here: whoever walks it later may walk for
 * ever.
 */
function ruleProblem(rule: string, start: Moment, { book }: MomentReader): string | undefined {
  const wallMs = start.allDay ? start.ms : start.ms + book.zones.offsetMs(start.zone, start.ms);
  try {
    const walk = walkRule(rule.replace(/(^|;)UNTIL=[^;]*/, ''), icalTime(wallMs));
    walk.next();
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

function dateLine(property: Property, start: Moment, reader: MomentReader): string[] {
  if (property.raw.trim() === '') return [];
  const moments = momentsOf(property, reader).map((moment) => likeStart(moment, start, reader, property.line));
  return [`${property.name}${start.allDay ? ';VALUE=DATE' : ''}:${moments.map(toStamp).join(',')}`];
}
