/** /sandbox/log: everything that happened, as JSON, as text for a terminal, or as it happens (server-sent events). */
import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { TraceEntry } from '../../world/trace';
import type { Served } from '../served';
import { BadRequest } from './body';

/** Entries in one answer, so that a browser can show them. `since` reads on. */
const PAGE = 1000;

/** How often an idle stream says that it is alive, so that a dead reader is noticed. */
const KEEP_ALIVE_MS = 15_000;

type Reader = (entry: TraceEntry) => void;

export function logRoutes({ world }: Served): Hono {
  const app = new Hono();
  const readers = new Set<Reader>();
  world.trace.onEntry((entry) => {
    for (const reader of readers) reader(entry);
  });
  app.get('/', (c) => {
    const since = sinceOf(c);
    const accept = c.req.header('accept') ?? '';
    if (accept.includes('text/event-stream')) return stream(c, world.trace.entries(since), readers);
    const entries = world.trace
      .entries(since)
      .slice(c.req.query('since') === undefined ? -PAGE : 0)
      .slice(0, PAGE);
    if (accept.includes('application/json')) return c.json({ entries });
    return c.text(entries.map(logLine).join('\n') + (entries.length > 0 ? '\n' : ''));
  });
  return app;
}

/** One entry as a line: time in UTC, who, what. */
export function logLine({ atMs, kind, by, text }: TraceEntry): string {
  const at = new Date(atMs).toISOString().slice(0, 23).replace('T', ' ');
  return `${at}  ${kind.padEnd(9)}  ${by}  ${text.replace(/\s*\n\s*/g, ' ⏎ ')}`;
}

function stream(c: Context, waiting: TraceEntry[], readers: Set<Reader>): Response {
  let wake: () => void = () => undefined;
  const reader: Reader = (entry) => {
    waiting.push(entry);
    wake();
  };
  readers.add(reader);
  return streamSSE(c, async (sse) => {
    sse.onAbort(() => wake());
    while (!sse.aborted && !sse.closed) {
      for (const entry of waiting.splice(0)) {
        await sse.writeSSE({ id: String(entry.seq), event: entry.kind, data: JSON.stringify(entry) });
      }
      const timer = setTimeout(() => wake(), KEEP_ALIVE_MS);
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (waiting.length > 0 || sse.aborted) resolve();
      });
      clearTimeout(timer);
      if (waiting.length === 0 && !sse.aborted) await sse.write(': alive\n\n');
    }
    readers.delete(reader);
  });
}

function sinceOf(c: Context): number {
  const given = c.req.query('since') ?? c.req.header('last-event-id') ?? '0';
  const since = Number(given);
  if (!Number.isInteger(since) || since < 0) throw new BadRequest(`"since" is the seq of an entry, not "${given}".`);
  return since;
}
