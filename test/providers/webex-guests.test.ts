/** Guests at Webex are no part of an update: who is new, who left, and whom Webex does not take. */
import { webex } from '../../src/providers/webex';
import { MEETING } from './samples';
import { webexGuests as guests, webexStage } from './webex-vendor';

const provider = webex({ auth: { kind: 'bearer', scriptProperty: 'WEBEX_TOKEN' } });
const stage = () => webexStage(provider);

describe('an update at Webex', () => {
  it('of guests adds and removes those that differ', () => {
    const { create, wire, meeting, newRequests } = stage();
    const { id } = create({ ...MEETING, guests: guests(3) });
    newRequests();
    const changed = { ...MEETING, guests: [...guests(2), ...guests(1, 'new')] };
    expect(wire.run(provider.update(id, changed, ['guests'], 'u'))).toEqual({ kind: 'done' });
    expect(newRequests().map(([method]) => method)).toEqual(['GET', 'DELETE', 'POST']);
    expect(meeting(id).invitees.map(({ email }) => email)).toEqual(changed.guests.map(({ email }) => email));
  });

  it('of new guests adds a hundred at once', () => {
    const { create, wire, meeting, newRequests } = stage();
    const { id } = create({ ...MEETING, guests: [] });
    newRequests();
    const changed = { ...MEETING, guests: guests(200) };
    expect(wire.run(provider.update(id, changed, ['title', 'guests'], 'u'))).toEqual({ kind: 'done' });
    expect(newRequests().map(([method, path]) => `${method} ${String(path).split('?')[0]}`)).toEqual([
      `PATCH /meetings/${id}`,
      'GET /meetingInvitees',
      'POST /meetingInvitees/bulkInsert',
      'POST /meetingInvitees/bulkInsert',
    ]);
    expect(meeting(id).invitees).toHaveLength(200);
  });

  it('of more guests who left than a round has requests for goes on, and says what is left', () => {
    const { create, wire, meeting } = stage();
    const { id } = create({ ...MEETING, guests: guests(60) });
    const changed = { ...MEETING, guests: guests(1) };
    const round = () => wire.run(provider.update(id, changed, ['guests'], 'u'));
    expect([round(), round(), round()]).toEqual([
      { kind: 'progress', left: ['guests'] },
      { kind: 'progress', left: ['guests'] },
      { kind: 'done' },
    ]);
    expect(meeting(id).invitees).toHaveLength(1);
  });

  it('of a guest whom Webex refuses invites all others, and is refused then', () => {
    const { create, wire, meeting } = stage();
    const { id } = create();
    const [bad, worse] = ['nobody', 'no one@nowhere'].map((email) => ({ email, optional: false }));
    const changed = { ...MEETING, guests: [...guests(40), bad!, ...guests(40, 'more'), worse!] };
    const outcomes: string[] = [];
    for (let round = 0; round < 5 && !outcomes.includes('refused'); round++) {
      outcomes.push(wire.run(provider.update(id, changed, ['guests'], 'u')).kind);
    }
    expect(outcomes.slice(0, -1).every((kind) => kind === 'progress')).toBe(true);
    expect(outcomes.at(-1)).toBe('refused');
    expect(meeting(id).invitees).toHaveLength(80);
  });

  it('of guests none of whom Webex takes is refused, and does not go on for ever', () => {
    const { create, wire } = stage();
    const { id } = create({ ...MEETING, guests: [] });
    const changed = {
      ...MEETING,
      guests: Array.from({ length: 90 }, (_, i) => ({ email: `nobody${i}`, optional: false })),
    };
    expect(wire.run(provider.update(id, changed, ['guests'], 'u'))).toMatchObject({ kind: 'refused' });
  });

  it('of a guest who was invited meanwhile is done', () => {
    const { create, wire } = stage();
    const { id } = create();
    wire.instead = ({ method, url }) =>
      method === 'GET' && url.includes('/meetingInvitees')
        ? { status: 200, headers: { 'content-type': 'application/json' }, text: JSON.stringify({ items: [] }) }
        : undefined;
    const changed = { ...MEETING, guests: guests(3) };
    wire.run(provider.update(id, { ...MEETING, guests: guests(1) }, ['guests'], 'u'));
    expect(wire.run(provider.update(id, changed, ['guests'], 'u'))).toEqual({ kind: 'done' });
  });

  it.each([
    [429, { 'retry-after': '30' }, { kind: 'limited', retryAfterMs: 30_000, left: ['guests'] }],
    [503, {}, { kind: 'unavailable', left: ['guests'] }],
    [401, {}, { kind: 'unauthorised' }],
  ])('that is stopped by a %i among the guests has told all else', (status, headers, outcome) => {
    const { create, wire } = stage();
    const { id } = create();
    wire.instead = ({ method }) => (method === 'POST' ? { status, headers, text: '' } : undefined);
    const changed = { ...MEETING, title: 'Told', guests: guests(3) };
    expect(wire.run(provider.update(id, changed, ['title', 'guests'], 'u'))).toEqual(outcome);
  });

  it('sees guests beyond the first page', () => {
    const { create, wire, newRequests } = stage();
    const meeting = { ...MEETING, guests: guests(250) };
    const { id } = create(meeting);
    newRequests();
    expect(wire.run(provider.update(id, meeting, ['guests'], 'u'))).toEqual({ kind: 'done' });
    expect(newRequests().map(([method]) => method)).toEqual(['GET', 'GET', 'GET']);
  });
});
