import { ROOMS } from '../editor/rooms-add-on';
import { ANA, type Served, serveWorld } from './serving';

let served: Served;

beforeAll(async () => {
  served = await serveWorld({ addOn: ROOMS });
});

afterAll(() => served.close());

type Body = Record<string, unknown>;

async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Body }> {
  const response = await fetch(`${served.url}/sandbox${path}`, {
    method,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Body };
}

const TIMES = { start: { dateTime: '2026-12-01T09:00:00Z' }, end: { dateTime: '2026-12-01T09:30:00Z' } };

async function saved(): Promise<string> {
  const { data } = await served.client(ANA).events.insert({ calendarId: 'primary', requestBody: TIMES });
  return data.id as string;
}

async function conferenceOf(eventId: string) {
  return (await served.client(ANA).events.get({ calendarId: 'primary', eventId })).data.conferenceData;
}

describe('An add-on in the running server', () => {
  it('gives a saved event its conference', async () => {
    const eventId = await saved();
    expect((await call('POST', '/events/conference', { user: ANA, eventId, solutionId: 'room' })).status).toBe(200);
    expect(await conferenceOf(eventId)).toMatchObject({
      conferenceId: `saved-${eventId}`,
      conferenceSolution: { key: { type: 'addOn' }, name: 'Rooms' },
    });
  });

  it('gives an event that is not saved yet its conference, in three steps', async () => {
    const draft = await call('POST', '/editors', { user: ANA, fields: TIMES });
    const path = `/editors/${draft.body.draftId}`;
    const chosen = await call('POST', `${path}/conference`, { solutionId: 'room' });
    expect(chosen.body.conference).toMatchObject({ state: 'ready' });
    const stored = await call('POST', `${path}/save`);
    expect(await conferenceOf(stored.body.id as string)).toMatchObject({ conferenceId: `unsaved-${stored.body.id}` });
  });

  it('shows what the editor would show when there is no conference', async () => {
    const eventId = await saved();
    const answer = await call('POST', '/events/conference', { user: ANA, eventId, solutionId: 'login' });
    expect(answer).toMatchObject({ status: 502, body: { shown: { errorType: 'AUTHENTICATION' } } });
    expect(await conferenceOf(eventId)).toBeUndefined();
  });

  it('hears of every change by itself, once time passes', async () => {
    const eventId = await saved();
    await call('POST', '/events/conference', { user: ANA, eventId, solutionId: 'watched' });
    expect((await call('GET', `/triggers?user=${ANA}`)).body.triggers).toMatchObject([
      { handler: 'countChange', source: 'CALENDAR', calendarId: ANA },
    ]);
    await call('POST', '/clock/advance', { ms: 60_000 });
    const { changes } = (await call('GET', `/users/${ANA}/properties`)).body;
    expect(Number(changes)).toBeGreaterThan(0);
    await served.client(ANA).events.delete({ calendarId: 'primary', eventId });
    await call('POST', '/clock/advance', { ms: 60_000 });
    expect((await call('GET', `/users/${ANA}/properties`)).body).toEqual({ changes: String(Number(changes) + 1) });
  });

  it('leaves a list of what ran', async () => {
    const { executions } = (await call('GET', '/executions')).body as { executions: Body[] };
    const created = executions.find(({ began }) => began === `createRoom (create) begins for ${ANA}`);
    expect(created?.ended).toMatch(/^createRoom ends \(\d/);
    const whole = await (await fetch(`${served.url}/sandbox/executions?id=${created?.id}`)).text();
    expect(whole).toMatch(/ service +\S+ {2}Calendar /);
  });
});

describe('A fault', () => {
  it.each([
    ['trigger.countChange', { kind: 'trigger-disabled' }],
    ['trigger', { kind: 'drop' }],
    ['script.calendar.events.get', { kind: 'kill', when: 'before' }],
    ['script', { kind: 'hang', ms: 1 }],
    ['properties.setProperty', { kind: 'throw', message: 'no' }],
    ['urlFetch', { kind: 'lost-answer' }],
    ['calendar.events', { kind: 'status', status: 503 }],
    ['internet.meet.example.com', { kind: 'hang', ms: 1 }],
  ])('can be planned wherever one can be met: %s', async (point, fault) => {
    expect((await call('POST', '/faults', { point, fault })).status).toBe(201);
    await fetch(`${served.url}/sandbox/faults`, { method: 'DELETE' });
  });

  it.each([
    [
      'trigger.countChanges',
      { kind: 'drop' },
      /^Nothing passes the point "trigger.countChanges"\. There are: .*trigger\.countChange,/,
    ],
    ['properties.setProperties2', { kind: 'kill' }, /There are: .*properties\.setProperties,/],
    ['trigger', { kind: 'kill' }, /^At "trigger" a fault is one of drop, double, delay, trigger-disabled\.$/],
    ['internet', { kind: 'kill' }, /^At "internet" a fault is one of status, lost-answer, throw, hang\.$/],
  ])('is refused where nobody would meet it: %s, %j', async (point, fault, sentence) => {
    const { status, body } = await call('POST', '/faults', { point, fault });
    expect([status, (body.error as { message: string }).message]).toEqual([400, expect.stringMatching(sentence)]);
  });
});
