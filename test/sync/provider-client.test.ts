import type { HttpAnswer, HttpPort, HttpRequest } from '../../src/ports/http';
import type { Operation } from '../../src/ports/provider';
import { startBudget } from '../../src/sync/budget';
import { runOperations } from '../../src/sync/provider-client';
import { NOW_MS } from '../support/core-world';
import { json, type Scripted } from '../support/fake-meet';
import { FakeClock } from '../support/fake-platform';

type Result = { kind: string; asked?: number };

const get = (url: string): HttpRequest => ({ method: 'GET', url: `https://meet.example.com/${url}` });

function* asks(name: string, times: number): Operation<Result> {
  for (let i = 0; i < times; i++) yield get(`${name}/${i}`);
  return { kind: 'done', asked: times };
}

function run(operations: Array<Operation<Result>>, answer: (request: HttpRequest) => Scripted = () => json(200, {})) {
  const clock = new FakeClock(NOW_MS);
  const waves: string[][] = [];
  let waveMs = 0;
  const http: HttpPort = {
    sendAll(requests) {
      waves.push(requests.map(({ provider, request }) => `${provider} ${request.url.slice(25)}`));
      clock.advance(waveMs);
      return requests.map(({ request }) => answer(request));
    },
  };
  const take = (ms: number) => {
    waveMs = ms;
  };
  const go = () =>
    runOperations<Result>(
      operations.map((operation) => ({ provider: 'meet', operation })),
      http,
      startBudget(clock),
    );
  return { waves, take, go };
}

describe('the provider client', () => {
  it('advances fifty operations of three requests each in three waves', () => {
    const { waves, go } = run(Array.from({ length: 50 }, (_, i) => asks(`op${i}`, 3)));
    expect(go()).toEqual(Array.from({ length: 50 }, () => ({ kind: 'done', asked: 3 })));
    expect(waves.map((wave) => wave.length)).toEqual([50, 50, 50]);
    expect(waves[1]?.[7]).toBe('meet op7/1');
  });

  it('gives every operation the answer to its own request, and the results in their order', () => {
    function* echo(name: string): Operation<Result> {
      const answer: HttpAnswer = yield get(name);
      return { kind: JSON.parse(answer.text) as string };
    }
    const { go } = run(
      ['a', 'b', 'c'].map((name) => echo(name)),
      ({ url }) => json(200, url.slice(25)),
    );
    expect(go().map(({ kind }) => kind)).toEqual(['a', 'b', 'c']);
  });

  it('sends nothing when nothing is asked', () => {
    const { waves, go } = run([asks('op', 0)]);
    expect(go()).toEqual([{ kind: 'done', asked: 0 }]);
    expect(waves).toEqual([]);
  });

  it('ends an operation that throws as refused, and goes on with the others', () => {
    // biome-ignore lint/correctness/useYield: it throws before its first request.
    function* early(): Operation<Result> {
      throw new Error('mapping');
    }
    function* late(): Operation<Result> {
      yield get('late');
      throw new Error('mapping');
    }
    const { go } = run([early(), asks('op', 2), late()]);
    const refused = { kind: 'refused', code: 'provider-threw' };
    expect(go()).toEqual([refused, { kind: 'done', asked: 2 }, refused]);
  });

  it('ends an operation whose request got no answer as unavailable, and goes on with the others', () => {
    const { waves, go } = run([asks('bad', 2), asks('good', 2)], ({ url }) =>
      url.includes('bad') ? { fault: 'no answer' } : json(200, {}),
    );
    expect(go()).toEqual([{ kind: 'unavailable' }, { kind: 'done', asked: 2 }]);
    expect(waves).toEqual([['meet bad/0', 'meet good/0'], ['meet good/1']]);
  });

  it.each<[string, Scripted, Result & { undone?: true }]>([
    ['was never sent, as undone', { fault: 'not sent', undone: true }, { kind: 'unavailable', undone: true }],
    [
      'lacks a grant, as unauthorised',
      { fault: 'no grant', undone: true, unauthorised: true },
      { kind: 'unauthorised' },
    ],
    ['may have been carried out, as unavailable', { fault: 'no answer', unauthorised: true }, { kind: 'unavailable' }],
  ])('ends an operation whose first request %s', (_name, fault, ended) => {
    const { go } = run([asks('bad', 2), asks('good', 1)], ({ url }) => (url.includes('bad') ? fault : json(200, {})));
    expect(go()).toEqual([ended, { kind: 'done', asked: 1 }]);
  });

  it('knows nothing of how an operation ended whose second request was never sent: the first one was', () => {
    const { go } = run([asks('op', 2)], ({ url }) =>
      url.endsWith('1') ? { fault: 'no grant', undone: true, unauthorised: true } : json(200, {}),
    );
    expect(go()).toEqual([{ kind: 'unavailable' }]);
  });

  it('ends what is open as out of our own time when the budget is spent', () => {
    const { waves, take, go } = run([asks('short', 1), asks('long', 9)]);
    take(11_000);
    expect(go()).toEqual([
      { kind: 'done', asked: 1 },
      { kind: 'unavailable', outOfTime: true },
    ]);
    expect(waves).toHaveLength(2);
  });

  it('ends an operation that never comes to an end', () => {
    const { waves, go } = run([asks('endless', 1_000)]);
    expect(go()).toEqual([{ kind: 'unavailable' }]);
    expect(waves).toHaveLength(40);
  });
});
