/**
 * Zoom: it has a rule in its own terms, or the meeting without fixed time. What matters is where the occurrences are.
 *
 * Zoom passes over a start that has passed, so of what lies behind nothing is asked.
 */
import { DateTime } from 'luxon';
import { Refusals } from '../../vendors/refusals';
import type { ZoomMeeting } from '../../vendors/zoom/meeting';
import { ZoomServer } from '../../vendors/zoom/server';
import type { Conference, Day, OracleEvent } from '../day';
import { addsDates } from '../left-out-lines';
import { isHidden } from '../oracle';
import { instantMs, slotsAhead, zoneOf } from '../slots';
import { occurrencesDiffer } from './occurrences';
import { type InstallService, KEY } from './service';
import { differs, isTakenAsItIs } from './taken';

const HOST = 'api.zoom.us';
const MINUTE_MS = 60_000;
const LONGEST_MINUTES = 1_440;
const WITHOUT_FIXED_TIME = 3;
/** Months have no fewer days. */
const SURE_MONTH_DAYS = 28;

export const zoom: InstallService = ({ clock, records, random, internet }) => {
  const tokens = { [KEY]: 'meetings@example.com' };
  const refusals = new Refusals();
  const server = new ZoomServer({ clock, records, random: random.fork('zoom'), tokens, refusals });
  internet.add(HOST, server);
  return {
    host: HOST,
    refusals,
    repeatsCreates: false,
    conferences: () => zoomConferences(server),
    hostDoes: { moves: true, changes: (id, change) => server.hostChanges(id, change) },
  };
};

export function zoomConferences(server: ZoomServer): Conference[] {
  return server.meetings().map((meeting) => ({
    id: String(meeting.id),
    madeMs: meeting.createdMs,
    differences: (event, rows, day) => [
      ...(!isHidden(event) && differs('title', meeting.topic, event.summary, day) ? ['title'] : []),
      ...(!isHidden(event) && differs('description', meeting.agenda, event.description ?? '', day)
        ? ['description']
        : []),
      ...whenDiffers(meeting, event, rows, day),
    ],
  }));
}

function whenDiffers(meeting: ZoomMeeting, event: OracleEvent, rows: readonly OracleEvent[], day: Day): string[] {
  const zone = event.start.timeZone ?? zoneOf(day, event);
  if (event.recurrence === undefined) {
    const startMs = instantMs(event.start, zone);
    const minutes = lengthMinutes(event, instantMs(event.end, zone) - startMs);
    if (startMs <= day.world.clock.nowMs()) return [];
    const isRight = meeting.type === 2 && meeting.startMs === startMs && meeting.duration === minutes;
    return isRight ? [] : ['when it is'];
  }
  // It may have been told the series before it refused its zone.
  if (meeting.type === WITHOUT_FIXED_TIME && !isTakenAsItIs('zone', zone, day)) return [];
  if (!isForZoom(event, zone)) return meeting.type === WITHOUT_FIXED_TIME ? [] : ['a rule that Zoom cannot have'];
  const slots = slotsAhead(day, event, rows);
  if (slots.length === 0) return [];
  if (meeting.type === WITHOUT_FIXED_TIME) return ['no fixed time'];
  const kept = new Map(meeting.occurrences.map((one) => [Number(one.occurrence_id), one]));
  return occurrencesDiffer({
    conferenceId: String(meeting.id),
    slots,
    slotsKept: [...kept.keys()],
    as: ({ startMs, endMs }) => ({ startMs, endMs: startMs + lengthMinutes(event, endMs - startMs) * MINUTE_MS }),
    keptAt: (slotMs) => {
      const one = kept.get(slotMs);
      if (one === undefined) return undefined;
      if (one.status === 'deleted') return 'cancelled';
      const startMs = Date.parse(one.start_time);
      return { startMs, endMs: startMs + one.duration * MINUTE_MS };
    },
  });
}

/** The rules that people choose in the simulation; Zoom has them all but a day of the month that not every month has. */
function isForZoom({ recurrence = [], start }: OracleEvent, zone: string): boolean {
  if (addsDates({ recurrence })) return false;
  const rule = recurrence.find((line) => line.startsWith('RRULE:')) ?? '';
  const { day } = DateTime.fromMillis(instantMs(start, zone), { zone });
  return !/FREQ=MONTHLY/.test(rule) || day <= SURE_MONTH_DAYS;
}

/** A whole day lasts 24 hours, also where the clocks change. */
function lengthMinutes({ start }: OracleEvent, ms: number): number {
  if (start.date !== undefined) return LONGEST_MINUTES;
  return Math.min(LONGEST_MINUTES, Math.max(1, Math.ceil(ms / MINUTE_MS)));
}
