/**
 * "This and following": the series is cut and a new one begins, in two writes.
 *
 * Google's guide describes it for clients (/workspace/calendar/api/guides/recurringevents). Recorded of Calendar's own
 * interface (2025-03): the new series is `<base>_R<start>` and keeps the sequence, or with another time has an id that
 * tells nothing of the old one and a sequence one higher; `created` is the original's. Exceptions from the cut on are
 * reset, as the guide warns. Whether the conference is copied is the switch splitCopiesConference.
 */
import type { JsonObject } from '../world/json';
import type { SwitchSettings } from '../world/switches';
import { parseDay, parseTime, timestamp, type Zones } from '../world/zones';
import type { Access } from './access';
import { htmlLink } from './copies';
import { checkType, mergePatch } from './event-fields';
import type { RowDraft } from './event-store';
import type { EventWrites } from './event-writes';
import { halfId } from './instance-id';
import { refuse } from './refusal';
import { type EventRow, isSeries } from './row';
import { shortenCount, trimLine } from './rule-lines';

export class SeriesSplitter {
  constructor(
    private readonly writes: EventWrites,
    private readonly zones: Zones,
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
    const { startMs, endMs } = composed;
    const event =
      startMs === first.startMs && endMs === first.endMs ? composed.event : this.renewed(composed.event, access);
    const id = event.id as string;
    const draft: RowDraft = {
      ...{ calendarId: access.calendar.id, id, updatedMs: this.writes.deps.nowMs() },
      ...{ startMs, endMs, event },
    };
    const zone = (row.event.start as { timeZone?: string }).timeZone;
    const recurrence = lines.map((line) => trimLine(line, slot, zone, this.zones));
    this.writes.change(access, seriesId, { recurrence }, 'patch', EDITOR);
    return meetings.commit(store.row(access.calendar.id, id), draft);
  }

  /** With another time the new series has nothing of the old one's name. */
  private renewed(event: JsonObject, access: Access): JsonObject {
    const id = this.writes.newId();
    return {
      ...event,
      ...{ id, iCalUID: `${id}@google.com`, htmlLink: htmlLink(id, access.calendar.id) },
      sequence: (event.sequence as number) + 1,
    };
  }

  private newBase(access: Access, series: EventRow, first: EventRow, slot: number): JsonObject {
    const { recurringEventId: _s, originalStartTime: _o, etag: _e, ...event } = first.event;
    const id = halfId(series.id, slot, (first.event.start as JsonObject).date !== undefined);
    const now = timestamp(this.writes.deps.nowMs());
    const base: JsonObject = {
      ...event,
      id,
      etag: '',
      iCalUID: `${id}@google.com`,
      htmlLink: htmlLink(id, access.calendar.id),
      created: series.event.created!,
      updated: now,
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
