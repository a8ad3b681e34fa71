/** What a declaration can say beside the plain case: several calls, headers, names of our own, text for people. */
import type { HttpAnswer, HttpRequest } from '../../src/ports/http';
import type { Operation } from '../../src/ports/provider';
import { type RestDeclaration, restProvider } from '../../src/providers/rest';
import { json } from '../support/fake-meet';
import { MEETING } from './samples';

const declared: RestDeclaration = {
  baseUrl: 'https://api.vendor.example',
  auth: { kind: 'none' },
  headers: { 'X-Version': '4' },
  keeps: ['title', 'description', 'time'],
  create: {
    method: 'POST',
    path: '/rooms',
    body: ({ title }, name) => ({ name, title }),
    namedByKey: true,
    conference: (answer, name) => ({ id: name, joinUrl: `https://vendor.example/${answer.slug ?? name}` }),
  },
  update: [
    { of: ['title'], method: 'PUT', path: (id) => `/rooms/${id}/title`, body: ({ title }) => ({ title }) },
    {
      of: ['description', 'time'],
      method: 'PUT',
      path: (id) => `/rooms/${id}/rest`,
      body: (_, fields, id) => ({ id, fields }),
    },
  ],
  cancel: { method: 'POST', path: () => '/end', body: (id) => ({ id }) },
};
const provider = restProvider(declared);

/** Runs an operation with these answers, one after the other. */
function run<Result>(operation: Operation<Result>, ...answers: HttpAnswer[]): { asked: HttpRequest[]; result: Result } {
  const asked: HttpRequest[] = [];
  let step = operation.next();
  while (step.done !== true) {
    asked.push(step.value);
    step = operation.next(answers[asked.length - 1] as HttpAnswer);
  }
  return { asked, result: step.value };
}

const ok = json(200, {});

describe('an update of several calls', () => {
  const all = ['title', 'description', 'time'] as const;
  const update = (...answers: HttpAnswer[]) => run(provider.update('a/b', MEETING, all, 'k'), ...answers);

  it('sends those whose fields changed, each once, in order', () => {
    const paths = (fields: readonly ('title' | 'description' | 'time')[]) =>
      run(provider.update('r', MEETING, fields, 'k'), ok, ok).asked.map(({ url }) => url.split('/').at(-1));
    expect(paths(all)).toEqual(['title', 'rest']);
    expect(paths(['time'])).toEqual(['rest']);
    expect(paths(['title'])).toEqual(['title']);
  });

  it('gives paths the id encoded, and bodies as it is', () => {
    const { asked } = update(ok, ok);
    expect(asked[1]).toMatchObject({ url: 'https://api.vendor.example/rooms/a%2Fb/rest', json: { id: 'a/b' } });
  });

  it('goes on after a refusal, and tells what was refused', () => {
    const { asked, result } = update(json(422, {}), ok);
    expect(asked).toHaveLength(2);
    expect(result).toEqual({ kind: 'done', refused: [{ field: 'title', code: 'http-422' }] });
  });

  it('leaves open what it was where a refused call was about several fields, a time, or nobody may', () => {
    expect(update(ok, json(400, {})).result).toEqual({ kind: 'refused', code: 'http-400' });
    expect(update(json(422, {}), json(400, {})).result).toEqual({ kind: 'refused', code: 'http-400' });
    expect(update(json(403, {}), ok).result).toEqual({ kind: 'refused', code: 'forbidden' });
    const time = provider.update('a/b', MEETING, ['time'], 'k');
    expect(run(time, json(422, {})).result).toEqual({ kind: 'refused', code: 'http-422' });
  });

  it('is refused when all of it was', () => {
    const { result } = run(provider.update('a/b', MEETING, ['title'], 'k'), json(422, {}));
    expect(result).toEqual({ kind: 'refused', code: 'http-422', of: ['title'] });
  });

  it.each([
    [401, 'unauthorised'],
    [404, 'gone'],
    [429, 'limited'],
    [503, 'unavailable'],
  ])('stops at %d: that would meet the others too', (status, kind) => {
    const { asked, result } = update(json(status, {}));
    expect(asked).toHaveLength(1);
    expect(result).toMatchObject({ kind });
  });

  it('that met a refusal and then an outage is not over', () => {
    expect(update(json(422, {}), json(503, {})).result).toEqual({ kind: 'unavailable' });
  });
});

describe('a conference that is named after the key', () => {
  it('is the same for the same key, so a create may be repeated', () => {
    expect(provider.capabilities.idempotency).toBe('key');
    const { asked, result } = run(provider.create(MEETING, 'word'), json(201, 0));
    expect(asked[0]).toMatchObject({ json: { name: 'word', title: 'Plan' } });
    expect(result).toEqual({ kind: 'created', conference: { id: 'word', joinUrl: 'https://vendor.example/word' } });
  });

  it('is none when the answer is no JSON', () => {
    const page = { status: 200, headers: { 'content-type': 'text/html' }, text: '<html></html>' };
    expect(run(provider.create(MEETING, 'word'), page).result).toEqual({ kind: 'unavailable' });
  });
});

describe('the address of a create', () => {
  it('may hold the name of the conference, encoded', () => {
    const path = (_meeting: unknown, key: string) => `/rooms/${key}`;
    const named = restProvider({ ...declared, create: { ...declared.create, method: 'PUT', path } });
    const [asked] = run(named.create(MEETING, 'word/1'), ok).asked;
    expect(asked).toMatchObject({ method: 'PUT', url: 'https://api.vendor.example/rooms/word%2F1' });
    expect(named.capabilities.idempotency).toBe('key');
  });
});

describe('headers and bodies', () => {
  it('go with every request', () => {
    const requests = [
      ...run(provider.create(MEETING, 'word'), ok).asked,
      ...run(provider.update('r', MEETING, ['title'], 'k'), ok).asked,
      ...run(provider.cancel('r', 'k'), ok).asked,
    ];
    expect(requests.map(({ headers }) => headers)).toEqual(Array(3).fill({ 'X-Version': '4' }));
    expect(requests.at(-1)).toMatchObject({ url: 'https://api.vendor.example/end', json: { id: 'r' } });
  });
});
