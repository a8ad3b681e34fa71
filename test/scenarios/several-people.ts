/** Calendars that several people write, copies that other programs make, conferences that are not ours. */
import type { Scenario } from './stage';
import { DAY_MS, HOUR_MS, MINUTE_MS, SOLUTION, TUESDAY, underEach, WEEKLY } from './stage';

export const shared: Scenario[] = [
  {
    name: "a delegate's conference on somebody else's calendar follows its event, whoever edits it",
    play({ ana, ben, meeting, share, only, live, anHourLater }) {
      share(ana.email, ben);
      const event = meeting({ calendarId: ana.email, summary: 'Made by the delegate' }, ben);
      expect(only().title).toBe('Made by the delegate');
      ana.edits(event, { summary: 'Edited by the calendar owner' });
      anHourLater();
      expect(only().title).toBe('Edited by the calendar owner');
      ana.deletes(event);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'delegate and owner who both have the add-on do not act twice on one event',
    play({ ana, ben, world, meeting, share, api, titles, newWrites, anHourLater }) {
      share(ana.email, ben);
      const hers = meeting({ summary: 'Hers' });
      const his = ben.createsEvent({ ...TUESDAY, calendarId: ana.email, summary: 'His', conference: SOLUTION });
      anHourLater();
      newWrites();
      ana.edits(his, { summary: 'His, edited' });
      api(ben, 'events.patch', { calendarId: ana.email, eventId: hers.eventId }, { summary: 'Hers, edited' });
      world.settle();
      expect(newWrites().map(({ method }) => method)).toEqual(['PATCH', 'PATCH']);
      expect(titles()).toEqual(['Hers, edited', 'His, edited']);
    },
  },
  {
    name: 'a delegate who may no longer read the calendar leaves its conferences as they are, and says so',
    play({ ana, ben, world, meeting, share, api, titles, cardOf, anHourLater }) {
      share(ana.email, ben);
      meeting({ calendarId: ana.email, summary: 'Made by the delegate' }, ben);
      meeting({ summary: "Ben's own" }, ben);
      api(ana, 'acl.delete', { calendarId: ana.email, ruleId: `user:${ben.email}` });
      world.advance(2 * DAY_MS);
      expect(titles()).toEqual(["Ben's own", 'Made by the delegate']);
      expect(cardOf(ben)).toContain('1 calendar cannot be read any more; its conferences are left as they are.');
      share(ana.email, ben);
      anHourLater();
      expect(cardOf(ben)).not.toContain('cannot be read any more');
    },
  },
  {
    name: 'a calendar of which only free and busy times may be read ends nothing',
    play({ ana, ben, world, meeting, share, api, live, cardOf }) {
      share(ana.email, ben);
      meeting({ calendarId: ana.email }, ben);
      const rule = { role: 'freeBusyReader', scope: { type: 'user', value: ben.email } };
      api(ana, 'acl.update', { calendarId: ana.email, ruleId: `user:${ben.email}` }, rule);
      world.calendar.expireSyncTokens();
      world.advance(2 * DAY_MS);
      expect(live()).toHaveLength(1);
      expect(cardOf(ben)).toContain('cannot be read any more');
    },
  },
  {
    name: 'a copy that another program made of an event shares its conference, and the last one out ends it',
    play({ ana, meeting, api, only, live, anHourLater }) {
      const event = meeting();
      const { conferenceData, summary, start, end } = event.event;
      const params = { calendarId: ana.email, conferenceDataVersion: 1 };
      const copy = api(ana, 'events.insert', params, { conferenceData, summary: `${summary}, copied`, start, end });
      anHourLater();
      expect(only().title).toBe('Design review');
      ana.deletes(event);
      anHourLater();
      anHourLater();
      expect(only().title).toBe('Design review, copied');
      api(ana, 'events.delete', { calendarId: ana.email, eventId: copy.id });
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  },
  ...underEach([{ apiWritesFireTriggers: false }], {
    name: 'what another program edits, moves and deletes is followed within the hour',
    play({ ana, world, meeting, api, titles, live }) {
      const [edited, moved, deleted] = ['Edited', 'Moved', 'Deleted'].map((summary) => meeting({ summary }));
      const params = (event = edited) => ({ calendarId: ana.email, eventId: event?.eventId });
      api(ana, 'events.patch', params(edited), { summary: 'Edited by a program' });
      const [start, end] = ['15', '16'].map((hour) => ({ dateTime: `2026-03-04T${hour}:00:00+01:00` }));
      api(ana, 'events.patch', params(moved), { start, end });
      api(ana, 'events.delete', params(deleted));
      world.advance(2 * HOUR_MS + 10 * MINUTE_MS);
      expect(titles()).toEqual(['Edited by a program', 'Moved']);
      expect(live().find(({ title }) => title === 'Moved')?.start).toMatchObject({ dateTime: '2026-03-04T15:00:00' });
    },
  }),
  {
    name: 'a copy that another person made of an event lets them end nothing',
    play({ ana, ben, meeting, api, titles, anHourLater }) {
      meeting({ summary: 'So that Ben has the add-on, too' }, ben);
      const event = meeting();
      const { conferenceData, start, end } = event.event;
      const params = { calendarId: ben.email, conferenceDataVersion: 1 };
      const copy = api(ben, 'events.insert', params, { conferenceData, summary: 'Copied by Ben', start, end });
      anHourLater();
      api(ben, 'events.delete', { calendarId: ben.email, eventId: copy.id });
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['Design review', 'So that Ben has the add-on, too']);
      ana.deletes(event);
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['So that Ben has the add-on, too']);
    },
  },
  {
    name: "a conference of another vendor's add-on is left alone, also in an event that once had ours",
    play({ ana, world, meeting, newWrites, live, logged, anHourLater }) {
      const other = ana.createsEvent({ ...TUESDAY, summary: 'By another vendor' });
      const block = foreignBlock({});
      world.calendar.setConference(ana.email, other.calendarId, other.eventId, block);
      const event = meeting();
      newWrites();
      ana.edits(other, { summary: 'By another vendor, edited' });
      world.settle();
      world.calendar.setConference(ana.email, event.calendarId, event.eventId, block);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
      expect(newWrites().map(({ method }) => method)).toEqual(['DELETE']);
      ana.deletes(other);
      anHourLater();
      expect(newWrites()).toEqual([]);
      expect(logged('row-parked')).toEqual([]);
    },
  },
  {
    name: "a block that names one of our conferences but not its maker's mark moves nothing",
    play({ ana, ben, world, meeting, only, newWrites, anHourLater }) {
      meeting({ summary: 'So that Ben has the add-on, too' }, ben);
      const event = meeting();
      const conference = world.conferences.conferences().find(({ title }) => title === 'Design review');
      newWrites();
      const forged = ben.createsEvent({ ...TUESDAY, summary: 'Forged' });
      const parameters = { 'lockstep.solution': SOLUTION, 'lockstep.conference': conference?.id as string };
      world.calendar.setConference(ben.email, forged.calendarId, forged.eventId, foreignBlock(parameters));
      anHourLater();
      ben.deletes(forged);
      anHourLater();
      anHourLater();
      expect(newWrites()).toEqual([]);
      ana.edits(event, { summary: 'Still followed' });
      world.settle();
      expect(world.conferences.conferences().map(({ title }) => title)).toContain('Still followed');
      expect(() => only()).toThrow('2 conferences');
    },
  },
  {
    name: "a guest's own conference on an event they may modify replaces the organiser's and follows the event",
    play({ ana, ben, world, meeting, only, live, anHourLater }) {
      const event = meeting({ guests: [ben.email], fields: { guestsCanModify: true } });
      const old = only().id;
      ben.choosesConference(event, SOLUTION);
      anHourLater();
      anHourLater();
      expect(only().id).not.toBe(old);
      expect(event.conference?.conferenceId).toBe(only().id);
      ana.edits(event, { summary: 'Edited by the organiser' });
      world.settle();
      expect(only().title).toBe('Edited by the organiser');
      ben.deletes(event);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(1);
    },
  },
  {
    name: "a guest's own conference outlives the event; their home card names it, and ends it when they say so",
    play({ ana, ben, world, only, live, homeOf, anHourLater }) {
      const event = ana.createsEvent({ ...TUESDAY, guests: [ben.email], fields: { guestsCanModify: true } });
      ben.choosesConference(event, SOLUTION);
      anHourLater();
      const { id } = only();
      expect(JSON.stringify(homeOf(ben))).not.toContain('End it');
      ana.deletes(event);
      anHourLater();
      anHourLater();
      expect(only().id).toBe(id);
      const home = homeOf(ben);
      expect(JSON.stringify(home)).toContain(`Example Meet ${id}`);
      expect(JSON.stringify(homeOf(ana))).not.toContain(id);
      const click = world.panel.click(ben.email, home, 'End it');
      expect(JSON.stringify('opens' in click || world.runCard(click))).toContain('has ended.');
      expect(live()).toEqual([]);
      expect(JSON.stringify(homeOf(ben))).not.toContain('End it');
    },
  },
  ...underEach([{ tombstoneKeepsConference: true }], {
    name: "a delegate's conference ends when the owner of the calendar deletes its event",
    play({ ana, ben, meeting, share, only, live, anHourLater }) {
      share(ana.email, ben);
      const event = meeting({ calendarId: ana.email }, ben);
      expect(only().title).toBe('Design review');
      ana.deletes({ calendarId: ana.email, eventId: event.eventId });
      anHourLater();
      anHourLater();
      expect(live()).toEqual([]);
    },
  }),
  {
    name: 'an organiser and guests who all have the add-on: a series, an exception, an answer, a deletion, once each',
    play({ ana, ben, cleo, world, meeting, newWrites, titles, anHourLater }) {
      for (const person of [ben, cleo]) meeting({ summary: 'Has the add-on' }, person);
      const series = meeting({ ...WEEKLY, guests: [ben.email, cleo.email] });
      newWrites();
      ana.drags(ana.occurrence(series, '2026-03-17'), '2026-03-17T15:00:00+01:00', '2026-03-17T16:00:00+01:00', 'this');
      world.settle();
      ben.replies(series, 'accepted', 'all');
      world.settle();
      cleo.deletes(ben.occurrence(series, '2026-03-10'), 'this');
      anHourLater();
      anHourLater();
      expect(newWrites().map(({ method }) => method)).toEqual(['PUT']);
      ana.deletes(series, 'all');
      anHourLater();
      anHourLater();
      expect(newWrites().map(({ method }) => method)).toEqual(['DELETE']);
      expect(titles()).toEqual(['Has the add-on', 'Has the add-on']);
    },
  },
];

function foreignBlock(parameters: Record<string, string>) {
  return {
    conferenceId: 'abc-123',
    conferenceSolution: { key: { type: 'addOn' }, name: 'Another Vendor', iconUri: 'https://vendor.example/icon.png' },
    entryPoints: [{ entryPointType: 'video', uri: 'https://vendor.example/abc-123' }],
    parameters: { addOnParameters: { parameters } },
  };
}
