import { ANA, BEN, type Served, serveWorld } from './serving';

let served: Served;

beforeAll(async () => {
  served = await serveWorld();
});

afterAll(() => served.close());

type Body = Record<string, unknown>;

async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Body }> {
  const response = await fetch(`${served.url}/sandbox${path}`, {
    method,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Body) };
}

const TIMES = { start: { dateTime: '2026-12-01T09:00:00Z' }, end: { dateTime: '2026-12-01T09:30:00Z' } };

async function saved(fields: Body): Promise<string> {
  const draft = await call('POST', '/editors', { user: ANA, fields: { ...TIMES, ...fields } });
  const stored = await call('POST', `/editors/${draft.body.draftId}/save`, {});
  expect(stored.status).toBe(200);
  return stored.body.id as string;
}

function eventOf(user: string, id: string) {
  return served.world.user(user).sees({ calendarId: user, eventId: id });
}

describe('The control API', () => {
  it('keeps a draft to itself until it is saved', async () => {
    const { status, body } = await call('POST', '/editors', { user: ANA, fields: TIMES });
    expect([status, body.conference]).toEqual([201, { state: 'untouched' }]);
    const get = () => eventOf(ANA, body.eventId as string);
    expect(get).toThrow('There is no event ');
    await call('PATCH', `/editors/${body.draftId}`, { fields: { summary: 'Planning' } });
    const stored = await call('POST', `/editors/${body.draftId}/save`);
    expect(stored.body).toMatchObject({ id: body.eventId, summary: 'Planning', organizer: { email: ANA } });
    expect((await call('GET', `/editors/${body.draftId}`)).status).toBe(404);
  });

  it('forgets a discarded draft', async () => {
    const { body } = await call('POST', '/editors', { user: ANA });
    expect((await call('DELETE', `/editors/${body.draftId}`)).status).toBe(204);
    const again = await call('POST', `/editors/${body.draftId}/save`);
    expect(again).toEqual({
      status: 404,
      body: { error: { message: `There is no open editor ${body.draftId}: it was saved or discarded.` } },
    });
  });

  it('lets a guest answer, and the organiser delete and restore', async () => {
    const eventId = await saved({ summary: 'Lunch', attendees: [{ email: BEN }] });
    expect((await call('POST', '/events/reply', { user: BEN, eventId, reply: 'accepted' })).status).toBe(200);
    expect(eventOf(ANA, eventId).attendees).toMatchObject([{ email: BEN, responseStatus: 'accepted' }]);
    expect((await call('POST', '/events/delete', { user: ANA, eventId })).status).toBe(204);
    expect(eventOf(ANA, eventId).status).toBe('cancelled');
    expect((await call('POST', '/events/restore', { user: ANA, eventId })).status).toBe(200);
    expect(eventOf(ANA, eventId)).toMatchObject({ status: 'confirmed', summary: 'Lunch' });
  });

  it('puts Meet on an event and takes it off', async () => {
    const eventId = await saved({ summary: 'Call' });
    await call('POST', '/events/conference', { user: ANA, eventId, meet: true });
    expect(eventOf(ANA, eventId).hangoutLink).toMatch(/^https:\/\/meet\.google\.com\//);
    await call('POST', '/events/conference', { user: ANA, eventId, solutionId: null });
    expect(eventOf(ANA, eventId).conferenceData).toBeUndefined();
  });

  it('leaves no editor open behind a verb that is refused', async () => {
    const eventId = await saved({ summary: 'Closed' });
    const fields = { end: { dateTime: '2020-01-01T00:00:00Z' } };
    expect((await call('POST', '/events/edit', { user: ANA, eventId, fields })).status).toBe(400);
    expect((await call('POST', '/events/conference', { user: ANA, eventId, solutionId: 'none' })).status).toBe(400);
    expect(served.world.editor.openDrafts().filter((draft) => draft.eventId === eventId)).toEqual([]);
  });

  it('skips the clock ahead', async () => {
    const before = await call('GET', '/clock');
    const after = await call('POST', '/clock/advance', { ms: 3_600_000 });
    const passedMs = (after.body.nowMs as number) - (before.body.nowMs as number);
    expect(passedMs).toBeGreaterThanOrEqual(3_600_000);
    expect(passedMs).toBeLessThan(3_660_000);
  });

  it('plans a fault that the Calendar API then commits, and clears faults', async () => {
    const fault = { kind: 'status', status: 503, reason: 'backendError', message: 'Backend Error' };
    const point = 'calendar.events.list';
    expect((await call('POST', '/faults', { point, fault })).status).toBe(201);
    const list = () => served.client(ANA).events.list({ calendarId: 'primary' });
    await expect(list()).rejects.toMatchObject({ status: 503 });
    expect((await list()).status).toBe(200);
    expect((await call('GET', '/faults')).body.struck).toMatchObject([{ point }]);
    await call('POST', '/faults', { point, fault, always: true });
    await call('DELETE', '/faults');
    expect((await list()).status).toBe(200);
  });

  it('gives a user another address, and lets one leave with events for a successor', async () => {
    await call('POST', '/users', { email: 'dan@example.com' });
    expect((await call('POST', '/users/dan@example.com/rename', { email: ANA })).status).toBe(400);
    const renamed = await call('POST', '/users/dan@example.com/rename', { email: 'daniel@example.com' });
    expect([renamed.status, renamed.body.email]).toEqual([200, 'daniel@example.com']);
    expect((await call('POST', '/users/dan@example.com/rename', { email: 'd@example.com' })).status).toBe(400);
    const draft = await call('POST', '/editors', {
      user: 'daniel@example.com',
      fields: { ...TIMES, summary: 'Handed on', attendees: [{ email: BEN }] },
    });
    await call('POST', `/editors/${draft.body.draftId}/save`, {});
    const left = await call('DELETE', `/users/daniel@example.com?successor=${ANA}`);
    const { calendarId } = left.body as { calendarId: string };
    const list = { method: 'events.list', params: { calendarId } };
    expect(served.world.calendar.handle(ANA, list).body).toMatchObject({ items: [{ summary: 'Handed on' }] });
    expect(JSON.stringify(left.body.users)).not.toContain('daniel');
  });

  it('makes users, and lists them with switches and conferences', async () => {
    const made = await call('POST', '/users', { email: 'dora@example.com', timeZone: 'Asia/Tokyo' });
    expect(made.body.users).toContainEqual(
      expect.objectContaining({ email: 'dora@example.com', timeZone: 'Asia/Tokyo' }),
    );
    expect((await call('GET', '/switches')).body.switches).toContainEqual(
      expect.objectContaining({ name: 'moveKeepsId', value: true, values: [true, false] }),
    );
    expect((await call('GET', '/conferences')).body).toEqual({ conferences: [] });
  });

  it.each([
    ['/editors', { user: 'nobody@example.com' }, /^There is no user nobody@example\.com\. There are: ana@example\.com/],
    ['/editors', {}, /^"user" is missing or not a text\.$/],
    ['/users', { email: 'dora' }, /^"dora" is not an e-mail address\.$/],
    ['/clock/advance', { ms: -1 }, /^"ms" is missing or not a whole number of at least 0\.$/],
    ['/faults', { point: 'x', fault: { kind: 'meteor' } }, /^"kind" is one of status, /],
    [
      '/faults',
      { point: 'nonsense', fault: { kind: 'drop' } },
      /^Nothing passes the point "nonsense"\. There are: points that begin with calendar, internet\.$/,
    ],
    [
      '/faults',
      { point: 'calendar.events.lst', fault: { kind: 'throw' } },
      /^Nothing passes .* There are: .*calendar\.events\.list,/,
    ],
    [
      '/faults',
      { point: 'internet.meet.example.org', fault: { kind: 'hang' } },
      /There are: internet\.meet\.example\.com\.$/,
    ],
    [
      '/faults',
      { point: 'calendar', fault: { kind: 'hang' } },
      /^At "calendar" a fault is one of status, lost-answer, throw\.$/,
    ],
    ['/events/__proto__', { user: ANA, eventId: 'x' }, /^No verb "__proto__"\. There are: delete, /],
    ['/events/constructor', { user: ANA, eventId: 'x' }, /^No verb "constructor"\./],
    ['/events/eat', { user: ANA, eventId: 'x' }, /^No verb "eat"\. There are: delete, /],
    ['/nothing', {}, /^Nothing at \/sandbox\/nothing\./],
  ])('refuses POST %s with %j in a sentence', async (path, body, sentence) => {
    const answer = await call('POST', path, body);
    expect([400, 404]).toContain(answer.status);
    expect((answer.body.error as { message: string }).message).toMatch(sentence);
  });
});

describe('What is there', () => {
  it('is listed at /sandbox/, and the address may end with a slash', async () => {
    const { there } = (await call('GET', '/')).body as { there: string[] };
    expect(there).toEqual(
      expect.arrayContaining(['GET /sandbox/log', 'POST /sandbox/events/:verb', 'GET /sandbox/users']),
    );
    expect((await call('GET', '')).body).toEqual({ there });
    expect((await call('GET', '/log/')).status).toBe(200);
    expect((await call('GET', '/users//')).status).toBe(200);
  });

  it('holds whatever the list names', async () => {
    const { there } = (await call('GET', '/')).body as { there: string[] };
    const gets = there
      .filter((one) => one.startsWith('GET /') && !one.includes(':'))
      .map((one) => one.slice('GET /sandbox'.length));
    expect(gets.length).toBeGreaterThan(8);
    for (const path of gets) expect([path, (await call('GET', path)).status]).toEqual([path, 200]);
  });
});

describe('The log', () => {
  it('reads as text for people and as JSON for programs', async () => {
    await saved({ summary: 'Logged' });
    const text = await (await fetch(`${served.url}/sandbox/log`)).text();
    expect(text).toMatch(/user {7}ana@example\.com {2}saves "Logged"/);
    const { entries } = (await call('GET', '/log')).body as { entries: Array<{ seq: number; text: string }> };
    const since = entries.find((entry) => entry.text === 'saves "Logged"')?.seq as number;
    const later = (await call('GET', `/log?since=${since}`)).body as { entries: Array<{ seq: number }> };
    expect(later.entries[0]?.seq).toBe(since + 1);
  });

  it('comes as it happens to whoever listens', async () => {
    const stop = new AbortController();
    const { seq } = served.world.trace.entries().at(-1) as { seq: number };
    const response = await fetch(`${served.url}/sandbox/log?since=${seq}`, {
      headers: { accept: 'text/event-stream' },
      signal: stop.signal,
    });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    await saved({ summary: 'Streamed' });
    let heard = '';
    while (!heard.includes('saves \\"Streamed\\"')) heard += new TextDecoder().decode((await reader.read()).value);
    expect(heard).toContain('event: user');
    stop.abort();
  });
});

describe('The page at /', () => {
  it('says what is where, with lines to copy', async () => {
    const page = (await (await fetch(served.url)).text()).replaceAll('&#39;', "'");
    expect(page).toContain('<h1>Calendar sandbox</h1>');
    expect(page).toContain(`curl -H 'Authorization: Bearer ${ANA}'`);
  });
});
