/** A world behind a port of its own, and Google's client pointed at it; for the suites of this folder. */
import { auth, calendar, type calendar_v3 } from '@googleapis/calendar';
import { clockOf, run } from '../../../sandbox/http/running';
import type { InstalledProvider } from '../../../sandbox/providers/provider';
import { createWorld, type World, type WorldOptions } from '../../../sandbox/whole-world';
import { MemoryRecords } from '../../../sandbox/world/records';

export interface Served {
  world: World;
  url: string;
  /** How often the server made its state durable. */
  commits(): number;
  /** Google's own client, as the user. */
  client(user: string): calendar_v3.Calendar;
  close(): Promise<void>;
}

export const ANA = 'ana@example.com';
export const BEN = 'ben@example.com';

/** @param service what `--provider` would have put into the world. */
export async function serveWorld(options: WorldOptions = {}, service?: InstalledProvider): Promise<Served> {
  const records = new MemoryRecords();
  const clock = clockOf(records);
  const world = createWorld({ quota: 'off', ...options, records, clock });
  world.addUser(ANA, { displayName: 'Ana', timeZone: 'Europe/Zurich' });
  world.addUser(BEN, { displayName: 'Ben', timeZone: 'Europe/London' });
  let commits = 0;
  const commit = () => void commits++;
  const failures: unknown[] = [];
  const onBug = (error: unknown) => failures.push(error);
  const running = await run({ world, clock, port: 0, commit, onBug, ...(service && { service: () => service }) });
  return {
    world,
    url: running.url,
    commits: () => commits,
    client: (user) => clientFor(running.url, user),
    close: async () => {
      await running.close();
      expect(failures).toEqual([]);
    },
  };
}

function clientFor(url: string, user: string): calendar_v3.Calendar {
  const credentials = new auth.OAuth2();
  credentials.setCredentials({ access_token: user, expiry_date: 4_000_000_000_000 });
  // Left alone, the client loads its fetch by a dynamic import, which jest's modules do not take.
  const fetchImplementation = fetch;
  return calendar({ version: 'v3', rootUrl: `${url}/`, auth: credentials, retry: false, fetchImplementation });
}

/** What Google's client rejects with: the status, Google's reason and message. */
export async function refusal(call: Promise<unknown>): Promise<{ status: number; reason: string; message: string }> {
  const error = await call.then(
    () => {
      throw new Error('The call was not refused.');
    },
    (problem: unknown) => problem as { status: number; message: string; response: { data: unknown } },
  );
  const data = error.response.data as { error: { code: number; errors: Array<{ reason: string }>; message: string } };
  expect(data.error.code).toBe(error.status);
  expect(data.error.message).toBe(error.message);
  return { status: error.status, reason: data.error.errors[0]?.reason ?? '', message: error.message };
}
