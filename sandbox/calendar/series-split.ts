/**
 * "This and following": the series is cut and a new one begins, in two writes.
 *
 * Google's guide describes it for clients (/workspace/calendar/api/guides/recurringevents); Calendar's own interface
 * gives the new series the id `<base>_R<start>`, seen in captured events. Exceptions from the cut on are reset, as the
 * guide warns. Whether the conference is copied is the switch splitCopiesConference.
 */
import type { JsonObject } from '../world/json';
import type { SwitchSettings } from '../world/switches';
import { dayText, parseDay, parseTime, stampText, timestamp } from '../world/zones';
import type { Access } from './access';
import { htmlLink } from './copies';
import { checkType, mergePatch } from './event-fields';
import type { RowDraft } from './event-store';
import type { EventWrites } from './event-writes';
import { refuse } from './refusal';
import { type EventRow, isSeries } from './row';

const DAY_MS = 86_400_000;

export class SeriesSplitter {
  constructor(
    private readonly writes: EventWrites,
    private readonly switches: SwitchSettings,
  ) {}

  /**
   * @param from original start of the first occurrence of the new series: RFC 3339, or a day.
   * @param changes a patch for the new series.
   */
  split(access: Access, seriesId: string, from: string, changes: JsonObject): EventRow {
    const { store, occurrences, meetings } = this.writes.deps;
    const row = this.writes.find(access, seriesId);
    if (row.gone !== undefined || !isSeries(row.event)) throw refuse.invalid('The event is not a recurring event.');
    const slot = this.slotOf(from);
    const series = occurrences.seriesOf(row);
    const last = series.lastBefore(slot);
    if (!series.has(slot)) throw refuse.invalid('The series has no occurrence at this time.');
    if (last === undefined) return this.writes.change(access, seriesId, changes, 'patch', EDITOR);
    const lines = row.event.recurrence as string[];
    const rules = lines.filter((line) => /^RRULE/i.test(line));
    const counted = occurrences.series(row.event.start as JsonObject, rules);
    const passed = counted.slots(Number.NEGATIVE_INFINITY, slot).length;
    const allDay = (row.event.start as JsonObject).date !== undefined;
    const first = occurrences.at(row, slot);
    const base = this.newBase(access, row, first, slot);
    const body = mergePatch(base, { ...changes, id: null }) as JsonObject;
    body.recurrence ??= lines.map((line) => shortenCount(line, passed));
    checkType('recurrence', body.recurrence, 'texts');
    const composed = this.writes.deps.composer.compose({ ...base }, undefined, {
      calendar: access.calendar,
      mode: 'update',
      body,
      ...EDITOR,
    });
    const id = base.id as string;
    const draft: RowDraft = {
      calendarId: access.calendar.id,
      id,
      updatedMs: this.writes.deps.nowMs(),
      startMs: composed.startMs,
      endMs: composed.endMs,
      event: composed.event,
    };
    this.writes.change(
      access,
      seriesId,
      { recurrence: lines.map((line) => trimLine(line, slot, allDay)) },
      'patch',
      EDITOR,
    );
    return meetings.commit(store.row(access.calendar.id, id), draft);
  }

  private newBase(access: Access, series: EventRow, first: EventRow, slot: number): JsonObject {
    const { recurringEventId: _s, originalStartTime: _o, etag: _e, ...event } = first.event;
    const id = splitId(series.id, slot, (first.event.start as JsonObject).date !== undefined);
    const now = timestamp(this.writes.deps.nowMs());
    const base: JsonObject = {
      ...event,
      id,
      etag: '',
      iCalUID: `${id}@google.com`,
      htmlLink: htmlLink(id, access.calendar.id),
      created: series.event.created!,
      updated: now,
      sequence: 0,
    };
    if (!this.switches.splitCopiesConference) {
      delete base.conferenceData;
      delete base.hangoutLink;
    }
    return base;
  }

  private slotOf(from: string): number {
    const dayMs = parseDay(from);
    const time = parseTime(from);
    const slot = dayMs ?? (time?.offsetMs === undefined ? undefined : time.localMs - time.offsetMs);
    if (slot === undefined) throw refuse.invalid('Invalid original start time.');
    return slot;
  }
}

const EDITOR = { conference: true, attachments: true, byEditor: true } as const;

/** `<base>_R<start in UTC>`; the base is the id without an earlier split's ending. */
function splitId(seriesId: string, slot: number, allDay: boolean): string {
  const base = seriesId.replace(/_R\d{8}(T\d{6})?$/, '');
  return `${base}_R${allDay ? dayText(slot).replaceAll('-', '') : stampText(slot).slice(0, -1)}`;
}

/** An RRULE that ends before the slot. Other lines stay: what they name later is cut off anyway. */
function trimLine(line: string, slot: number, allDay: boolean): string {
  if (!/^RRULE/i.test(line)) return line;
  const until = allDay ? dayText(slot - DAY_MS).replaceAll('-', '') : stampText(slot - 1000);
  return `${line.replace(/;(UNTIL|COUNT)=[^;]*/gi, '').replace(/(RRULE:)(UNTIL|COUNT)=[^;]*;?/i, '$1')};UNTIL=${until}`;
}

/** What is left of a COUNT after `passed` occurrences. */
function shortenCount(line: string, passed: number): string {
  return line.replace(/COUNT=(\d+)/i, (_all, count) => `COUNT=${Math.max(1, Number(count) - passed)}`);
}
