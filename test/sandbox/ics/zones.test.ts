import { parseIcs } from '../../../sandbox/ics/parse';
import { WINDOWS_ZONES } from '../../../sandbox/ics/windows-zones';
import type { JsonObject } from '../../../sandbox/world/json';
import { Zones } from '../../../sandbox/world/zones';
import { BERLIN, calendarOf, entry } from './written';

/** A VTIMEZONE as Outlook writes it: offsets and the Sunday of the month on which each begins. */
function described(
  tzid: string,
  standard: string,
  daylight: string,
  changes = ['10;BYDAY=-1SU', '3;BYDAY=-1SU'],
): string[] {
  const part = (name: string, from: string, to: string, months?: string) => [
    `BEGIN:${name}`,
    'DTSTART:16010101T020000',
    ...(months === undefined ? [] : [`RRULE:FREQ=YEARLY;BYMONTH=${months}`]),
    `TZOFFSETFROM:${from}`,
    `TZOFFSETTO:${to}`,
    `END:${name}`,
  ];
  const parts =
    standard === daylight
      ? part('STANDARD', standard, standard)
      : [...part('STANDARD', daylight, standard, changes[0]), ...part('DAYLIGHT', standard, daylight, changes[1])];
  return ['BEGIN:VTIMEZONE', `TZID:${tzid}`, ...parts, 'END:VTIMEZONE'];
}

function startIn(tzid: string, ...vtimezone: string[]) {
  const parameter = /[:;,]/.test(tzid) ? `"${tzid}"` : tzid;
  const text = calendarOf(...vtimezone, entry(`DTSTART;TZID=${parameter}:20260709T100000`, 'RRULE:FREQ=DAILY'));
  const [event] = parseIcs(text, BERLIN).events;
  return (event!.event as JsonObject).start;
}

describe('a TZID', () => {
  it.each([
    ['America/New_York', '2026-07-09T10:00:00-04:00', 'America/New_York'],
    ['W. Europe Standard Time', '2026-07-09T10:00:00+02:00', 'Europe/Berlin'],
    ['pacific standard time', '2026-07-09T10:00:00-07:00', 'America/Los_Angeles'],
    ['/freeassociation.sourceforge.net/Tzfile/Europe/Paris', '2026-07-09T10:00:00+02:00', 'Europe/Paris'],
    ['/mozilla.org/20050126_1/America/Argentina/Salta', '2026-07-09T10:00:00-03:00', 'America/Argentina/Salta'],
    ['/citadel.org/20210210_1/Asia/Tokyo', '2026-07-09T10:00:00+09:00', 'Asia/Tokyo'],
    ['UTC', '2026-07-09T10:00:00Z', 'Etc/UTC'],
    ['UTC+01:00', '2026-07-09T10:00:00+01:00', 'Etc/GMT-1'],
    ['(UTC-05:00) Eastern Time (US & Canada)', '2026-07-09T10:00:00-04:00', 'America/New_York'],
    ['(GMT+10:00) Canberra, Melbourne, Sydney', '2026-07-09T10:00:00+10:00', 'Australia/Canberra'],
    ['(UTC+01:00) Amsterdam, Berlin, Bern', '2026-07-09T10:00:00+02:00', 'Europe/Amsterdam'],
  ])('%s is known by its name', (tzid, dateTime, timeZone) => {
    expect(startIn(tzid)).toEqual({ dateTime, timeZone });
  });

  it.each([
    ['Customized Time Zone', '+0100', '+0200', undefined, 'Europe/Berlin'],
    [' 1', '-0500', '-0400', ['11;BYDAY=1SU', '3;BYDAY=2SU'], 'America/New_York'],
    ['tzone://Microsoft/Custom', '+0530', '+0530', undefined, 'Asia/Kolkata'],
    ['tzone://Microsoft/Utc', '+0000', '+0000', undefined, 'Etc/UTC'],
  ])('%s is known by the offsets of its VTIMEZONE', (tzid, standard, daylight, changes, timeZone) => {
    expect(startIn(tzid, ...described(tzid, standard, daylight, changes))).toMatchObject({ timeZone });
  });

  it('of our own making is known by X-LIC-LOCATION', () => {
    const vtimezone = described('Office', '+0900', '+0900');
    vtimezone.splice(2, 0, 'X-LIC-LOCATION:Asia/Seoul');
    expect(startIn('Office', ...vtimezone)).toMatchObject({ timeZone: 'Asia/Seoul' });
  });

  it('like no zone on earth is converted to UTC for one event, exactly', () => {
    const text = calendarOf(...described('Odd', '+0017', '+0117'), entry('DTSTART;TZID=Odd:20260709T100000'));
    const { events, warnings } = parseIcs(text, BERLIN);
    expect(events[0]?.event).toMatchObject({ start: { dateTime: '2026-07-09T08:43:00Z', timeZone: 'UTC' } });
    expect(warnings).toEqual(['1 × times in the zone "Odd" were converted to UTC (first in line 22).']);
  });

  it('like no zone on earth cannot carry a series', () => {
    expect(() => startIn('Odd', ...described('Odd', '+0017', '+0117'))).toThrow(
      'This series is in a time zone that is like no IANA zone.',
    );
  });

  it.each([
    ['says nothing', ['BEGIN:VTIMEZONE', 'TZID:Odd', 'END:VTIMEZONE'], 4],
    ['lacks an offset', described('Odd', '+0017', '+0117').filter((line) => !line.startsWith('TZOFFSETTO')), 6],
    ['changes by the second', described('Odd', '+0017', '+0117').map((line) => line.replace('YEARLY', 'SECONDLY')), 8],
  ])('whose VTIMEZONE %s is refused with its line', (_, vtimezone, line) => {
    expect(() => startIn('Odd', ...vtimezone)).toThrow(expect.objectContaining({ name: 'IcsError', line }));
  });
});

describe('the table of Windows names', () => {
  it('leads to zones that exist', () => {
    const zones = new Zones();
    expect(WINDOWS_ZONES.size).toBeGreaterThan(130);
    expect([...WINDOWS_ZONES.values()].filter((zone) => !zones.isZone(zone))).toEqual([]);
  });
});
