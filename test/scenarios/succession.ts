/** People who leave, and what becomes of the events that they hand over. */
import type { EventHandle } from '../../sandbox/editor/person';
import type { JsonObject } from '../../sandbox/world/json';
import type { Scenario, Stage } from './stage';
import { DAY_MS, HOUR_MS, SOLUTION, TUESDAY, underEach, WEEKLY } from './stage';

/** Ana's account ends, and Ben, who made a conference for her there, is given her events in a new calendar of his. */
function anaLeaves({ ana, ben, world }: Stage, event: EventHandle): { calendarId: string; eventId: string } {
  const calendarId = world.removeUser(ana.email, ben.email) as string;
  world.advance(2 * HOUR_MS);
  const { items } = world.calendar.handle(ben.email, { method: 'events.list', params: { calendarId } }).body as {
    items: Array<{ id: string; iCalUID: string }>;
  };
  const found = items.find(({ iCalUID }) => iCalUID === `${event.eventId}@google.com`);
  return { calendarId, eventId: found?.id as string };
}

function madeForAna({ ana, ben, share, meeting }: Stage): EventHandle {
  share(ana.email, ben);
  return meeting({ calendarId: ana.email, guests: ['cleo@example.com'] }, ben);
}

/** Ana's address is changed by her administrator: where her event is now, and herself under the new one. */
function anaIsRenamed({ ana, world }: Stage, { eventId }: EventHandle) {
  const anna = world.renameUser(ana.email, 'anna@example.com');
  return { anna, there: { calendarId: anna.email, eventId } };
}

export const succession: Scenario[] = [
  ...underEach([{ formerAddressAnswers: true }], {
    name: 'an event goes on being followed, and ends, when the address of its organiser is changed',
    play(stage) {
      const { only, live, meeting, anHourLater } = stage;
      const { anna, there } = anaIsRenamed(stage, meeting());
      anHourLater();
      anna.edits(there, { summary: 'Under a new name' });
      anHourLater();
      anHourLater();
      expect(only().title).toBe('Under a new name');
      anna.deletes(there);
      anHourLater();
      anHourLater();
      anHourLater();
      expect(live()).toEqual([]);
    },
  }),
  ...underEach([{ formerAddressAnswers: true }], {
    name: 'what was told of a series and its occurrences is not told again under another address, and new conferences join in',
    play(stage) {
      const { world, meeting, titles, live, newWrites, cardOf } = stage;
      const series = meeting({ ...WEEKLY, summary: 'Weekly' });
      const { anna, there } = anaIsRenamed(stage, series);
      world.advance(3 * HOUR_MS);
      newWrites();
      anna.drags(anna.occurrence(there, '2026-03-10'), '2026-03-11T10:00:00', '2026-03-11T11:00:00');
      world.advance(2 * HOUR_MS);
      expect(newWrites().map(({ method }) => method)).toEqual(['PUT']);
      anna.createsEvent({ ...TUESDAY, summary: 'New', conference: SOLUTION });
      world.settle();
      expect(titles()).toEqual(['New', 'Weekly']);
      expect(cardOf(anna)).toContain('2 conferences in step with your events.');
      anna.deletes(there, 'all');
      world.advance(3 * HOUR_MS);
      expect(live().map(({ title }) => title)).toEqual(['New']);
    },
  }),
  ...underEach([{ formerAddressAnswers: true }], {
    name: 'a change of address alone ends nothing and changes nothing at the provider',
    play(stage) {
      const { world, live, meeting, newWrites, anHourLater } = stage;
      anaIsRenamed(stage, meeting(WEEKLY));
      newWrites();
      for (let hour = 0; hour < 5; hour++) anHourLater();
      world.advance(2 * DAY_MS);
      expect(live()).toHaveLength(1);
      expect(newWrites()).toEqual([]);
    },
  }),
  ...underEach([{ moveKeepsId: false }], {
    name: 'a conference outlives the account of its maker, when its event is handed to a successor',
    play({ ana, ben, cleo, world, meeting, only, anHourLater }) {
      const event = meeting({ guests: [cleo.email] });
      const calendarId = world.removeUser(ana.email, ben.email) as string;
      anHourLater();
      world.advance(2 * DAY_MS);
      const { items } = world.calendar.handle(ben.email, { method: 'events.list', params: { calendarId } }).body as {
        items: JsonObject[];
      };
      expect(items).toMatchObject([{ summary: 'Design review', conferenceData: { conferenceId: only().id } }]);
      expect(cleo.sees({ calendarId: cleo.email, eventId: items[0]?.id as string })).toMatchObject({
        conferenceData: { conferenceId: only().id },
      });
      expect(event.eventId === items[0]?.id).toBe(world.switches.moveKeepsId);
    },
  }),
  {
    name: 'an event that comes to a successor is followed there as soon as they look at it',
    play(stage) {
      const { ben, world, only, live, cardOf, eventCardOf, anHourLater, newWrites } = stage;
      const there = anaLeaves(stage, madeForAna(stage));
      expect(cardOf(ben)).toContain('1 calendar cannot be read any more; its conferences are left as they are.');
      expect(cardOf(ben)).not.toContain('1 conference in step');
      newWrites();
      eventCardOf(there, ben);
      anHourLater();
      expect(newWrites()).toEqual([]);
      ben.edits(there, { summary: 'Taken over' });
      anHourLater();
      expect(only().title).toBe('Taken over');
      expect(cardOf(ben)).toContain('1 conference in step with your events.');
      ben.deletes(there);
      anHourLater();
      world.advance(2 * HOUR_MS);
      expect(live()).toEqual([]);
    },
  },
  {
    name: 'an event that comes to a successor under another id keeps its conference, whatever becomes of it there',
    options: { switches: { moveKeepsId: false } },
    play(stage) {
      const { ben, world, only, eventCardOf, anHourLater } = stage;
      const there = anaLeaves(stage, madeForAna(stage));
      eventCardOf(there, ben);
      anHourLater();
      ben.deletes(there);
      anHourLater();
      world.advance(2 * DAY_MS);
      expect(only().title).toBe('Design review');
    },
  },
  {
    name: 'an event of a successor with the conference of somebody else is not followed',
    play(stage) {
      const { ana, ben, world, meeting, share, eventCardOf, anHourLater, titles } = stage;
      share(ana.email, ben);
      meeting({ calendarId: ana.email, summary: "Ben's" }, ben);
      const hers = meeting({ summary: 'Hers', guests: ['cleo@example.com'] });
      const there = anaLeaves(stage, hers);
      eventCardOf(there, ben);
      anHourLater();
      ben.edits(there, { summary: 'Taken over' });
      anHourLater();
      expect(titles()).toEqual(["Ben's", 'Hers']);
      expect(world.script.triggers(ben.email).map(({ calendarId }) => calendarId)).not.toContain(there.calendarId);
    },
  },
];
