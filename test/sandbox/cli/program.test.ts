import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOMS } from '../editor/rooms-add-on';
import { killAll, Running } from './running-program';

let dir: string;
let addOnDir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sandbox-'));
  addOnDir = join(dir, 'rooms');
  mkdirSync(addOnDir);
  writeFileSync(join(addOnDir, 'appsscript.json'), JSON.stringify(ROOMS.manifest));
  writeFileSync(join(addOnDir, 'Code.js'), ROOMS.files[0]?.source as string);
});

afterEach(() => {
  killAll();
  rmSync(dir, { recursive: true, force: true });
});

function start(...args: string[]): Running {
  return new Running('--addon', addOnDir, '--data', join(dir, 'state'), ...args);
}

const BEARER = { authorization: 'Bearer ana@example.com', 'content-type': 'application/json' };

async function makeEvent(url: string): Promise<string> {
  const body = JSON.stringify({ summary: 'Kept', start: { date: '2026-12-01' }, end: { date: '2026-12-02' } });
  const answer = await fetch(`${url}/calendar/v3/calendars/primary/events`, { method: 'POST', headers: BEARER, body });
  return ((await answer.json()) as { id: string }).id;
}

async function titleOf(url: string, id: string): Promise<string> {
  const answer = await fetch(`${url}/calendar/v3/calendars/primary/events/${id}`, { headers: BEARER });
  return ((await answer.json()) as { summary: string }).summary;
}

function icsFile(): string {
  const file = join(dir, 'one.ics');
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y//EN', 'BEGIN:VEVENT', 'UID:1@example.com'];
  lines.push('DTSTAMP:20261101T000000Z', 'DTSTART;VALUE=DATE:20261201', 'SUMMARY:Imported', 'END:VEVENT');
  writeFileSync(file, [...lines, 'END:VCALENDAR', ''].join('\r\n'));
  return file;
}

async function eventsOf(url: string, user: string): Promise<unknown> {
  const headers = { authorization: `Bearer ${user}` };
  return (await fetch(`${url}/calendar/v3/calendars/primary/events`, { headers })).json();
}

describe('The program', () => {
  it('says that the folder for its state cannot be made, and ends', async () => {
    const { code, stderr } = await new Running('--addon', addOnDir, '--data', '/proc/none/state').ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^The data directory \/proc\/none\/state cannot be made: .* use another directory with --data/,
    );
  });

  it('says where everything is, serves it, and ends cleanly on SIGTERM', async () => {
    const program = start('--port', '0');
    const url = await program.url();
    await program.says(/Stop with Ctrl-C\./);
    expect(await titleOf(url, await makeEvent(url))).toBe('Kept');
    const { code, stdout, stderr } = await program.end('SIGTERM');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Conference server  ');
    expect(stdout).toContain('Log                ');
  });

  it('names a host that nobody imitates: at the start, if the manifest has it, and when it is asked', async () => {
    const folder = join(__dirname, '../../simulation/asking-a-stranger');
    const program = new Running('--addon', folder, '--data', join(dir, 'state'), '--port', '0');
    const url = await program.url();
    await program.says(/Not here +api\.stranger\.example, which the add-on may ask: nobody imitates it/);
    const post = (path: string, body: object) =>
      fetch(`${url}/sandbox/editors${path}`, { method: 'POST', headers: BEARER, body: JSON.stringify(body) });
    const { draftId } = (await (await post('', { user: 'ana@example.com' })).json()) as { draftId: string };
    for (const _ of [1, 2]) await post(`/${draftId}/conference`, { solutionId: 'stranger' });
    const said = await program.says(/The add-on asked api\.stranger\.example, which nobody imitates here: .*/);
    expect(said).toContain('--server api.stranger.example=http://127.0.0.1:PORT/');
    const { stdout } = await program.end('SIGTERM');
    expect(stdout.split('The add-on asked ')).toHaveLength(2);
  });

  it('keeps what it acknowledged when it is killed, until it is told to begin afresh', async () => {
    const first = start('--port', '0');
    const id = await makeEvent(await first.url());
    await first.end('SIGKILL');
    const second = start('--port', '0');
    const url = await second.url();
    expect(await titleOf(url, id)).toBe('Kept');
    expect(await makeEvent(url)).not.toBe(id);
    await second.end('SIGKILL');
    const third = start('--port', '0', '--fresh');
    expect(await titleOf(await third.url(), id)).toBeUndefined();
  });

  it('does not go back in time when it starts again after a skip', async () => {
    const first = start('--port', '0');
    const url = await first.url();
    const body = JSON.stringify({ ms: 86_400_000 });
    const skipped = await fetch(`${url}/sandbox/clock/advance`, { method: 'POST', body });
    const { nowMs } = (await skipped.json()) as { nowMs: number };
    await first.end('SIGTERM');
    const again = await (await fetch(`${await start('--port', '0').url()}/sandbox/clock`)).json();
    expect((again as { nowMs: number }).nowMs).toBeGreaterThanOrEqual(nowMs);
  });

  it('loads an iCalendar file into the calendar of the first user', async () => {
    const url = await start('--port', '0', '--import', icsFile(), '--user', 'dora@example.com').url();
    expect(await eventsOf(url, 'dora@example.com')).toMatchObject({
      items: [{ summary: 'Imported', iCalUID: '1@example.com' }],
    });
  });

  it('names what it leaves out of a file, or with --strict refuses the file', async () => {
    const file = join(dir, 'odd.ics');
    const bad = 'BEGIN:VEVENT\r\nUID:2@example.com\r\nDTSTART:soon\r\nSUMMARY:Odd\r\nEND:VEVENT\r\n';
    writeFileSync(file, readFileSync(icsFile(), 'utf8').replace('END:VCALENDAR', `${bad}END:VCALENDAR`));
    const { code, stderr } = await start('--port', '0', '--import', file, '--strict').ended;
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/odd\.ics: Line 12: DTSTART has "soon" .* Nothing was imported\.$/m),
    ]);
    const running = start('--port', '0', '--import', file);
    expect(await running.says(/Left out, ("Odd": Line 12: DTSTART has "soon")/)).toBeDefined();
    expect(await eventsOf(await running.url(), 'ana@example.com')).toMatchObject({ items: [{ summary: 'Imported' }] });
  });

  it('imports nothing when it cannot have its port', async () => {
    const other = await start('--port', '0', '--data', join(dir, 'other')).url();
    const { code, stdout } = await start('--port', new URL(other).port, '--import', icsFile()).ended;
    expect([code, stdout]).toEqual([2, '']);
    expect(await eventsOf(await start('--port', '0').url(), 'ana@example.com')).toMatchObject({ items: [] });
  });

  it('shows the options', async () => {
    const { code, stdout } = await start('--help').ended;
    expect([code, stdout]).toEqual([0, expect.stringContaining('npm start -- [options]')]);
  });
});

describe('What a person can put right', () => {
  async function refused(...args: string[]): Promise<string> {
    const { code, stderr } = await start(...args).ended;
    expect([code, stderr.trim().split('\n').length]).toEqual([2, 1]);
    return stderr.trim();
  }

  it('is said about a port that is taken', async () => {
    const port = new URL(await start('--port', '0').url()).port;
    expect(await refused('--port', port, '--data', join(dir, 'other'))).toBe(
      `Port ${port} is taken. Stop what listens there, or choose another with --port N.`,
    );
  });

  it('is said about a state that another process uses', async () => {
    await start('--port', '0').url();
    expect(await refused('--port', '0')).toMatch(/is in use by process \d+/);
  });

  it('is said about a folder that is not there', async () => {
    expect(await refused('--addon', join(dir, 'nowhere'))).toBe(
      `There is no folder ${join(dir, 'nowhere')}. --addon takes the folder of a built add-on.`,
    );
  });

  it('is said about a manifest that is broken', async () => {
    writeFileSync(join(addOnDir, 'appsscript.json'), '{"addOns":');
    expect(await refused()).toMatch(/^The add-on in .* cannot be loaded: .*appsscript\.json/);
  });

  it('is said about an iCalendar file that is broken or not there', async () => {
    const file = join(dir, 'broken.ics');
    writeFileSync(file, 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:tomorrow\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n');
    expect(await refused('--import', file)).toMatch(/broken\.ics: Line 3: /);
    expect(await refused('--import', join(dir, 'none.ics'))).toMatch(/^There is no file .*none\.ics\./);
  });
});
