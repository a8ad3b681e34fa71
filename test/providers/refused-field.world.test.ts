/** A service that refuses a field, behind the whole add-on: everything else arrives, and the card says what did not. */
import { Refusals } from '../../sandbox/vendors/refusals';
import { WebexServer } from '../../sandbox/vendors/webex/server';
import { ZoomServer } from '../../sandbox/vendors/zoom/server';
import { HOUR_MS, WEEKLY } from '../scenarios/stage';
import { stageOfEachTest } from './vendor-stage';
import { GRANT } from './wire';

const LATER = {
  start: { dateTime: '2026-03-04T14:00:00', timeZone: 'Europe/Zurich' },
  end: { dateTime: '2026-03-04T15:00:00', timeZone: 'Europe/Zurich' },
};
const hasSign = (text: string) => text.includes('<');
const isZurich = (zone: string) => zone === 'Europe/Zurich';

describe('Zoom', () => {
  let refusals: Refusals;
  const now = stageOfEachTest({
    name: 'zoom',
    host: 'api.zoom.us',
    tokenProperty: 'ZOOM_TOKEN',
    open: ({ records, clock, random }) => {
      refusals = new Refusals();
      return new ZoomServer({ records, clock, random: random.fork('zoom'), tokens: { [GRANT]: 'ana' }, refusals });
    },
  });
  const only = () => now().vendor.meetings()[0];
  const later = () => {
    now().world.settle();
    now().world.advance(2 * HOUR_MS);
  };
  const card = (event: { calendarId: string; eventId: string }) =>
    JSON.stringify(now().world.runCard(now().world.panel.event('ana@example.com', event)));

  it('that refuses a topic is told the new time and description', () => {
    const event = now().meets({});
    later();
    refusals.refuse('title', hasSign);
    now().newRequests();
    now().ana.edits(event, { ...LATER, summary: 'Review <draft>', description: 'New' });
    later();
    expect(only()).toMatchObject({ topic: 'Design review', agenda: 'New' });
    expect(new Date(only()?.startMs ?? 0).toISOString()).toBe('2026-03-04T13:00:00.000Z');
    expect(now().newRequests()).toHaveLength(2);
    expect(card(event)).toContain('refused this title (zoom-300), so it shows another one.');
  });

  it('that does not know the zone has a single meeting in UTC, and later times with it', () => {
    refusals.refuse('zone', isZurich);
    const event = now().meets({});
    later();
    expect(only()).toMatchObject({
      topic: 'Design review',
      timezone: 'UTC',
      startMs: Date.parse('2026-03-03T09:00:00Z'),
    });
    now().newRequests();
    now().ana.edits(event, LATER);
    later();
    expect(only()?.startMs).toBe(Date.parse('2026-03-04T13:00:00Z'));
    expect(now().newRequests()).toHaveLength(1);
    expect(card(event)).toContain('refused this time zone (zoom-300), so it shows the times in UTC.');
  });

  it('that does not know the zone of a series has it without fixed time', () => {
    refusals.refuse('zone', isZurich);
    const event = now().meets(WEEKLY);
    later();
    expect(only()).toMatchObject({ topic: 'Design review', type: 3 });
    expect(card(event)).toContain('does not have the dates of this series; its link serves all of them.');
  });
});

describe('Webex', () => {
  let refusals: Refusals;
  const now = stageOfEachTest({
    name: 'webex',
    host: 'webexapis.com',
    tokenProperty: 'WEBEX_TOKEN',
    open: ({ records, clock, random }) => {
      refusals = new Refusals();
      const tokens = { [GRANT]: 'ana@example.com' };
      return new WebexServer({ records, clock, random: random.fork('webex'), tokens, refusals });
    },
  });
  const only = () => now().vendor.meetings()[0];
  const invited = () => only()?.invitees.map(({ email }) => email);
  const later = () => {
    now().world.settle();
    now().world.advance(2 * HOUR_MS);
  };
  const card = (event: { calendarId: string; eventId: string }) =>
    JSON.stringify(now().world.runCard(now().world.panel.event('ana@example.com', event)));

  it('that refuses a title and an agenda is told the new time and the guests', () => {
    const event = now().meets({});
    later();
    refusals.refuse('title', hasSign);
    refusals.refuse('description', hasSign);
    const edits = { ...LATER, summary: '<draft>', description: '1 < 2', attendees: [{ email: 'ben@example.com' }] };
    now().ana.edits(event, edits);
    later();
    expect(only()).toMatchObject({ title: 'Design review', startMs: Date.parse('2026-03-04T13:00:00Z') });
    expect(invited()).toEqual(['ben@example.com']);
  });

  it('keeps its guests when the event turns private, and loses the title and the agenda', () => {
    const event = now().meets({ guests: ['ben@example.com'], fields: { description: 'Agenda' } });
    later();
    now().ana.edits(event, { visibility: 'private' });
    later();
    expect(only()).toMatchObject({ title: 'Meeting' });
    expect(only()?.agenda).toBeUndefined();
    expect(invited()).toEqual(['ben@example.com']);
    expect(card(event)).toContain('This event is private: its title and description are kept from');
    now().ana.edits(event, { visibility: 'default', attendees: [] });
    later();
    expect(only()).toMatchObject({ title: 'Design review', agenda: 'Agenda' });
    expect(invited()).toEqual([]);
  });

  it.each([
    ['all', ['ben@example.com', 'cleo@example.com']],
    ['lists', ['cleo@example.com']],
  ] as const)('uninvites nobody whom Google does not show, but whoever is gone: left out of %s', (leftOut, after) => {
    const event = now().meets({ guests: ['ben@example.com', 'cleo@example.com'] });
    later();
    now().world.switches.guestsLeftOut = leftOut;
    now().ana.edits(event, { summary: 'Renamed', attendees: [{ email: 'cleo@example.com' }] });
    later();
    expect(only()?.title).toBe('Renamed');
    expect(invited()).toEqual(after);
    if (leftOut === 'all') expect(card(event)).toContain('Google does not show all guests of this event');
  });
});
