/** Guests of whom Google shows some only: vendors that take the whole list keep those whom they have. */
import type { Meeting } from '../../src/core/meeting';
import { restProvider } from '../../src/providers/rest';
import { teams } from '../../src/providers/teams';
import { zoom } from '../../src/providers/zoom';
import { MEETING } from './samples';
import { openTeams } from './teams-vendor';
import { Wire } from './wire';
import { openZoom } from './zoom-vendor';

const auth = { kind: 'bearer', scriptProperty: 'TOKEN' } as const;
const guest = (name: string) => ({ email: `${name}@example.com`, optional: false });
const WHOLE: Meeting = { ...MEETING, guests: [guest('ben'), guest('cleo')] };
const SOME: Meeting = { ...MEETING, guests: [guest('cleo'), guest('dan')], untold: ['guests'] };
const ALL = ['ben@example.com', 'cleo@example.com', 'dan@example.com'];

const emailsIn = (invitees: unknown) => (invitees as Array<{ email: string }>).map(({ email }) => email);

const vendors = {
  Zoom: () => {
    const { site } = openZoom();
    const kept = () => site.meetings().flatMap(({ settings }) => emailsIn(settings.meeting_invitees));
    return { provider: zoom({ auth, invitees: true }), wire: new Wire(site), kept };
  },
  Teams: () => {
    const { site } = openTeams();
    return {
      provider: teams({ auth, attendees: true }),
      wire: new Wire(site),
      kept: () => site.meetings()[0]?.attendees.map(({ upn }) => upn),
    };
  },
};

describe.each(Object.entries(vendors))('%s', (_name, open) => {
  function stage() {
    const { provider, wire, kept } = open();
    const made = wire.run(provider.create(WHOLE, 'k'));
    if (made.kind !== 'created') throw new Error(made.kind);
    wire.sent.splice(0);
    return { provider, wire, kept, id: made.conference.id };
  }

  it('is told those who are shown beside those it has', () => {
    const { provider, wire, kept, id } = stage();
    expect(wire.run(provider.update(id, SOME, ['guests'], 'u'))).toEqual({ kind: 'done' });
    expect(kept()?.sort()).toEqual(ALL);
  });

  it('is told who they are now, and asked nothing, when all are shown', () => {
    const { provider, wire, kept, id } = stage();
    wire.run(provider.update(id, { ...SOME, untold: [] }, ['guests'], 'u'));
    expect(kept()?.sort()).toEqual(['cleo@example.com', 'dan@example.com']);
    expect(wire.sent).toHaveLength(1);
  });

  it.each([
    [503, 'unavailable'],
    [429, 'limited'],
  ])('is told nothing when whom it has is not known: %d', (status, kind) => {
    const { provider, wire, id } = stage();
    wire.instead = () => ({ status, headers: {}, text: '' });
    expect(wire.run(provider.update(id, SOME, ['guests'], 'u'))).toMatchObject({ kind });
    expect(wire.sent.map(({ method }) => method)).toEqual(['GET']);
  });

  it('is told nothing when its answer is no meeting', () => {
    const { provider, wire, id } = stage();
    wire.instead = () => ({ status: 200, headers: { 'content-type': 'application/json' }, text: '{}' });
    expect(wire.run(provider.update(id, SOME, ['guests'], 'u'))).toEqual({ kind: 'unavailable' });
  });
});

it('a vendor by declaration whose meetings are replaced as a whole is told nothing: it would lose those it has', () => {
  const provider = restProvider({
    baseUrl: 'https://api.vendor.example/v1',
    auth: { kind: 'none' },
    keeps: ['title', 'guests'],
    create: { method: 'POST', path: '/rooms', body: () => ({}), conference: () => undefined },
    update: { method: 'PUT', path: (id) => `/rooms/${id}`, body: ({ title, guests }) => ({ title, guests }) },
  });
  const outcome = provider.update('r', SOME, ['title'], 'k').next();
  expect(outcome).toEqual({ done: true, value: { kind: 'refused', code: 'guests-not-shown', of: [] } });
  expect(provider.update('r', WHOLE, ['title'], 'k').next().done).toBe(false);
});
