/** An update after which people join another way. */
import type { HttpAnswer } from '../../src/ports/http';
import { restProvider } from '../../src/providers/rest';
import { json } from '../support/fake-meet';
import { MEETING } from './samples';

const provider = restProvider({
  baseUrl: 'https://rooms.example/v1',
  auth: { kind: 'none' },
  keeps: ['title', 'time'],
  create: { method: 'POST', path: '/rooms', body: ({ title }) => ({ title }), conference: () => undefined },
  update: {
    method: 'PATCH',
    path: (id) => `/rooms/${id}`,
    body: ({ title }) => ({ title }),
    link: ({ id, newLink }) =>
      typeof newLink === 'string' ? { id: String(id), joinUrl: newLink, meetingCode: '7' } : undefined,
  },
});

function updated(answer: HttpAnswer): unknown {
  const operation = provider.update('r1', MEETING, ['title'], 'key');
  operation.next();
  return operation.next(answer).value;
}

describe('an update', () => {
  it('after which people join another way says how', () => {
    const link = { id: 'r1', joinUrl: 'https://rooms.example/new', meetingCode: '7' };
    expect(updated(json(200, { id: 'r1', newLink: link.joinUrl }))).toEqual({ kind: 'done', link });
  });

  it.each([
    ['says nothing of it', json(200, { id: 'r1' })],
    ['is about another room', json(200, { id: 'r2', newLink: 'https://rooms.example/new' })],
    ['is empty', { status: 204, headers: {}, text: '' }],
    ['is a list', json(200, [])],
  ])('whose answer %s changes no link', (_, answer) => {
    expect(updated(answer)).toEqual({ kind: 'done' });
  });

  it('that failed changes no link', () => {
    expect(updated(json(503, { id: 'r1', newLink: 'https://rooms.example/new' }))).toEqual({ kind: 'unavailable' });
  });
});
