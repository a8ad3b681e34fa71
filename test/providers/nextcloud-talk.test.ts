import type { HttpAnswer } from '../../src/ports/http';
import { nextcloudTalk } from '../../src/providers/nextcloud-talk';
import { json } from '../support/fake-meet';
import { describeContract } from './contract';
import { openNextcloud, USER } from './nextcloud-vendor';
import { CHANGES, MEETING, SERIES } from './samples';
import { Wire } from './wire';

const options = { baseUrl: 'https://cloud.example.com', user: USER, scriptProperty: 'NEXTCLOUD_APP_PASSWORD' };
const provider = nextcloudTalk(options);
const MINUTE_MS = 60_000;

describeContract('nextcloudTalk', { provider, open: openNextcloud, leavesRoom: true });

/** A vendor with one conversation in it, and a wire to it. */
function withRoom(meeting = MEETING, of = provider, vendor = openNextcloud()) {
  const wire = new Wire(vendor.site);
  const outcome = wire.run(of.create(meeting, 'word-1'));
  if (outcome.kind !== 'created') throw new Error(outcome.kind);
  wire.sent.length = 0;
  return { vendor, wire, conference: outcome.conference };
}

describe('the lobby of a conversation', () => {
  it('opens by itself when the meeting begins', () => {
    const { vendor, conference } = withRoom();
    expect(vendor.lobby(conference.id)).toEqual({ state: 1, timer: Date.parse('2026-03-03T09:00:00Z') / 1_000 });
    vendor.clock.moveTo(Date.parse('2026-03-03T09:00:00Z'));
    expect(vendor.lobby(conference.id).state).toBe(0);
  });

  it('opens with the first meeting of a series, and stays open', () => {
    const { vendor, conference } = withRoom(SERIES);
    vendor.clock.moveTo(Date.parse('2026-03-10T08:00:00Z'));
    expect(vendor.lobby(conference.id).state).toBe(0);
    expect(provider.caveats?.(SERIES)).toEqual([
      'The lobby opens with the first meeting of the series, and stays open.',
    ]);
    expect(provider.caveats?.(MEETING)).toEqual([]);
    expect(nextcloudTalk({ ...options, lobby: 'none' }).caveats?.(SERIES)).toEqual([]);
  });

  it('closes again when the meeting is put off', () => {
    const { vendor, wire, conference } = withRoom();
    vendor.clock.moveTo(Date.parse('2026-03-03T09:05:00Z'));
    wire.run(provider.update(conference.id, { ...MEETING, ...CHANGES.time }, ['time'], 'u'));
    expect(vendor.lobby(conference.id).state).toBe(1);
  });

  it('opens for a whole day where that day begins first', () => {
    const day = (date: string) => ({ date, timeZone: 'Europe/Zurich' });
    const { vendor, conference } = withRoom({ ...MEETING, start: day('2026-03-04'), end: day('2026-03-05') });
    expect(vendor.lobby(conference.id).timer).toBe(Date.parse('2026-03-03T10:00:00Z') / 1_000);
  });

  it('is not there if the operator wants none, and no change of time costs a call', () => {
    const open = nextcloudTalk({ ...options, lobby: 'none' });
    const { vendor, conference } = withRoom(MEETING, open);
    expect(vendor.lobby(conference.id).state).toBe(0);
    expect(open.capabilities.keeps).toEqual(['title', 'description']);
  });

  it('comes with the first change from a Talk that takes none in a create', () => {
    const { vendor, wire, conference } = withRoom(MEETING, provider, openNextcloud({ olderThan211: true }));
    expect(vendor.lobby(conference.id).state).toBe(0);
    wire.run(provider.update(conference.id, { ...MEETING, ...CHANGES.time }, ['time'], 'u'));
    expect(vendor.lobby(conference.id).state).toBe(1);
  });
});

describe('a change of several fields', () => {
  const changed = { ...MEETING, ...CHANGES.title, ...CHANGES.description, ...CHANGES.time };
  const all = ['title', 'description', 'time'] as const;

  it('takes one request for each field, and none for others', () => {
    const { wire, conference } = withRoom();
    wire.run(provider.update(conference.id, changed, all, 'u'));
    expect(wire.sent.map(({ method, url }) => `${method} ${url.split('/api/v4')[1]}`)).toEqual([
      `PUT /room/${conference.id}`,
      `PUT /room/${conference.id}/description`,
      `PUT /room/${conference.id}/webinar/lobby`,
    ]);
  });

  it('brings the other fields although one is refused, and says so', () => {
    const { vendor, wire, conference } = withRoom();
    const outcome = wire.run(provider.update(conference.id, { ...changed, title: ' ' }, all, 'u'));
    expect(outcome).toEqual({ kind: 'done', refused: [{ field: 'title', code: 'talk-value' }] });
    expect(vendor.room(conference.id)).toMatchObject({ name: 'Plan', description: 'What came before' });
  });

  it('stops where the server has no answer, and is whole when it is said again', () => {
    const { vendor, wire, conference } = withRoom();
    wire.instead = ({ url }) => (url.endsWith('/description') ? json(503, {}) : undefined);
    expect(wire.run(provider.update(conference.id, changed, all, 'u'))).toEqual({ kind: 'unavailable' });
    expect(wire.sent).toHaveLength(2);
    wire.instead = () => undefined;
    expect(wire.run(provider.update(conference.id, changed, all, 'u'))).toEqual({ kind: 'done' });
    expect(vendor.room(conference.id)).toMatchObject({ name: 'Another plan', description: 'What came before' });
  });

  it('stops at the first wrong password: more of them would lock the whole address out', () => {
    const { vendor, wire, conference } = withRoom();
    vendor.revoke();
    expect(wire.run(provider.update(conference.id, changed, all, 'u'))).toEqual({ kind: 'unauthorised' });
    expect(wire.sent).toHaveLength(1);
  });
});

describe('what Nextcloud answers', () => {
  const answered = (answer: HttpAnswer) => {
    const wire = new Wire(openNextcloud().site);
    wire.instead = () => answer;
    return {
      create: () => wire.run(provider.create(MEETING, 'k')),
      cancel: () => wire.run(provider.cancel('abcd', 'k')),
    };
  };
  const room = (status: number) => json(status, { ocs: { meta: {}, data: { token: 'abcd1234' } } });

  it.each([200, 201, 202])('with %d to a create is a conversation', (status) => {
    expect(answered(room(status)).create()).toMatchObject({ kind: 'created', conference: { id: 'abcd1234' } });
  });

  it('is no conversation when its token would lead elsewhere', () => {
    const odd = json(201, { ocs: { meta: {}, data: { token: '../login' } } });
    expect(answered(odd).create()).toEqual({ kind: 'unavailable' });
  });

  it('to the cancel of a preserved conversation is a refusal by that name', () => {
    const { vendor, wire, conference } = withRoom();
    vendor.server.preserve(conference.id);
    expect(wire.run(provider.cancel(conference.id, 'k'))).toEqual({ kind: 'refused', code: 'talk-preserved', of: [] });
    expect(vendor.count()).toBe(1);
  });

  it('to somebody without the right to make conversations is a refusal', () => {
    const denied = json(403, { ocs: { meta: {}, data: { error: 'permissions' } } });
    expect(answered(denied).create()).toEqual({ kind: 'refused', code: 'forbidden' });
  });

  it('after too many wrong passwords is that everybody waits half an hour', () => {
    const { vendor, wire, conference } = withRoom();
    vendor.revoke();
    const outcomes = Array.from({ length: 12 }, () => wire.run(provider.cancel(conference.id, 'k')));
    expect(outcomes.slice(0, 11)).toEqual(Array(11).fill({ kind: 'unauthorised' }));
    expect(outcomes[11]).toEqual({ kind: 'limited', retryAfterMs: 30 * MINUTE_MS });
    vendor.clock.moveTo(vendor.clock.nowMs() + 30 * MINUTE_MS);
    expect(wire.run(provider.cancel(conference.id, 'k'))).toEqual({ kind: 'unauthorised' });
  });
});

describe('the address of a Nextcloud', () => {
  it.each([
    ['https://cloud.example.com', false, 'https://cloud.example.com/index.php/call/'],
    ['https://cloud.example.com/index.php', false, 'https://cloud.example.com/index.php/call/'],
    ['https://cloud.example.com', true, 'https://cloud.example.com/call/'],
    ['https://example.com/cloud', false, 'https://example.com/cloud/index.php/call/'],
  ])('%s, pretty links: %s, gives links that begin with %s', (baseUrl, prettyLinks, begin) => {
    const folder = baseUrl.endsWith('/cloud') ? '/cloud' : '';
    const of = nextcloudTalk({ ...options, baseUrl, prettyLinks });
    const { conference } = withRoom(MEETING, of, openNextcloud({ folder }));
    expect(conference.joinUrl).toBe(begin + conference.id);
  });
});

describe('the texts of a conversation', () => {
  it('are cut to what Talk takes, and a description has no tags', () => {
    const description = `<p>Agenda &amp; more</p><ul><li>a</li><li>b</li></ul>${'x'.repeat(3_000)}`;
    const { vendor, conference } = withRoom({ ...MEETING, title: '🙂'.repeat(200), description });
    const { name, description: kept } = vendor.room(conference.id);
    expect(name).toBe('🙂'.repeat(127));
    expect(kept).toHaveLength(2_000);
    expect(kept.startsWith('Agenda & more\na\nb\nxxx')).toBe(true);
  });
});
