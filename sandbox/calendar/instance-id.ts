/**
 * Ids of occurrences and of the halves of a series.
 *
 * An occurrence's id is `<base>_<stamp>`, the stamp its original start in UTC (a day for all-day series); a half that
 * "this and following" began without another time is `<base>_R<start in UTC, no Z>`. The occurrences of a half have the
 * base's name, not the half's (30 of 30 recorded rows): only recurringEventId tells whose they are. None of it is
 * documented.
 */
import { dayText, parseDay, stampText } from '../world/zones';

const INSTANCE_ID = /^(.+)_(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z)?$/;
const HALF_ENDING = /_R\d{8}(T\d{6})?$/;

/** What an occurrence's id says, or undefined when it does not look like one. The slot is in milliseconds. */
export function readInstanceId(id: string): { base: string; slot: number; allDay: boolean } | undefined {
  const m = INSTANCE_ID.exec(id);
  if (m === null) return undefined;
  const dayMs = parseDay(`${m[2]}-${m[3]}-${m[4]}`);
  if (dayMs === undefined) return undefined;
  if (m[5] === undefined) return { base: m[1]!, slot: dayMs, allDay: true };
  return { base: m[1]!, slot: dayMs + (+m[5] * 3600 + +m[6]! * 60 + +m[7]!) * 1000, allDay: false };
}

export function instanceId(seriesId: string, slot: number, allDay: boolean): string {
  return `${baseOf(seriesId)}_${allDay ? dayText(slot).replaceAll('-', '') : stampText(slot)}`;
}

/** The id of the half that begins at a slot. */
export function halfId(seriesId: string, slot: number, allDay: boolean): string {
  return `${baseOf(seriesId)}_R${allDay ? dayText(slot).replaceAll('-', '') : stampText(slot).slice(0, -1)}`;
}

/** The id that a series and all its halves begin with. */
export function baseOf(seriesId: string): string {
  return seriesId.replace(HALF_ENDING, '');
}
