/** /sandbox/executions: what ran, newest first, put together from the trace; with ?id= everything that one did. */
import { type Context, Hono } from 'hono';
import type { TraceEntry } from '../../world/trace';
import type { Served } from '../served';
import { logLine } from './log';

const LISTED = 100;

interface Listed {
  id: string;
  /** `createRoom (create) begins for ana@example.com` */
  began: string;
  beganAt: string;
  /** `createRoom ends (12 ms)`, or why it did not; absent while it runs. */
  ended?: string;
  /** How many services it called. */
  calls: number;
}

export function executionRoutes({ world }: Served): Hono {
  const app = new Hono();
  app.get('/', (c) => {
    const id = c.req.query('id');
    const entries = world.trace.entries();
    if (id === undefined) return c.json({ executions: listed(entries).reverse().slice(0, LISTED) });
    return whole(
      c,
      entries.filter((entry) => entry.by === id),
    );
  });
  return app;
}

function whole(c: Context, entries: TraceEntry[]): Response {
  if ((c.req.header('accept') ?? '').includes('application/json')) return c.json({ entries });
  return c.text(`${entries.map(logLine).join('\n')}\n`);
}

function listed(entries: readonly TraceEntry[]): Listed[] {
  const byId = new Map<string, Listed>();
  for (const { kind, by, text, atMs } of entries) {
    const known = byId.get(by);
    if (kind === 'execution' && known !== undefined) known.ended = text;
    else if (kind === 'execution' && text.includes(' begins for ')) {
      byId.set(by, { id: by, began: text, beganAt: new Date(atMs).toISOString(), calls: 0 });
    } else if (kind === 'service' && known !== undefined) known.calls++;
  }
  return [...byId.values()];
}
