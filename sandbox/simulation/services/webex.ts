/**
 * Webex: it has rules as calendars do, and occurrences by their instant. A start that has passed is refused, so of what
 * lies behind nothing is asked.
 */
import ICAL from 'ical.js';
import { DateTime } from 'luxon';
import { Refusals } from '../../vendors/refusals';
import type { WebexMeeting } from '../../vendors/webex/meeting';
import { WebexServer } from '../../vendors/webex/server';
import { walkRule } from '../../world/rule-walk';
import { instantOfTextMs } from '../../world/zones';
import type { Conference, Day, OracleEvent } from '../day';
import { addsDates } from '../left-out-lines';
import { hasSlot, isHidden } from '../oracle';
import { instantMs, slotsAhead, zoneOf } from '../slots';
import { occurrencesDiffer } from './occurrences';
import { type InstallService, KEY } from './service';
import { differs, isTakenAsItIs } from './taken';

const HOST = 'webexapis.com';
const MINUTE_MS = 60_000;
const SHORTEST_MS = 10 * MINUTE_MS;
const LONGEST_MS = (24 * 60 - 1) * MINUTE_MS;
const MOST = 60;

export const webex: InstallService = ({ clock, records, random, internet }) => {
  const tokens = { [KEY]: 'meetings@example.com' };
  const refusals = new Refusals();
  const server = new WebexServer({ clock, records, random: random.fork('webex'), tokens, refusals });
  internet.add(HOST, server);
  return {
    host: HOST,
    refusals,
    repeatsCreates: false,
    conferences: () => webexConferences(server),
    hostDoes: { moves: true, changes: (id, change) => server.hostChanges(id, change) },
  };
};

export function webexConferences(server: WebexServer): Conference[] {
  return server.meetings().map((meeting) => ({
    id: meeting.id,
    madeMs: meeting.createdMs,
    differences: (event, rows, day) => [
      ...(!isHidden(event) && differs('title', meeting.title, event.summary, day) ? ['title'] : []),
      ...(!isHidden(event) && differs('description', meeting.agenda ?? '', event.description ?? '', day)
        ? ['description']
        : []),
      ...guestsDiffer(meeting, event, day),
      ...whenDiffers(meeting, event, rows, day),
    ],
  }));
}

/** Of a private event nobody is told, and nobody taken off; of guests whom Google never shows neither. */
function guestsDiffer({ invitees }: WebexMeeting, event: OracleEvent, day: Day): string[] {
  if (isHidden(event) || day.world.switches.guestsLeftOut === 'all') return [];
  const wanted = (event.attendees ?? []).map(({ email }) => email);
  const kept = invitees.map(({ email }) => email);
  return JSON.stringify([...wanted].sort()) === JSON.stringify([...kept].sort()) ? [] : ['guests'];
}

function whenDiffers(meeting: WebexMeeting, event: OracleEvent, rows: readonly OracleEvent[], day: Day): string[] {
  const zone = event.start.timeZone ?? zoneOf(day, event);
  const nowMs = day.world.clock.nowMs();
  if (event.recurrence === undefined) {
    const wanted = asWebex({ startMs: instantMs(event.start, zone), endMs: instantMs(event.end, zone) });
    wanted.endMs = Math.min(wanted.endMs, lastMinuteMs(event, zone));
    const isRight =
      meeting.recurrence === undefined && meeting.startMs === wanted.startMs && meeting.endMs === wanted.endMs;
    return isRight || wanted.startMs <= nowMs ? [] : ['when it is'];
  }
  // One meeting at the first date, or what it had when that has passed.
  if (!isTakenAsItIs('zone', zone, day)) return [];
  const slotsKept = slotsOf(meeting);
  const slotText = (ms: number) =>
    event.start.date === undefined
      ? new Date(ms).toISOString().replace('.000Z', 'Z')
      : (DateTime.fromMillis(ms, { zone }).toISODate() as string);
  const there = new Set(slotsKept);
  const lengthMs = meeting.endMs - meeting.startMs;
  return occurrencesDiffer({
    conferenceId: meeting.id,
    // Dates that are added to the rule Webex does not have.
    slots: slotsAhead(day, event, rows).filter(({ slotMs }) => !addsDates(event) || hasSlot(event, slotText(slotMs))),
    slotsKept,
    as: asWebex,
    keptAt: (slotMs) => {
      if (!there.has(slotMs)) return undefined;
      const exception = meeting.exceptions[new Date(slotMs).toISOString().replace('.000Z', 'Z')];
      return exception ?? { startMs: slotMs, endMs: slotMs + lengthMs };
    },
  });
}

/** Of a whole day the last minute that both its wall and its hours have room for. */
function lastMinuteMs({ start }: OracleEvent, zone: string): number {
  if (start.date === undefined) return Number.POSITIVE_INFINITY;
  const next = DateTime.fromISO(start.date, { zone: 'utc' }).plus({ days: 1 }).toISODate() as string;
  return instantMs({ date: next }, zone) - MINUTE_MS;
}

function asWebex({ startMs, endMs }: { startMs: number; endMs: number }) {
  return { startMs, endMs: startMs + Math.min(LONGEST_MS, Math.max(SHORTEST_MS, endMs - startMs)) };
}

/** When its rule has the first of its occurrences. */
function slotsOf({ startMs, timezone: zone, recurrence }: WebexMeeting): number[] {
  if (recurrence === undefined) return [];
  const wall = (ms: number) =>
    ICAL.Time.fromString(DateTime.fromMillis(ms, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss"), undefined as never);
  const slots: number[] = [];
  const localUntil = (until: ICAL.Time) =>
    until.zone === ICAL.Timezone.utcTimezone ? wall(DateTime.fromISO(until.toString()).toMillis()) : until;
  for (const at of walkRule(recurrence, wall(startMs), localUntil)) {
    slots.push(instantOfTextMs(at.toString(), zone));
    if (slots.length === MOST) break;
  }
  return slots;
}
