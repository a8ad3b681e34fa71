/**
 * The server process is killed at random moments, while people and programs write and also while time is skipped.
 * Nothing is mended by hand: it is started again on the same folder, and what was acknowledged must be there.
 *
 * What is drawn, and when the kill comes, hangs on the seed; how far the server had come by then, on the machine.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import type { JsonObject } from '../../sandbox/world/json';
import { Random } from '../../sandbox/world/random';
import { killAll, Running } from './cli/running-program';

const ANA = 'ana@example.com';
const BEN = 'ben@example.com';
const HOUR_MS = 3_600_000;
/** Longer than a conference waits for an event that is never saved, and some sweeps more. */
const AFTERWARDS_MS = 30 * HOUR_MS;

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sandbox-'));
});

afterEach(() => {
  killAll();
  rmSync(dir, { recursive: true, force: true });
});

/** Thrown when nobody answers any more. */
class Gone extends Error {}

/** The server's address, and what one client asks of it. */
async function ask(url: string, user: string, method: string, path: string, body?: unknown): Promise<JsonObject> {
  const headers = { authorization: `Bearer ${user}`, 'content-type': 'application/json' };
  let answer: { ok: boolean; status: number; text: string };
  try {
    const got = await fetch(url + path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    answer = { ok: got.ok, status: got.status, text: await got.text() };
  } catch {
    throw new Gone();
  }
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${answer.text}`);
  return answer.text === '' ? {} : (JSON.parse(answer.text) as JsonObject);
}

const eventsOf = (calendarId: string) => `/calendar/v3/calendars/${encodeURIComponent(calendarId)}/events`;

function timesAt(hour: number) {
  const at = (h: number) => ({ dateTime: `2090-06-01T${String(h).padStart(2, '0')}:00:00Z` });
  return { start: at(hour), end: at(hour + 1) };
}

interface Known {
  calendarId: string;
  title: string;
  hour: number;
  /**
   * It left a calendar and nothing but its id there, as if it had moved out of sight. If it is deleted before it is seen
   * again, its conference is let go and not ended (policy vanishedEvents), so it is not deleted here.
   */
  moved?: true;
}

/** One client. It knows an event only while no write of it is without an answer. */
class Client {
  readonly known = new Map<string, Known>();
  readonly deleted: Array<{ eventId: string; calendarId: string }> = [];
  writes = 0;

  constructor(
    private readonly user: string,
    private readonly calendars: readonly string[],
    private readonly random: Random,
  ) {}

  async writeUntilGone(url: string, solutionId: string): Promise<void> {
    try {
      for (;;) {
        await this.write(url, solutionId);
        this.writes++;
      }
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
    }
  }

  private async write(url: string, solutionId: string): Promise<void> {
    const choice = this.known.size < 3 ? this.random.int(3) : this.random.int(10);
    if (choice === 0) return this.createThroughApi(url, solutionId);
    if (choice === 1) return this.createInEditor(url, solutionId, true);
    if (choice === 2) return this.createInEditor(url, solutionId, this.random.chance(0.7));
    const eventId = this.random.pick([...this.known.keys()]);
    const before = this.known.get(eventId) as Known;
    this.known.delete(eventId);
    if (choice === 3 && this.known.size > 4 && before.moved === undefined) {
      await this.remove(url, eventId, before);
      this.deleted.push({ eventId, calendarId: before.calendarId });
    } else if (choice === 4 && this.calendars.length > 1) {
      this.known.set(...(await this.move(url, eventId, before)));
    } else this.known.set(eventId, await this.edit(url, eventId, before));
  }

  private async createThroughApi(url: string, solutionId: string): Promise<void> {
    const made = this.draw(this.random.pick(this.calendars));
    const body = { summary: made.title, ...timesAt(made.hour) };
    const { id } = await ask(url, this.user, 'POST', eventsOf(made.calendarId), body);
    const place = { user: this.user, calendarId: made.calendarId, eventId: id as string };
    await ask(url, this.user, 'POST', '/sandbox/events/conference', { ...place, solutionId });
    this.known.set(id as string, made);
  }

  private async createInEditor(url: string, solutionId: string, saved: boolean): Promise<void> {
    const made = this.draw(this.random.pick(this.calendars));
    const fields = { summary: made.title, ...timesAt(made.hour) };
    const opened = { user: this.user, calendarId: made.calendarId, fields };
    const { draftId } = await ask(url, this.user, 'POST', '/sandbox/editors', opened);
    await ask(url, this.user, 'POST', `/sandbox/editors/${draftId}/conference`, { solutionId });
    if (!saved) return;
    const { id } = await ask(url, this.user, 'POST', `/sandbox/editors/${draftId}/save`, {});
    this.known.set(id as string, made);
  }

  private async edit(url: string, eventId: string, before: Known): Promise<Known> {
    const { calendarId, hour } = before;
    const next = { ...before, ...this.draw(calendarId), ...(this.random.chance(0.5) && { hour }) };
    const fields = { summary: next.title, ...timesAt(next.hour) };
    if (this.random.chance(0.5)) await ask(url, this.user, 'PATCH', `${eventsOf(calendarId)}/${eventId}`, fields);
    else await ask(url, this.user, 'POST', '/sandbox/events/edit', { user: this.user, calendarId, eventId, fields });
    return next;
  }

  private async move(url: string, eventId: string, before: Known): Promise<[string, Known]> {
    const destination = this.calendars.find((id) => id !== before.calendarId) as string;
    const path = `${eventsOf(before.calendarId)}/${eventId}/move?destination=${encodeURIComponent(destination)}`;
    const { id } = await ask(url, this.user, 'POST', path);
    return [id as string, { ...before, calendarId: destination, moved: true }];
  }

  private async remove(url: string, eventId: string, { calendarId }: Known): Promise<void> {
    if (this.random.chance(0.5)) await ask(url, this.user, 'DELETE', `${eventsOf(calendarId)}/${eventId}`);
    else await ask(url, this.user, 'POST', '/sandbox/events/delete', { user: this.user, calendarId, eventId });
  }

  private draw(calendarId: string): Known {
    return { calendarId, title: `Meeting ${this.random.text(8)}`, hour: this.random.int(23) };
  }
}

interface Owned {
  user: string;
  calendarId: string;
}

/** Starts the server on the test's folder. */
async function start(): Promise<{ server: Running; url: string; solutionId: string }> {
  const server = new Running('--port', '0', '--data', dir);
  const url = await server.url();
  const { solutions } = (await ask(url, ANA, 'GET', '/sandbox/editors')) as { solutions: Array<{ id: string }> };
  return { server, url, solutionId: solutions[0]?.id as string };
}

/** A second calendar of Ana's, on which a first event has our conference, so that the add-on follows it. */
async function teamCalendar(url: string, solutionId: string): Promise<string> {
  const { id } = await ask(url, ANA, 'POST', '/calendar/v3/calendars', { summary: 'Team' });
  const calendarId = id as string;
  const first = await ask(url, ANA, 'POST', eventsOf(calendarId), { summary: 'First', ...timesAt(9) });
  await ask(url, ANA, 'POST', '/sandbox/events/conference', { user: ANA, calendarId, eventId: first.id, solutionId });
  return calendarId;
}

/** Storing takes a while, so that kills fall between what was done and what was written down of it. */
async function slowDownStoring(url: string): Promise<void> {
  const fault = { kind: 'hang', ms: 60 };
  await ask(url, ANA, 'POST', '/sandbox/faults', { point: 'properties.setProperties', fault, always: true });
}

/** Kills the server after so many milliseconds, while `act` goes on until nobody answers. */
async function killDuring(server: Running, afterMs: number, act: () => Promise<unknown>): Promise<void> {
  const acting = act();
  await new Promise((done) => setTimeout(done, afterMs));
  await server.end('SIGKILL');
  await acting;
}

/** Skips time in the hope of an answer. */
async function skipUntilGone(url: string, ms: number): Promise<void> {
  await ask(url, ANA, 'POST', '/sandbox/clock/advance', { ms }).catch((error: unknown) => {
    if (!(error instanceof Gone)) throw error;
  });
}

/** Live events with an add-on's conference: the conference's id, title and hours. */
async function eventsWithConference(url: string, places: readonly Owned[]): Promise<unknown[][]> {
  const found: unknown[][] = [];
  for (const { user, calendarId } of places) {
    const { items } = await ask(url, user, 'GET', `${eventsOf(calendarId)}?maxResults=2500`);
    for (const event of items as JsonObject[]) {
      const conference = event.conferenceData as JsonObject | undefined;
      if (conference !== undefined) found.push([conference.conferenceId, event.summary, ...hours(event)]);
    }
  }
  return found.sort();
}

async function liveConferences(url: string): Promise<unknown[][]> {
  const { conferences } = await ask(url, ANA, 'GET', '/sandbox/conferences');
  return (conferences as JsonObject[])
    .filter(({ status }) => status === 'scheduled')
    .map((conference) => [conference.id, conference.title, ...hours(conference)])
    .sort();
}

/** Start and end, as instants in milliseconds: calendar and server may write them in different zones. */
function hours({ start, end }: JsonObject): number[] {
  return [start, end].map((moment) => {
    const { dateTime, timeZone } = moment as { dateTime: string; timeZone?: string };
    return DateTime.fromISO(dateTime, { zone: timeZone ?? 'UTC' }).toMillis();
  });
}

async function expectAcknowledged(url: string, client: Client, user: string): Promise<void> {
  for (const [eventId, { calendarId, title, hour }] of client.known) {
    const event = await ask(url, user, 'GET', `${eventsOf(calendarId)}/${eventId}`);
    expect([event.status, event.summary, ...hours(event)]).toEqual(['confirmed', title, ...hours(timesAt(hour))]);
    expect([eventId, event.conferenceData]).toEqual([eventId, expect.anything()]);
  }
  for (const { eventId, calendarId } of client.deleted) {
    const event = await ask(url, user, 'GET', `${eventsOf(calendarId)}/${eventId}`);
    expect([eventId, event.status]).toEqual([eventId, 'cancelled']);
  }
}

/** A clock that had gone back would lie further before the next hourly trigger than an hour and its jitter. */
async function expectNoTimeBefore(url: string): Promise<void> {
  const { nowMs, nextDue } = await ask(url, ANA, 'GET', '/sandbox/clock');
  expect(Date.parse(nextDue as string) - (nowMs as number)).toBeLessThan(1.1 * HOUR_MS);
}

describe.each(['first', 'second', 'third'])('A server killed at random moments, seed %s', (seed) => {
  it('has every acknowledged write, and its calendars and conferences agree', async () => {
    const random = new Random(seed);
    const begun = await start();
    const team = await teamCalendar(begun.url, begun.solutionId);
    const clients = [
      { user: ANA, client: new Client(ANA, [ANA, team], random.fork('a')) },
      { user: ANA, client: new Client(ANA, [team, ANA], random.fork('b')) },
      { user: BEN, client: new Client(BEN, [BEN], random.fork('c')) },
    ];
    let { server, url, solutionId } = begun;
    for (let kill = 0; kill < 3; kill++) {
      await slowDownStoring(url);
      const all = () => Promise.all(clients.map(({ client }) => client.writeUntilGone(url, solutionId)));
      await killDuring(server, 300 + random.int(1700), all);
      ({ server, url, solutionId } = await start());
    }
    await ask(url, ANA, 'POST', '/sandbox/clock/advance', { ms: 60_000 });
    await killDuring(server, 30 + random.int(500), () => skipUntilGone(url, 200 * HOUR_MS));
    ({ url } = await start());
    await expectNoTimeBefore(url);
    await ask(url, ANA, 'POST', '/sandbox/clock/advance', { ms: AFTERWARDS_MS });

    for (const { user, client } of clients) {
      // How many there are is a matter of how fast the machine is.
      expect(client.writes).toBeGreaterThan(0);
      await expectAcknowledged(url, client, user);
    }
    const places = [
      { user: ANA, calendarId: ANA },
      { user: ANA, calendarId: team },
      { user: BEN, calendarId: BEN },
    ];
    const wanted = await eventsWithConference(url, places);
    expect(wanted.length).toBeGreaterThan(10);
    expect(await liveConferences(url)).toEqual(wanted);
  }, 60_000);
});
