/**
 * What a change of one event means for the rest of its series, beyond what `Meetings` does on every calendar.
 *
 * "All events" in Calendar's interface gives a new title or text to every exception, its own notwithstanding, and to the
 * other halves of a series that was split before (recorded 2025-03; switch allEventsReach). One occurrence made private
 * makes the whole series private, and an occurrence of a private series stays so (Google, from 2026-07; switch
 * privacyIsSeriesWide).
 */
import type { JsonObject } from '../world/json';
import type { SwitchSettings } from '../world/switches';
import type { EventStore } from './event-store';
import { baseOf } from './instance-id';
import { hasLiveSeries, type Meetings } from './meetings';
import { type EventRow, isException, isSeries, sameJson } from './row';

/** What was seen to be overwritten. Of times, guests and the conference nothing is known. */
const OVERWRITTEN = ['summary', 'description', 'location'];
const HIDDEN = ['private', 'confidential'];

export class SeriesWide {
  constructor(
    private readonly store: EventStore,
    private readonly meetings: Meetings,
    private readonly switches: SwitchSettings,
  ) {}

  /** A person changed "all events" of the series `after`, which was `before`. */
  reach(before: EventRow, after: EventRow): void {
    if (!isSeries(after.event) || after.gone !== undefined || this.switches.allEventsReach === 'series') return;
    const names = OVERWRITTEN.filter((name) => !sameJson(before.event[name], after.event[name]));
    if (names.length === 0) return;
    for (const half of this.store.halves(after.calendarId, baseOf(after.id))) {
      if (half.gone !== undefined) continue;
      for (const row of [half, ...this.store.exceptions(half.calendarId, half.id)]) {
        if (row.gone === undefined && row.id !== after.id) this.overwrite(row, names, after.event);
      }
    }
  }

  /** What becomes of the visibility that somebody gave an occurrence. */
  visibilityOf(row: EventRow, event: JsonObject): JsonObject {
    const series = this.seriesOf(row);
    if (series === undefined || !isHidden(series.event)) return event;
    return { ...event, visibility: series.event.visibility! };
  }

  /** An occurrence was written: where it became private, its series does. */
  spreadPrivacy(row: EventRow): void {
    const series = this.seriesOf(row);
    if (series === undefined || !isHidden(row.event) || isHidden(series.event)) return;
    const { visibility } = row.event;
    for (const one of [series, ...this.store.exceptions(series.calendarId, series.id)]) {
      if (one.gone !== undefined || one.id === row.id) continue;
      this.meetings.commit(one, this.meetings.touched(one, { ...one.event, visibility: visibility! }));
    }
  }

  private overwrite(row: EventRow, names: string[], source: JsonObject): void {
    const event = { ...row.event };
    for (const name of names) {
      if (source[name] === undefined) delete event[name];
      else event[name] = source[name];
    }
    if (!sameJson(event, row.event)) this.meetings.commit(row, this.meetings.touched(row, event));
  }

  private seriesOf(row: EventRow): EventRow | undefined {
    if (!this.switches.privacyIsSeriesWide || !isException(row.event) || !hasLiveSeries(this.store, row))
      return undefined;
    return this.store.row(row.calendarId, row.event.recurringEventId as string);
  }
}

function isHidden({ visibility }: JsonObject): boolean {
  return HIDDEN.includes(visibility as string);
}
