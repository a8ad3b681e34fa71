/** Exports as Google, Outlook and Apple write them, of any size, from a seed. */
import type { Random } from '../../../sandbox/world/random';

export type Dialect = 'google' | 'outlook' | 'apple';

interface Told {
  /** VEVENTs that are events of their own. */
  events: number;
  exceptions: number;
  text: string;
}

const DAY_MS = 86_400_000;
const FROM_MS = Date.UTC(2026, 0, 5);

export function exportOf(dialect: Dialect, events: number, random: Random): Told {
  const lines = ['BEGIN:VCALENDAR', ...HEADS[dialect]];
  let exceptions = 0;
  for (let i = 0; i < events; i++) {
    const atMs = FROM_MS + random.int(600) * DAY_MS + (8 + random.int(9)) * 3_600_000;
    const uid = UIDS[dialect](i, random);
    const series = random.chance(0.2);
    const master = entryLines(dialect, uid, atMs, random);
    if (series) master.push(RULES[random.int(RULES.length)] as string);
    const changed = series && random.chance(0.5) ? exceptionLines(dialect, uid, atMs, random) : undefined;
    if (changed !== undefined) exceptions++;
    const both = changed === undefined ? [master] : random.chance(0.5) ? [master, changed] : [changed, master];
    for (const entry of both) lines.push('BEGIN:VEVENT', ...entry, ...TAILS[dialect], 'END:VEVENT');
  }
  lines.push('END:VCALENDAR');
  return { events, exceptions, text: `${lines.map(folded).join('\r\n')}\r\n` };
}

// Weekly from the first start on, so that every rule has an occurrence a week later.
const RULES = ['RRULE:FREQ=WEEKLY;COUNT=12', 'RRULE:FREQ=DAILY', 'RRULE:FREQ=WEEKLY;UNTIL=20291231T235959Z'];

const UIDS: Record<Dialect, (i: number, random: Random) => string> = {
  google: (i, random) => `${random.text(26)}${i}@google.com`,
  outlook: (i, random) => `040000008200E00074C5B7101A82E008${random.text(40, '0123456789ABCDEF')}${i}`,
  apple: (i, random) => `${random.text(8, '0123456789ABCDEF')}-${random.text(4, '0123456789ABCDEF')}-${i}`,
};

function entryLines(dialect: Dialect, uid: string, atMs: number, random: Random): string[] {
  const who = ['ann', 'ben', 'cleo', 'dora'].filter(() => random.chance(0.4));
  const parts = ['ACCEPTED', 'DECLINED', 'TENTATIVE', 'NEEDS-ACTION'];
  const lengthMs = (1 + random.int(6)) * 900_000;
  return [
    `UID:${uid}`,
    'DTSTAMP:20260101T000000Z',
    `SUMMARY:${['Review\\, weekly', 'Größe: Überblick', '打ち合わせ 🗓', 'Plain'][random.int(4)]}`,
    `DESCRIPTION:${'Line one\\nline two\\; '.repeat(random.int(12))}`,
    ...(dialect === 'apple' && random.chance(0.3)
      ? [`DTSTART${ZONES.apple}:${wall(atMs)}`, `DURATION:PT${lengthMs / 60_000}M`]
      : [`DTSTART${ZONES[dialect]}:${wall(atMs)}`, `DTEND${ZONES[dialect]}:${wall(atMs + lengthMs)}`]),
    ...who.map(
      (name) =>
        `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=${random.pick(parts)};CN=${name}@example.com:mailto:${name}@example.com`,
    ),
    `SEQUENCE:${random.int(3)}`,
  ];
}

function exceptionLines(dialect: Dialect, uid: string, atMs: number, random: Random): string[] {
  const slotMs = atMs + 7 * DAY_MS;
  const changed = entryLines(dialect, uid, slotMs + 3_600_000, random);
  return [...changed, `RECURRENCE-ID${ZONES[dialect]}:${wall(slotMs)}`];
}

function wall(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 19).replace(/[-:]/g, '');
}

const ZONES: Record<Dialect, string> = {
  google: ';TZID=Europe/Berlin',
  outlook: ';TZID="Customized Time Zone"',
  apple: ';TZID=Europe/Berlin',
};

const VTIMEZONE = (tzid: string, year: string) => [
  ...['BEGIN:VTIMEZONE', `TZID:${tzid}`],
  ...[
    'BEGIN:STANDARD',
    `DTSTART:${year}1025T030000`,
    'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0100',
    'END:STANDARD',
  ],
  ...[
    'BEGIN:DAYLIGHT',
    `DTSTART:${year}0329T020000`,
    'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'END:DAYLIGHT',
  ],
  'END:VTIMEZONE',
];

const HEADS: Record<Dialect, string[]> = {
  google: [
    'PRODID:-//Google Inc//Google Calendar 70.9054//EN',
    'VERSION:2.0',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'X-WR-CALNAME:team',
    'X-WR-TIMEZONE:Europe/Berlin',
    ...VTIMEZONE('Europe/Berlin', '1970'),
  ],
  outlook: [
    'PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN',
    'VERSION:2.0',
    'METHOD:PUBLISH',
    'X-MS-OLK-FORCEINSPECTOROPEN:TRUE',
    ...VTIMEZONE('Customized Time Zone', '1601'),
  ],
  apple: [
    'METHOD:PUBLISH',
    'VERSION:2.0',
    'X-WR-CALNAME:Team',
    'PRODID:-//Apple Inc.//macOS 14.4//EN',
    'X-APPLE-CALENDAR-COLOR:#1BADF8',
    ...VTIMEZONE('Europe/Berlin', '1996'),
  ],
};

const TAILS: Record<Dialect, string[]> = {
  google: ['CREATED:20260101T000000Z', 'LAST-MODIFIED:20260101T000000Z', 'STATUS:CONFIRMED', 'TRANSP:OPAQUE'],
  outlook: [
    'CLASS:PUBLIC',
    'PRIORITY:5',
    'X-MICROSOFT-CDO-BUSYSTATUS:BUSY',
    'X-ALT-DESC;FMTTYPE=text/html:<p>a: b\\; c</p>',
    'BEGIN:VALARM',
    'TRIGGER:-PT15M',
    'ACTION:DISPLAY',
    'DESCRIPTION:Reminder',
    'END:VALARM',
  ],
  apple: [
    'TRANSP:OPAQUE',
    'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-APPLE-RADIUS=70;X-TITLE="A, B":geo:52.5,13.4',
    'BEGIN:VALARM',
    'X-WR-ALARMUID:1',
    'TRIGGER:-PT15M',
    'ACTION:AUDIO',
    'END:VALARM',
  ],
};

/** At 75 octets, without breaking a character. RFC 5545, 3.1. */
function folded(line: string): string {
  let out = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > 74) {
      out += '\r\n ';
      octets = 1;
    }
    out += character;
    octets += size;
  }
  return out;
}
