/**
 * When a series takes place: RRULE, RDATE, EXDATE and EXRULE lines turned into slots.
 *
 * A slot is the original start of an occurrence in milliseconds: the instant of a timed one, midnight UTC of the day
 * of an all-day one. Rules are walked in wall time, each step is placed in the series' zone (so 9:00 stays 9:00
 * over a clock change), and what was walked is kept for the next question. Like Google and unlike RFC 5545, a first
 * start that does not match the RRULE is no occurrence.
 */
import ICAL from 'ical.js';
import { BadRule, walkRule } from '../world/rule-walk';
import { parseDay, utcMs, type Zones } from '../world/zones';

/** A series that is asked beyond so many slots is cut: fifty years of days. */
const SLOTS_LIMIT = 20_000;
/** Walked series kept in memory. */
const SERIES_KEPT = 1_000;
const DAY_MS = 86_400_000;

/** Where a series starts. */
export interface SeriesStart {
  /** The first start as wall time in `zone`, as if it were UTC. */
  localMs: number;
  allDay: boolean;
  zone: string;
}

interface Line {
  name: string;
  zone?: string;
  value: string;
}

/** Thrown for lines Google would refuse. */
export class BadRecurrence extends Error {
  /**
   * @param line the line, or the part of it.
   * @param why the end of a sentence about it.
   */
  constructor(line: string, why: string) {
    super(`${line.length > LINE_SHOWN ? `${line.slice(0, LINE_SHOWN)}…` : line} ${why}.`);
  }
}

const LINE_SHOWN = 80;

export class Recurrences {
  private readonly kept = new Map<string, Series>();

  constructor(private readonly zones: Zones) {}

  /** The series of these lines. Throws BadRecurrence. */
  series(start: SeriesStart, lines: readonly string[]): Series {
    const key = `${start.localMs}|${start.allDay ? '' : start.zone}|${lines.join('\n')}`;
    let series = this.kept.get(key);
    if (series === undefined) {
      series = new Series(start, lines.map(readLine), this.zones);
      if (this.kept.size >= SERIES_KEPT) this.kept.clear();
      this.kept.set(key, series);
    }
    return series;
  }
}

export class Series {
  private readonly known: number[] = [];
  private readonly walkers: Walker[] = [];
  private readonly dates: number[] = [];
  private readonly excluded = new Set<number>();
  private readonly excluding: Series[] = [];
  private finished = false;

  constructor(start: SeriesStart, lines: Line[], zones: Zones) {
    for (const line of lines) {
      if (line.name === 'RRULE') this.walkers.push(new Walker(line.value, start, zones));
      else if (line.name === 'EXRULE') this.excluding.push(new Series(start, [{ ...line, name: 'RRULE' }], zones));
      else {
        const slots = readDates(line, start, zones);
        if (line.name === 'RDATE') this.dates.push(...slots);
        else for (const slot of slots) this.excluded.add(slot);
      }
    }
    if (this.walkers.length === 0) this.dates.push(firstSlot(start, zones));
    this.dates.sort((a, b) => a - b);
  }

  /** Slots in [fromMs, beforeMs), in order, at most `limit`. */
  slots(fromMs: number, beforeMs: number, limit = SLOTS_LIMIT): number[] {
    this.walkTo(beforeMs);
    const first = lowerBound(this.known, fromMs);
    const end = Math.min(lowerBound(this.known, beforeMs), first + limit);
    return this.known.slice(first, end);
  }

  has(slot: number): boolean {
    this.walkTo(slot + 1);
    return this.known[lowerBound(this.known, slot)] === slot;
  }

  /** The last slot before `beforeMs`, or undefined. */
  lastBefore(beforeMs: number): number | undefined {
    this.walkTo(beforeMs);
    return this.known[lowerBound(this.known, beforeMs) - 1];
  }

  /** Walks on until a slot at or after `beforeMs` is known, or there is no more. */
  private walkTo(beforeMs: number): void {
    while (!this.finished && (this.known.at(-1) ?? Number.NEGATIVE_INFINITY) < beforeMs) {
      const slot = this.take();
      if (slot === undefined || this.known.length >= SLOTS_LIMIT) this.finished = true;
      else if (slot !== this.known.at(-1) && !this.isExcluded(slot)) this.known.push(slot);
      else if (slot >= beforeMs) return;
    }
  }

  private take(): number | undefined {
    let best: number | undefined = this.dates[0];
    let from: Walker | undefined;
    for (const walker of this.walkers) {
      const head = walker.head;
      if (head !== undefined && (best === undefined || head < best)) {
        best = head;
        from = walker;
      }
    }
    if (from !== undefined) from.step();
    else this.dates.shift();
    return best;
  }

  private isExcluded(slot: number): boolean {
    return this.excluded.has(slot) || this.excluding.some((series) => series.has(slot));
  }
}

/** Walks one RRULE; `head` is the next slot. */
class Walker {
  head: number | undefined;
  private readonly walk: ReturnType<typeof walkRule>;

  constructor(
    rule: string,
    private readonly start: SeriesStart,
    private readonly zones: Zones,
  ) {
    this.walk = walkRule(rule, wallTime(start.localMs, start.allDay), (until) => this.localUntil(until));
    try {
      this.step();
    } catch (problem) {
      if (!(problem instanceof BadRule)) throw problem;
      throw new BadRecurrence(`RRULE:${rule}`, problem.message);
    }
  }

  /** A rule that has come to nothing for a long time is at its end: see walkRule. */
  step(): void {
    const { value: next, done } = this.walk.next();
    if (done) this.head = undefined;
    else this.head = this.start.allDay ? utcMs(next) : this.zones.toMs(this.start.zone, utcMs(next));
  }

  /** UNTIL is UTC, or a day (whose end is meant); the walk is in wall time. */
  private localUntil(until: ICAL.Time): ICAL.Time {
    const ms = utcMs(until);
    if (this.start.allDay) return wallTime(ms, true);
    if (until.isDate) return wallTime(ms + DAY_MS - 1000, false);
    const utc = until.zone === ICAL.Timezone.utcTimezone;
    return wallTime(utc ? ms + this.zones.offsetMs(this.start.zone, ms) : ms, false);
  }
}

function wallTime(localMs: number, isDate: boolean): ICAL.Time {
  const at = new Date(localMs);
  return ICAL.Time.fromData({
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: isDate ? 0 : at.getUTCHours(),
    minute: isDate ? 0 : at.getUTCMinutes(),
    second: isDate ? 0 : at.getUTCSeconds(),
    isDate,
  });
}

function firstSlot(start: SeriesStart, zones: Zones): number {
  return start.allDay ? start.localMs : zones.toMs(start.zone, start.localMs);
}

const LINE = /^(RRULE|EXRULE|RDATE|EXDATE)((?:;[^:]*)?):(.+)$/i;

function readLine(text: string): Line {
  const m = LINE.exec(text.trim());
  if (m === null) throw new BadRecurrence(text, 'is no RRULE, EXRULE, RDATE or EXDATE line');
  const zone = /;TZID=([^;]+)/i.exec(m[2] ?? '')?.[1];
  return { name: m[1]!.toUpperCase(), value: m[3]!, ...(zone !== undefined && { zone }) };
}

const DATE_VALUE = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/;

/** Slots of an RDATE or EXDATE line. A bare day on a timed series means that day's occurrence. */
function readDates(line: Line, start: SeriesStart, zones: Zones): number[] {
  return line.value.split(',').map((text) => {
    const m = DATE_VALUE.exec(text.trim());
    const dayMs = m === null ? undefined : parseDay(`${m[1]}-${m[2]}-${m[3]}`);
    if (m === null || dayMs === undefined) throw new BadRecurrence(`${line.name}:${text}`, 'names no date');
    if (start.allDay) return dayMs;
    if (m[4] === undefined) return zones.toMs(start.zone, dayMs + (((start.localMs % DAY_MS) + DAY_MS) % DAY_MS));
    if (+m[4] > 23 || +m[5]! > 59 || +m[6]! > 60) throw new BadRecurrence(`${line.name}:${text}`, 'names no time');
    const localMs = dayMs + (+m[4] * 3600 + +m[5]! * 60 + +m[6]!) * 1000;
    if (m[7] === 'Z') return localMs;
    const zone = line.zone ?? start.zone;
    if (!zones.isZone(zone)) throw new BadRecurrence(`${line.name};TZID=${zone}`, 'names no time zone');
    return zones.toMs(zone, localMs);
  });
}

/** Index of the first element not below `value`. */
export function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
