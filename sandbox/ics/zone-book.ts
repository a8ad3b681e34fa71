/**
 * Which IANA zone each TZID of a file means.
 *
 * In this order: the TZID is a name we know (zone-names.ts); its VTIMEZONE says X-LIC-LOCATION; its VTIMEZONE has the
 * same offsets, twice a month over two years, as the calendar's zone or another one people live in; the TZID is an
 * offset, and such a zone has it all year. If nothing fits, times are converted by the VTIMEZONE's own rules, which is
 * exact for one event but cannot carry a series.
 */
import ICAL from 'ical.js';
import { ruleFault } from '../world/rule-form';
import { utcMs, type Zones } from '../world/zones';
import type { Component } from './component';
import { icalTime } from './ical-time';
import { IcsError } from './ics-error';
import { propertyOf, textOf } from './property';
import { WINDOWS_ZONES } from './windows-zones';
import { fixedOffsetMs, zoneNamed } from './zone-names';

const SAMPLES_PER_YEAR = 24;
const YEARS_COMPARED = 2;

/** How to turn wall times of a TZID into instants. */
export interface BookedZone {
  /** IANA name, or undefined where the TZID is like no zone we know. */
  iana: string | undefined;
  /** @param wallMs wall time as if it were UTC. */
  toMs(wallMs: number): number;
}

export class ZoneBook {
  /** The zone in which whole days of the file begin: its calendars' X-WR-TIMEZONE, or that of the calendar it comes to. */
  readonly dayZone: string;
  private readonly known = new Map<string, BookedZone>();
  private readonly described = new Map<string, Component>();

  constructor(
    readonly zones: Zones,
    readonly calendarZone: string,
    calendars: readonly Component[],
  ) {
    for (const component of calendars.flatMap((calendar) => calendar.components)) {
      const tzid = component.name === 'VTIMEZONE' ? propertyOf(component, 'TZID')?.raw.trim() : undefined;
      if (tzid !== undefined && !this.described.has(tzid)) this.described.set(tzid, component);
    }
    const named = new Set(calendars.map((calendar) => propertyOf(calendar, 'X-WR-TIMEZONE')?.raw.trim() ?? ''));
    const [only = ''] = named.size === 1 ? named : [];
    this.dayZone = (only === '' ? undefined : zoneNamed(only, zones)) ?? calendarZone;
  }

  /**
   * @param usedAtMs a wall time at which the zone is used: offsets are compared around it.
   * Throws IcsError for a TZID that nothing explains.
   */
  find(tzid: string, usedAtMs: number, line: number): BookedZone {
    const known = this.known.get(tzid);
    if (known !== undefined) return known;
    const found = this.look(tzid, usedAtMs, line);
    this.known.set(tzid, found);
    return found;
  }

  iana(name: string): BookedZone {
    return { iana: name, toMs: (wallMs) => this.zones.toMs(name, wallMs) };
  }

  private look(tzid: string, usedAtMs: number, line: number): BookedZone {
    const component = this.described.get(tzid);
    const location = component && textOf(component, 'X-LIC-LOCATION');
    const named = zoneNamed(tzid, this.zones) ?? (location === undefined ? undefined : zoneNamed(location, this.zones));
    if (named !== undefined) return this.iana(named);
    if (component === undefined) {
      const fixedMs = fixedOffsetMs(tzid);
      if (fixedMs !== undefined) return this.alike(() => fixedMs, usedAtMs);
      const problem = `The time zone ${JSON.stringify(tzid)} is unknown, and the file has no VTIMEZONE for it.`;
      throw new IcsError(line, problem, 'Write an IANA name such as Europe/Berlin in its place.');
    }
    const timezone = timezoneOf(component, tzid);
    return this.alike((wallMs) => timezone.utcOffset(icalTime(wallMs)) * 1000, usedAtMs);
  }

  private alike(offsetMs: (wallMs: number) => number, usedAtMs: number): BookedZone {
    const year = new Date(usedAtMs).getUTCFullYear();
    const candidates = [this.calendarZone, 'Etc/UTC', ...WINDOWS_ZONES.values()];
    const alike = candidates.find((zone) => this.hasOffsets(zone, offsetMs, year));
    if (alike !== undefined) return this.iana(alike);
    return { iana: undefined, toMs: (wallMs) => wallMs - offsetMs(wallMs) };
  }

  private hasOffsets(zone: string, offsetMs: (wallMs: number) => number, year: number): boolean {
    for (let i = 0; i < SAMPLES_PER_YEAR * YEARS_COMPARED; i++) {
      const wallMs = utcMs({ year, month: Math.floor(i / 2) + 1, day: i % 2 === 0 ? 3 : 18, hour: 12 });
      const expectedMs = offsetMs(wallMs);
      if (this.zones.offsetMs(zone, wallMs - expectedMs) !== expectedMs) return false;
    }
    return true;
  }
}

/** Offsets that ical.js would read otherwise, hours of one digit or with a colon before their minutes, and spaces in rules. */
function mended({ name, text }: { name: string; text: string }): string {
  if (name === 'RRULE') return text.replace(/\s/g, '');
  if (!name.startsWith('TZOFFSET')) return text;
  const [, head, sign, hours = '', rest] = /^(.*:)\s*([+-]?)(\d{1,2}):?(\d\d(?:\d\d)?)\s*$/.exec(text) ?? [];
  return head === undefined ? text : `${head}${sign || '+'}${hours.padStart(2, '0')}${rest}`;
}

function timezoneOf(component: Component, tzid: string): ICAL.Timezone {
  const observances = component.components.filter(({ name }) => name === 'STANDARD' || name === 'DAYLIGHT');
  const fault = (line: number, problem: string) => new IcsError(line, problem, 'Write an IANA name as the TZID.');
  if (observances.length === 0) throw fault(component.line, `The VTIMEZONE ${JSON.stringify(tzid)} says nothing.`);
  for (const observance of observances) {
    for (const name of ['DTSTART', 'TZOFFSETFROM', 'TZOFFSETTO']) {
      const property = propertyOf(observance, name);
      if (property === undefined) throw fault(observance.line, `This ${observance.name} has no ${name}.`);
      if (
        name !== 'DTSTART' &&
        !/:[+-](?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?$/.test(mended({ name, text: `:${property.raw}` }))
      )
        throw fault(property.line, `${name} is no offset: ${JSON.stringify(property.raw)}.`);
    }
    // ical.js walks the rule from its first year on: anything but a yearly rule could take for ever.
    const rule = propertyOf(observance, 'RRULE');
    const text = rule?.raw.replace(/\s/g, '').toUpperCase() ?? '';
    if (rule !== undefined && !/(^|;)FREQ=YEARLY(;|$)/.test(text))
      throw fault(rule.line, 'A time zone must change by the year.');
    const why = rule && ruleFault(text.replace(/;+$/, ''));
    if (rule !== undefined && why !== undefined) throw fault(rule.line, `The rule of this time zone ${why}.`);
  }
  const lines = observances.flatMap(({ name, properties }) => [
    `BEGIN:${name}`,
    ...properties.map(mended),
    `END:${name}`,
  ]);
  try {
    const text = ['BEGIN:VTIMEZONE', `TZID:x`, ...lines, 'END:VTIMEZONE'].join('\r\n');
    const timezone = new ICAL.Timezone({ component: new ICAL.Component(ICAL.parse(text) as never), tzid: 'x' });
    timezone.utcOffset(icalTime(0));
    return timezone;
  } catch {
    throw fault(component.line, `The VTIMEZONE ${JSON.stringify(tzid)} cannot be read.`);
  }
}
