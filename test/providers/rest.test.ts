import type { Meeting, Occurrence } from '../../src/core/meeting';
import type { HttpAnswer, HttpRequest } from '../../src/ports/http';
import type { Operation, Provider } from '../../src/ports/provider';
import { exampleMeet } from '../../src/providers/example-meet';
import { restProvider } from '../../src/providers/rest';
import { json } from '../support/fake-meet';

const provider = exampleMeet({ baseUrl: 'https://meet.example.com/v1', auth: { kind: 'none' } });

const at = (hour: number) => ({
  ms: Date.UTC(2026, 5, 2, hour - 2),
  local: `2026-06-02T${String(hour).padStart(2, '0')}:00:00`,
  timeZone: 'Europe/Zurich',
});
const meeting: Meeting = { title: 'Plan', description: '', start: at(9), end: at(10), recurrence: [], guests: [] };
const occurrence: Occurrence = { slot: '2026-06-02T07:00:00Z', time: { start: at(11), end: at(12) } };
const page: HttpAnswer = { status: 200, headers: { 'content-type': 'text/html' }, text: '<html>Please log in</html>' };
const nothing: HttpAnswer = { status: 204, headers: {}, text: '' };

/** Drives an operation with one answer, as the client does; gives back what it asked and what it concluded. */
function drive<Result>(operation: Operation<Result>, answer: HttpAnswer): { request: HttpRequest; result: Result } {
  const asked = operation.next();
  if (asked.done === true) throw new Error('The operation asked nothing.');
  const ended = operation.next(answer);
  if (ended.done !== true) throw new Error('The operation asked more than once.');
  return { request: asked.value, result: ended.value };
}

const operations: Array<[name: string, begin: (of: Provider) => Operation<{ kind: string }>]> = [
  ['create', (of) => of.create(meeting, 'key-1')],
  ['update', (of) => of.update('id', meeting, ['title'], 'key-1')],
  ['updateOccurrence', (of) => of.updateOccurrence('id', occurrence, 'key-1')],
  ['cancel', (of) => of.cancel('id', 'key-1')],
];

describe('an answer that is no success', () => {
  const meanings: Array<[status: number, outcome: object]> = [
    [0, { kind: 'unavailable' }],
    [301, { kind: 'unavailable' }],
    [302, { kind: 'unavailable' }],
    [400, { kind: 'refused', code: 'http-400' }],
    [401, { kind: 'unauthorised' }],
    [403, { kind: 'refused', code: 'forbidden' }],
    [408, { kind: 'unavailable' }],
    [409, { kind: 'refused', code: 'http-409' }],
    [422, { kind: 'refused', code: 'http-422' }],
    [423, { kind: 'unavailable' }],
    [425, { kind: 'unavailable' }],
    [429, { kind: 'limited' }],
    [500, { kind: 'unavailable' }],
    [503, { kind: 'unavailable' }],
  ];

  describe.each(operations)('to %s', (_name, begin) => {
    it.each(meanings)('with status %d means %j', (status, outcome) => {
      expect(drive(begin(provider), json(status, { code: 'x' })).result).toEqual(outcome);
    });
  });

  it.each(operations.slice(1))('with status 404 or 410 to %s means that the conference is gone', (_name, begin) => {
    expect(drive(begin(provider), json(404, {})).result).toEqual({ kind: 'gone' });
    expect(drive(begin(provider), json(410, {})).result).toEqual({ kind: 'gone' });
  });

  it('with status 404 to a create is a refusal: there is nothing that could be gone', () => {
    expect(drive(provider.create(meeting, 'k'), json(404, {})).result).toEqual({ kind: 'refused', code: 'http-404' });
  });
});

describe('Retry-After', () => {
  const limitedWith = (headers: Record<string, string>) =>
    drive(provider.cancel('id', 'k'), json(429, {}, headers)).result;
  const date = 'Tue, 02 Jun 2026 07:00:00 GMT';

  it('is read in seconds', () => {
    expect(limitedWith({ 'retry-after': '90' })).toEqual({ kind: 'limited', retryAfterMs: 90_000 });
    expect(limitedWith({ 'retry-after': ' 0 ' })).toEqual({ kind: 'limited', retryAfterMs: 0 });
  });

  it('is read as a date, against the clock of the server that sent it', () => {
    const headers = { 'retry-after': 'Tue, 02 Jun 2026 07:02:00 GMT', date };
    expect(limitedWith(headers)).toEqual({ kind: 'limited', retryAfterMs: 120_000 });
  });

  it.each([
    ['a date that has passed', { 'retry-after': 'Tue, 02 Jun 2026 06:00:00 GMT', date }],
    ['a date without a Date beside it', { 'retry-after': 'Tue, 02 Jun 2026 07:02:00 GMT' }],
    ['a word', { 'retry-after': 'soon', date }],
    ['a negative number', { 'retry-after': '-5', date }],
  ])('that is %s tells nothing', (_name, headers) => {
    expect(limitedWith(headers)).toEqual({ kind: 'limited' });
  });
});

describe('a success that did not come from the API', () => {
  it.each(operations)('is no success of %s: a login page with status 200', (_name, begin) => {
    expect(drive(begin(provider), page).result).toEqual({ kind: 'unavailable' });
  });

  it.each(operations)('is no success of %s: XML with status 200', (_name, begin) => {
    const xml = { status: 200, headers: { 'content-type': 'application/xml' }, text: '<ok/>' };
    expect(drive(begin(provider), xml).result).toEqual({ kind: 'unavailable' });
  });

  it.each(operations)('is no success of %s: text that claims to be JSON', (_name, begin) => {
    const broken = { status: 200, headers: { 'content-type': 'application/json' }, text: '{"id":' };
    expect(drive(begin(provider), broken).result).toEqual({ kind: 'unavailable' });
  });

  it('is no create without a conference in it: it may exist all the same', () => {
    for (const answer of [json(201, {}), json(201, []), json(201, null), json(201, 'conf1'), nothing]) {
      expect(drive(provider.create(meeting, 'k'), answer).result).toEqual({ kind: 'unavailable' });
    }
  });

  it.each(operations.slice(1))('is a success of %s with an empty body', (_name, begin) => {
    expect(drive(begin(provider), nothing).result).toEqual({ kind: 'done' });
    expect(drive(begin(provider), { ...nothing, status: 200 }).result).toEqual({ kind: 'done' });
  });
});

describe('a create', () => {
  it('sends the meeting in local time with its zone, and the idempotency key', () => {
    const { request } = drive(provider.create(meeting, 'key-1'), nothing);
    expect(request).toEqual({
      method: 'POST',
      url: 'https://meet.example.com/v1/conferences',
      headers: { 'Idempotency-Key': 'key-1' },
      json: {
        title: 'Plan',
        start: { dateTime: '2026-06-02T09:00:00', timeZone: 'Europe/Zurich' },
        end: { dateTime: '2026-06-02T10:00:00', timeZone: 'Europe/Zurich' },
        recurrence: [],
      },
    });
  });

  it('gives back how to join', () => {
    const dialIn = [{ number: '+41 44 000 00 00', country: 'CH', pin: '123' }, { number: '+1 500' }];
    const made = { id: 'c1', joinUrl: 'https://meet.example.com/j/c1', passcode: 'p', dialIn };
    expect(drive(provider.create(meeting, 'k'), json(201, made)).result).toEqual({
      kind: 'created',
      conference: {
        id: 'c1',
        joinUrl: 'https://meet.example.com/j/c1',
        meetingCode: 'c1',
        passcode: 'p',
        phones: [{ number: '+41 44 000 00 00', region: 'CH', pin: '123' }, { number: '+1 500' }],
      },
    });
  });

  it('sends no idempotency key to an API that has no header for it', () => {
    const plain = restProvider({
      baseUrl: 'https://api.vendor.example',
      auth: { kind: 'none' },
      keeps: ['title'],
      create: { method: 'POST', path: '/rooms', body: ({ title }) => ({ title }), conference: () => undefined },
    });
    expect(drive(plain.create(meeting, 'key-1'), nothing).request.headers).toBeUndefined();
    expect(plain.capabilities).toEqual({
      keeps: ['title'],
      update: 'none',
      cancel: 'none',
      occurrences: 'none',
      idempotency: 'none',
    });
  });
});

describe('a change', () => {
  it('carries only the title when only the title changed', () => {
    const { request } = drive(provider.update('c1', meeting, ['title'], 'k'), nothing);
    expect(request).toMatchObject({ method: 'PATCH', json: { title: 'Plan' } });
    expect(Object.keys(request.json as object)).toEqual(['title']);
  });

  it('carries the whole schedule when a part of it changed, and nothing else', () => {
    const { request } = drive(provider.update('c1', meeting, ['recurrence'], 'k'), nothing);
    expect(Object.keys(request.json as object)).toEqual(['start', 'end', 'recurrence']);
  });

  it('addresses an occurrence by its slot', () => {
    const { request } = drive(provider.updateOccurrence('c1', occurrence, 'k'), nothing);
    expect(request).toMatchObject({
      method: 'PUT',
      url: 'https://meet.example.com/v1/conferences/c1/occurrences/2026-06-02T07%3A00%3A00Z',
    });
    const cancelled = drive(provider.updateOccurrence('c1', { slot: '2026-06-02' }, 'k'), nothing).request;
    expect(cancelled.json).toEqual({ status: 'cancelled' });
  });

  it('never lets an id reach out of its path', () => {
    const id = '../rooms?x=1#y/ä';
    for (const operation of [
      provider.update(id, meeting, ['title'], 'k'),
      provider.updateOccurrence(id, occurrence, 'k'),
      provider.cancel(id, 'k'),
    ]) {
      expect(drive<unknown>(operation, nothing).request.url).toMatch(
        /^https:\/\/meet\.example\.com\/v1\/conferences\/\.\.%2Frooms%3Fx%3D1%23y%2F%C3%A4(\/occurrences\/|$)/,
      );
    }
  });

  it('asks nothing of an API that cannot do it', () => {
    const plain = restProvider({
      baseUrl: 'https://api.vendor.example',
      auth: { kind: 'none' },
      keeps: [],
      create: { method: 'POST', path: '/rooms', body: () => ({}), conference: () => undefined },
    });
    for (const operation of [
      plain.update('c1', meeting, ['title'], 'k'),
      plain.updateOccurrence('c1', occurrence, 'k'),
      plain.cancel('c1', 'k'),
    ]) {
      expect(operation.next()).toEqual({ done: true, value: { kind: 'done' } });
    }
  });
});

describe('an API whose answers mean something else', () => {
  const odd = restProvider({
    baseUrl: 'https://api.vendor.example',
    auth: { kind: 'none' },
    keeps: ['title'],
    create: { method: 'POST', path: '/rooms', body: () => ({}), conference: () => undefined },
    cancel: { method: 'DELETE', path: (id) => `/rooms/${id}` },
    meaning: ({ status }) => (status === 400 ? { kind: 'gone' } : undefined),
  });

  it('is understood as it says, and else as usual', () => {
    expect(drive(odd.cancel('c1', 'k'), json(400, {})).result).toEqual({ kind: 'gone' });
    expect(drive(odd.cancel('c1', 'k'), json(401, {})).result).toEqual({ kind: 'unauthorised' });
  });
});
