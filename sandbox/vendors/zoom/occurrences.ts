/** Lists the occurrences of a recurring meeting, as Zoom does: the first sixty at most, in the meeting's zone. */
import ICAL from 'ical.js';
import { DateTime } from 'luxon';
import { walkRule } from '../../world/rule-walk';
import { utcMs, Zones } from '../../world/zones';
import { OCCURRENCES } from './limits';
import { utc, type ZoomOccurrence, type ZoomRecurrence } from './meeting';

const zones = new Zones();
const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const FREQUENCIES: Readonly<Record<number, string>> = { 1: 'DAILY', 2: 'WEEKLY', 3: 'MONTHLY' };

export function occurrencesOf(
  recurrence: ZoomRecurrence,
  startMs: number,
  duration: number,
  zone: string,
): ZoomOccurrence[] {
  const first = DateTime.fromMillis(startMs, { zone });
  const { year, month, day, hour, minute, second } = first;
  const wall = new ICAL.Time({ year, month, day, hour, minute, second, isDate: false }, ICAL.Timezone.localTimezone);
  const most = Math.min(recurrence.end_times || OCCURRENCES, OCCURRENCES);
  const untilMs = Date.parse(recurrence.end_date_time ?? '9999-12-31T00:00:00Z');
  const listed: ZoomOccurrence[] = [];
  for (const next of walkRule(ruleOf(recurrence, first), wall)) {
    const atMs = zones.toMs(zone, utcMs(next));
    if (listed.length === most || atMs > untilMs) break;
    listed.push({ occurrence_id: String(atMs), start_time: utc(atMs), duration, status: 'available' });
  }
  return listed;
}

function ruleOf(recurrence: ZoomRecurrence, first: DateTime): string {
  const { type, repeat_interval, weekly_days, monthly_day, monthly_week, monthly_week_day } = recurrence;
  const parts = [`FREQ=${FREQUENCIES[type]}`, `INTERVAL=${repeat_interval ?? 1}`, 'WKST=SU'];
  if (type === 2) parts.push(`BYDAY=${(weekly_days as string).split(',').map((day) => DAYS[Number(day) - 1])}`);
  if (type === 3 && monthly_week !== undefined) parts.push(`BYDAY=${monthly_week}${DAYS[(monthly_week_day ?? 1) - 1]}`);
  else if (type === 3) parts.push(`BYMONTHDAY=${monthly_day ?? first.day}`);
  return parts.join(';');
}
