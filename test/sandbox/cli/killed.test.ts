import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../../sandbox/world/json';
import { Random } from '../../../sandbox/world/random';
import { killAll, Running } from './running-program';

const ANA = 'ana@example.com';
const KILLS = 3;

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sandbox-'));
});

afterEach(() => {
  killAll();
  rmSync(dir, { recursive: true, force: true });
});

async function call(url: string, method: string, path: string, body?: unknown): Promise<JsonObject> {
  const headers = { authorization: `Bearer ${ANA}`, 'content-type': 'application/json', accept: 'application/json' };
  const answer = await fetch(url + path, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`);
  return text === '' ? {} : (JSON.parse(text) as JsonObject);
}

const EVENTS = '/calendar/v3/calendars/primary/events';

/** What one client knows: the titles it was told are stored. Writes until the server is gone. */
class Writer {
  readonly titles = new Map<string, string>();
  readonly deleted = new Set<string>();

  constructor(
    private readonly name: string,
    private readonly random: Random,
    private readonly onWritten: () => void,
  ) {}

  async writeUntilGone(url: string, solutionId: string): Promise<void> {
    try {
      for (;;) {
        await this.write(url, solutionId);
        this.onWritten();
      }
    } catch (error) {
      // fetch's ways of saying that nobody answers any more
      if (!/^(fetch failed|terminated)$/.test((error as Error).message)) throw error;
    }
  }

  private async write(url: string, solutionId: string): Promise<void> {
    const known = [...this.titles.keys()];
    const title = `${this.name} ${this.random.text(6)}`;
    const choice = known.length < 3 ? 0 : this.random.int(4);
    const eventId = choice === 0 ? `${this.name}${this.random.text(20)}` : this.random.pick(known);
    if (choice === 0) {
      const times = { start: { dateTime: '2027-06-01T09:00:00Z' }, end: { dateTime: '2027-06-01T10:00:00Z' } };
      await call(url, 'POST', EVENTS, { id: eventId, summary: title, ...times });
      await call(url, 'POST', '/sandbox/events/conference', { user: ANA, eventId, solutionId });
      this.titles.set(eventId, title);
    } else if (choice === 3 && known.length > 6) {
      this.titles.delete(eventId);
      await call(url, 'DELETE', `${EVENTS}/${eventId}`);
      this.deleted.add(eventId);
    } else {
      const before = this.titles.get(eventId) as string;
      this.titles.delete(eventId); // of an answer that never comes nobody knows what it would have said
      await call(url, 'PATCH', `${EVENTS}/${eventId}`, { summary: title });
      this.titles.set(eventId, title);
      expect(before).not.toBe(title);
    }
  }
}

describe('A server that is killed while clients write and scripts sync', () => {
  it('keeps every acknowledged write, and conferences and calendar agree in the end', async () => {
    const random = new Random('killed');
    const start = () => new Running('--port', '0', '--data', dir);
    let server: Running;
    let untilKill = 0;
    const onWritten = () => {
      if (--untilKill === 0) void server.end('SIGKILL');
    };
    const names = ['a', 'b', 'c'];
    const writers = names.map((name) => new Writer(name, random.fork(name), onWritten));
    for (let kill = 0; kill < KILLS; kill++) {
      untilKill = 20 + random.int(60);
      server = start();
      const url = await server.url();
      const { solutions } = (await call(url, 'GET', '/sandbox/editors')) as { solutions: Array<{ id: string }> };
      await Promise.all(writers.map((writer) => writer.writeUntilGone(url, solutions[0]?.id as string)));
      await server.ended;
    }
    const url = await start().url();
    await call(url, 'POST', '/sandbox/clock/advance', { ms: 26 * 3_600_000 });
    const { items } = (await call(url, 'GET', `${EVENTS}?maxResults=2500`)) as { items: JsonObject[] };
    const stored = new Map(items.map((event) => [event.id as string, event]));
    for (const { titles, deleted } of writers) {
      expect(titles.size).toBeGreaterThan(0);
      for (const [id, title] of titles) expect([id, stored.get(id)?.summary]).toEqual([id, title]);
      for (const id of deleted) expect([id, stored.get(id)?.status]).toEqual([id, undefined]);
    }
    const { conferences } = (await call(url, 'GET', '/sandbox/conferences')) as { conferences: JsonObject[] };
    const wanted = items
      .filter((event) => event.conferenceData !== undefined)
      .map((event) => [(event.conferenceData as JsonObject).conferenceId, event.summary]);
    const kept = conferences.filter(({ status }) => status === 'scheduled').map(({ id, title }) => [id, title]);
    expect(kept.sort()).toEqual(wanted.sort());
    expect(wanted.length).toBeGreaterThan(KILLS);
  }, 60_000);
});
