/**
 * Files as other programs write them, cut or mistaken, each with its right reading: what then stands on the calendar and
 * every word of the account. Of our own making, after forms that exports of Google, Outlook, Exchange, Apple and small
 * programs have had. Each lies in awkward/ with an entry "Good" beside the odd one, which never comes to harm.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importFile } from '../../../sandbox/cli/import-file';
import { createWorld } from '../../../sandbox/whole-world';
import type { JsonObject } from '../../../sandbox/world/json';
import { calendarOf, entry } from './written';

interface Reading {
  /** `summary start/end`, then what else the entry says; in order, without the good entry. */
  shows: string[];
  /** The account, or why nothing was imported. */
  says: string[];
}

const ANA = 'ana@example.com';
const FOLDER = join(__dirname, 'awkward');
const READINGS = JSON.parse(readFileSync(join(FOLDER, 'readings.json'), 'utf8')) as Record<string, Reading>;
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.ics'));

function readingOf(name: string, strict = false, folder = FOLDER): Reading {
  const world = createWorld();
  world.addUser(ANA, { timeZone: 'Europe/Zurich' });
  const file = join(folder, name);
  let says: string[];
  try {
    says = importFile(world, file, ANA, { strict }).replace(file, name).split('\n  ');
  } catch (problem) {
    expect((problem as Error).name).toBe('UsageError');
    says = [(problem as Error).message.replace(file, name)];
  }
  const params = { calendarId: 'primary', singleEvents: true, orderBy: 'startTime' };
  const { items } = world.calendar.handle(ANA, { method: 'events.list', params }).body as { items: JsonObject[] };
  return { shows: items.filter(({ summary }) => summary !== 'Good').map(shown), says };
}

function shown({ summary, start, end, description, visibility, attendees }: JsonObject): string {
  const [from, to] = [start, end].map((time) => {
    const { date, dateTime } = time as { date?: string; dateTime?: string };
    return date ?? dateTime;
  });
  const more = [description, visibility, attendees].filter((value) => value !== undefined);
  return [`${summary} ${from}/${to}`, ...more.map((value) => JSON.stringify(value))].join(' ');
}

it('Of many entries that cannot be read fifty are named, and the others counted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'awkward-'));
  const odd = Array.from({ length: 60 }, (_, i) => entry(`UID:${i}`, 'DTSTART:soon', `SUMMARY:Odd ${i}`));
  writeFileSync(join(folder, 'many.ics'), calendarOf(...odd, entry('DTSTART:20260302T070000Z', 'SUMMARY:Good')));
  const { says } = readingOf('many.ics', false, folder);
  rmSync(folder, { recursive: true });
  expect(says).toHaveLength(52);
  expect(says[50]).toMatch(/^Left out, "Odd 49": Line 301: /);
  expect(says[51]).toBe('And 10 more were left out.');
});

describe('an awkward file', () => {
  it('has its reading, and each reading its file', () => {
    expect(Object.keys(READINGS).sort()).toEqual(FILES.map((name) => name.replace('.ics', '')).sort());
    expect(FILES.length).toBeGreaterThanOrEqual(40);
  });

  it.each(Object.entries(READINGS))('%s is read rightly, and nothing of it in silence', (name, reading) => {
    expect(readingOf(`${name}.ics`)).toEqual(reading);
  });

  it.each(Object.entries(READINGS).filter(([, { says }]) => says.some((line) => line.startsWith('Left out'))))(
    '%s is refused whole with --strict',
    (name) => {
      const { shows, says } = readingOf(`${name}.ics`, true);
      expect(shows).toEqual([]);
      expect(says).toEqual([expect.stringMatching(/^[\w-]+\.ics: Line \d+: .* Nothing was imported\.$/)]);
    },
  );
});
