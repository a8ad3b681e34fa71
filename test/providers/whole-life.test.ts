/** Jitsi, Nextcloud Talk and Whereby in one add-on: what happens to their conferences as events live and end. */

import type { EventHandle, Person } from '../../sandbox/editor/person';
import { NextcloudServer } from '../../sandbox/vendors/nextcloud/server';
import { WherebyServer } from '../../sandbox/vendors/whereby/server';
import { createWorld, type World } from '../../sandbox/whole-world';
import { Random } from '../../sandbox/world/random';
import { builtAddOn } from '../support/built-add-on';

/** Long enough for the hourly sweep, whenever it comes. */
const SWEPT_MS = 62 * 60_000;
const addOn = builtAddOn({
  jitsi: "jitsiMeet({ baseUrl: 'https://meet.example.org' })",
  talk: "nextcloudTalk({ baseUrl: 'https://cloud.example.com', user: 'calendar', scriptProperty: 'TALK_PASSWORD' })",
  whereby: "whereby({ scriptProperty: 'WHEREBY_KEY' })",
});

const TUESDAY = { summary: 'Design review', start: '2026-03-03T10:00:00', end: '2026-03-03T11:00:00' };
const LATER = {
  summary: 'Second review',
  description: '<b>All</b> of it',
  start: { dateTime: '2026-03-05T14:00:00', timeZone: 'Europe/Zurich' },
  end: { dateTime: '2026-03-05T15:00:00', timeZone: 'Europe/Zurich' },
};

let world: World;
let ana: Person;
let talk: NextcloudServer;
let rooms: WherebyServer;

beforeEach(() => {
  world = createWorld({ addOn });
  ana = world.addUser('ana@example.com', { timeZone: 'Europe/Zurich' });
  const { records, clock } = world;
  const shared = { records, clock, random: new Random('vendors') };
  talk = new NextcloudServer({ ...shared, user: 'calendar', appPasswords: new Set(['app-password']) });
  rooms = new WherebyServer({ ...shared, keys: new Set(['whereby-key']) });
  world.internet.add('cloud.example.com', talk);
  world.internet.add('api.whereby.dev', rooms);
  world.script.setScriptProperty('TALK_PASSWORD', 'app-password');
  world.script.setScriptProperty('WHEREBY_KEY', 'whereby-key');
});

const meets = (conference: string): EventHandle => {
  const event = ana.createsEvent({ ...TUESDAY, conference });
  world.settle();
  return event;
};
const linkOf = (event: EventHandle): string => {
  const points = event.conference?.entryPoints as Array<{ entryPointType: string; uri: string }>;
  return points.find(({ entryPointType }) => entryPointType === 'video')?.uri ?? '';
};
/** What went out to the vendors while `act` did. */
const exchangesIn = (act: () => void): string[] => {
  const before = world.trace.entries().at(-1)?.seq ?? 0;
  act();
  world.settle();
  world.advance(SWEPT_MS);
  return world.trace.entries(before).flatMap(({ kind, text }) => (kind === 'internet' ? [text] : []));
};

describe('an event with a conference of Nextcloud Talk', () => {
  it('carries its title, description and time to the conversation, from first to last', () => {
    const event = meets('talk');
    expect(talk.rooms()).toMatchObject([
      { name: 'Design review', lobbyTimer: Date.parse('2026-03-03T09:00:00Z') / 1_000 },
    ]);
    expect(linkOf(event)).toBe(`https://cloud.example.com/index.php/call/${talk.rooms()[0]?.token}`);
    ana.edits(event, LATER);
    world.settle();
    expect(talk.rooms()).toMatchObject([
      { name: 'Second review', description: 'All of it', lobbyTimer: Date.parse('2026-03-05T13:00:00Z') / 1_000 },
    ]);
    ana.deletes(event);
    world.settle();
    world.advance(SWEPT_MS);
    expect(talk.rooms()).toEqual([]);
  });

  it('is whole in the end although one of its requests met an outage', () => {
    const event = meets('talk');
    world.faults.next('internet.cloud.example.com', { kind: 'status', status: 503 }, 1, 1);
    ana.edits(event, LATER);
    world.settle();
    world.advance(SWEPT_MS);
    expect(talk.rooms()).toMatchObject([{ name: 'Second review', description: 'All of it' }]);
  });

  it('takes three waves for fifty events of which three fields changed, not 150 round trips', () => {
    const events = Array.from({ length: 50 }, () => ana.createsEvent({ ...TUESDAY, conference: 'talk' }));
    world.settle();
    world.advance(SWEPT_MS);
    world.faults.always('trigger', { kind: 'drop' });
    for (const event of events) ana.edits(event, LATER);
    world.settle();
    world.faults.clear('trigger');
    const before = world.trace.entries().at(-1)?.seq ?? 0;
    world.script.run(ana.email, 'syncEvents', [{ authMode: 'FULL', calendarId: ana.email }], 'trigger');
    const calls = world.trace.entries(before);
    expect(calls.filter(({ kind, text }) => kind === 'internet' && text.startsWith('PUT')).length).toBe(150);
    expect(
      calls.filter(({ kind, text }) => kind === 'service' && /^UrlFetchApp/.test(text)).map(({ text }) => text),
    ).toHaveLength(3);
    expect(talk.rooms().filter(({ name }) => name === 'Second review')).toHaveLength(50);
  }, 30_000);
});

describe('an event with a room of Jitsi', () => {
  it('gets a link that nobody can guess, keeps it, and never costs a request', () => {
    let event: EventHandle | undefined;
    expect(exchangesIn(() => (event = meets('jitsi')))).toEqual([]);
    const link = linkOf(event as EventHandle);
    expect(link).toMatch(/^https:\/\/meet\.example\.org\/[0-9a-f]{20}$/);
    expect(exchangesIn(() => ana.edits(event as EventHandle, LATER))).toEqual([]);
    expect(linkOf(event as EventHandle)).toBe(link);
    expect(exchangesIn(() => ana.deletes(event as EventHandle))).toEqual([]);
  });
});

describe('an event with a room of Whereby', () => {
  it('keeps its room through every change, and takes it along when it is deleted', () => {
    let event: EventHandle | undefined;
    expect(exchangesIn(() => (event = meets('whereby')))).toEqual(['POST api.whereby.dev/v1/meetings -> 201']);
    expect(linkOf(event as EventHandle)).toBe(rooms.meetings()[0]?.roomUrl);
    expect(exchangesIn(() => ana.edits(event as EventHandle, LATER))).toEqual([]);
    expect(exchangesIn(() => ana.deletes(event as EventHandle))).toEqual([expect.stringMatching(/^DELETE .* -> 204$/)]);
    expect(rooms.meetings()).toEqual([]);
  });
});
