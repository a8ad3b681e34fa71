/** Acme Rooms: everything that every provider does, and an event's whole life in the sandbox. */

import { createWorld } from '../../../sandbox/whole-world';
import type { HttpExchange, HttpReply, Site } from '../../../sandbox/world/exchange';
import { builtAddOn } from '../../support/built-add-on';
import { describeContract, type Vendor } from '../contract';
import { GRANT } from '../wire';
import { acmeRooms } from './acme-rooms';

/** The vendor as its API page describes it: stateful, strict, and of our own making. */
class AcmeRoomsServer implements Site {
  readonly meetings = new Map<string, Record<string, unknown>>();
  token = GRANT;
  private made = 0;

  handle({ method, url, headers, body }: HttpExchange): HttpReply {
    if (headers.authorization !== `Bearer ${this.token}`) return reply(401, { error: 'token' });
    const id = /^\/v1\/meetings\/([^/]+)$/.exec(new URL(url).pathname)?.[1];
    const given = JSON.parse(body ?? '{}') as Record<string, unknown>;
    if (method === 'POST' && id === undefined) return this.keep(`m${++this.made}`, given, 201);
    const meeting = this.meetings.get(id ?? '');
    if (id === undefined || meeting === undefined) return reply(404, { error: 'no such meeting' });
    if (method === 'PATCH') return this.keep(id, { ...meeting, ...given }, 200);
    if (method !== 'DELETE') return reply(405, { error: 'method' });
    this.meetings.delete(id);
    return { status: 204, headers: {}, body: '' };
  }

  private keep(id: string, meeting: Record<string, unknown>, status: number): HttpReply {
    const whole = { ...meeting, id, joinUrl: `https://acme-rooms.example/j/${id}` };
    this.meetings.set(id, whole);
    return reply(status, whole);
  }
}

function reply(status: number, value: unknown): HttpReply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

const OPTIONS = {
  baseUrl: 'https://api.acme-rooms.example/v1',
  auth: { kind: 'bearer', scriptProperty: 'ACME_ROOMS_TOKEN' },
} as const;

function open(): Vendor {
  const site = new AcmeRoomsServer();
  return {
    site,
    count: () => site.meetings.size,
    revoke: () => {
      site.token = 'another';
    },
    kept(id) {
      const meeting = site.meetings.get(id);
      return meeting && { title: meeting.name, time: [meeting.startsAt, meeting.endsAt] };
    },
  };
}

describeContract('acmeRooms', { provider: acmeRooms(OPTIONS), open });

describe('an event with a conference of Acme Rooms', () => {
  it('takes it along from its first title to its end', () => {
    const site = new AcmeRoomsServer();
    const names = () => [...site.meetings.values()].map(({ name }) => name);
    const expression = `acmeRooms(${JSON.stringify(OPTIONS)})`;
    const world = createWorld({ addOn: builtAddOn({ room: expression }, { acmeRooms: `${__dirname}/acme-rooms` }) });
    world.internet.add(new URL(OPTIONS.baseUrl).host, site);
    world.script.setScriptProperty('ACME_ROOMS_TOKEN', GRANT);
    const ana = world.addUser('ana@example.com', { timeZone: 'Europe/Zurich' });
    const time = { start: '2026-03-03T10:00:00', end: '2026-03-03T11:00:00' };
    const event = ana.createsEvent({ summary: 'Review', ...time, conference: 'room' });
    world.settle();
    expect(names()).toEqual(['Review']);
    ana.edits(event, { summary: 'Second review' });
    world.settle();
    expect(names()).toEqual(['Second review']);
    ana.deletes(event);
    world.settle();
    world.advance(62 * 60_000); // the grace period, and the hourly sweep
    expect(names()).toEqual([]);
  }, 30_000);
});
