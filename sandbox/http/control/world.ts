/** /sandbox/...: users, clock, triggers, faults, switches, conferences. Looks into the world and moves it on. */
import { Hono } from 'hono';
import type { Fault } from '../../world/faults';
import { SWITCHES } from '../../world/switches';
import type { Served } from '../served';
import { BadRequest, object, oneOf, optionalText, readBody, text, wholeNumber } from './body';
import { FAULT_KINDS, faultProblem } from './fault-points';

/** One advance of the clock at most: a year. */
const ADVANCE_LIMIT_MS = 366 * 86_400_000;

export function worldRoutes(served: Served): Hono {
  const { world } = served;
  const app = new Hono();
  app.get('/users', (c) => c.json({ users: world.calendar.accounts() }));
  app.post('/users', async (c) => {
    const body = await readBody(c);
    const [displayName, timeZone] = [optionalText(body, 'displayName'), optionalText(body, 'timeZone')];
    const email = text(body, 'email');
    if (!/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(email)) throw new BadRequest(`"${email}" is not an e-mail address.`);
    world.addUser(email, { ...(displayName && { displayName }), ...(timeZone && { timeZone }) });
    return c.json({ users: world.calendar.accounts() }, 201);
  });
  app.post('/users/:email/rename', async (c) => {
    const person = world.renameUser(c.req.param('email'), text(await readBody(c), 'email'));
    return c.json({ email: person.email, users: world.calendar.accounts() });
  });
  app.delete('/users/:email', (c) => {
    const calendarId = world.removeUser(c.req.param('email'), c.req.query('successor'));
    return c.json({ ...(calendarId !== undefined && { calendarId }), users: world.calendar.accounts() });
  });
  app.get('/users/:email/properties', (c) =>
    c.json(world.script.userProperties(world.userEmail(c.req.param('email')))),
  );
  app.get('/clock', (c) => c.json(clockOf(served)));
  app.post('/clock/advance', async (c) => {
    const ms = wholeNumber(await readBody(c), 'ms', 0);
    if (ms > ADVANCE_LIMIT_MS) throw new BadRequest(`"ms" is at most ${ADVANCE_LIMIT_MS}: a year.`);
    const ran = await served.advance(ms);
    return c.json({ ...clockOf(served), ran });
  });
  app.get('/triggers', (c) => c.json({ triggers: world.hasAddOn ? world.script.triggers(c.req.query('user')) : [] }));
  app.get('/switches', (c) =>
    c.json({
      switches: Object.entries(SWITCHES).map(([name, { fact, question, values }]) => ({
        name,
        value: world.switches[name as keyof typeof SWITCHES],
        values,
        question,
        fact,
      })),
    }),
  );
  app.get('/conferences', (c) => {
    const service = served.service?.();
    const kept = service === undefined ? world.conferences.all() : service.conferences?.();
    if (kept === undefined) throw new BadRequest('What this conference service keeps only itself can say.');
    return c.json({ conferences: kept });
  });
  app.post('/sync-tokens/expire', async (c) => {
    world.calendar.expireSyncTokens(optionalText(await readBody(c), 'calendarId'));
    return c.json({ expired: true });
  });
  return app.route('/faults', faultRoutes(served));
}

function faultRoutes({ world }: Served): Hono {
  const app = new Hono();
  app.get('/', (c) => c.json({ struck: world.faults.struck() }));
  app.post('/', async (c) => {
    const body = await readBody(c);
    const fault = object(body, 'fault');
    const kind = oneOf(fault, 'kind', FAULT_KINDS);
    const point = text(body, 'point');
    const problem = faultProblem(world, point, kind);
    if (problem !== undefined) throw new BadRequest(problem);
    const times = body.always === true ? Number.POSITIVE_INFINITY : wholeNumber(body, 'times', 1, 1);
    world.faults.next(point, fault as unknown as Fault, times, wholeNumber(body, 'skip', 0, 0));
    return c.json({ point, fault, times: times === Number.POSITIVE_INFINITY ? 'always' : times }, 201);
  });
  app.delete('/', (c) => {
    world.faults.clear(c.req.query('point'));
    return c.body(null, 204);
  });
  return app;
}

function clockOf({ world }: Served): { now: string; nowMs: number; nextDue?: string } {
  const nowMs = world.clock.nowMs();
  const nextMs = world.nextDueMs();
  return {
    now: new Date(nowMs).toISOString(),
    nowMs,
    ...(nextMs !== undefined && { nextDue: new Date(nextMs).toISOString() }),
  };
}
