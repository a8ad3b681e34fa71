/** Second thoughts: back from the bin, back from Meet, and conferences that end or change on the provider's own pages. */
import type { Scenario } from './stage';
import { DAY_MS, HOUR_MS, MINUTE_MS, SOLUTION, TUESDAY, underEach, WEEKLY } from './stage';

const NOT_FOUND = {
  kind: 'status',
  status: 404,
  body: '{}',
  headers: { 'content-type': 'application/json' },
} as const;

export const restored: Scenario[] = [
  ...underEach([{ tombstoneKeepsConference: true }], {
    name: 'an event restored after the grace period has a dead link, and the card says so',
    play({ ana, world, meeting, live, cardOf, anHourLater }) {
      const event = meeting();
      ana.deletes(event);
      anHourLater();
      expect(live()).toHaveLength(0);
      ana.restores(event);
      anHourLater();
      world.advance(2 * HOUR_MS);
      expect(cardOf()).toContain('1 event refers to a conference that no longer exists.');
      ana.choosesConference(event, SOLUTION);
      anHourLater();
      expect(live()).toHaveLength(1);
      expect(event.conference?.conferenceId).toBe(live()[0]?.id);
      expect(cardOf()).not.toContain('no longer exists');
    },
  }),
  {
    name: 'an event deleted and restored before anything was read loses nothing',
    play({ ana, world, meeting, only, newWrites, anHourLater }) {
      const event = meeting();
      newWrites();
      ana.deletes(event);
      ana.restores(event);
      world.settle();
      anHourLater();
      expect(newWrites()).toEqual([]);
      ana.edits(event, { summary: 'As before' });
      world.settle();
      expect(only().title).toBe('As before');
    },
  },
  {
    name: 'an event restored within the grace period with all its triggers lost keeps its conference',
    play({ ana, world, meeting, only, unnoticed, anHourLater }) {
      const event = meeting();
      ana.deletes(event);
      world.settle();
      unnoticed(() => ana.restores(event));
      anHourLater();
      anHourLater();
      expect(only().title).toBe('Design review');
    },
  },
  {
    name: 'the organiser who deletes and restores a series within the grace period keeps its conference and exceptions',
    play({ ana, world, meeting, only, anHourLater }) {
      const series = meeting({ recurrence: ['RRULE:FREQ=WEEKLY;COUNT=8'] });
      ana.deletes(ana.occurrence(series, '2026-03-17'), 'this');
      world.settle();
      ana.deletes(series, 'all');
      world.settle();
      world.advance(MINUTE_MS);
      ana.restores(series);
      anHourLater();
      anHourLater();
      expect(only().occurrences).toEqual({ '2026-03-17T09:00:00Z': { status: 'cancelled' } });
      ana.edits(series, { summary: 'Goes on' }, 'all');
      world.settle();
      expect(only().title).toBe('Goes on');
    },
  },
  {
    name: 'a series that lost an occurrence and was deleted at once has lost no more than that when it is restored',
    play({ ana, world, meeting, only, unnoticed, anHourLater }) {
      const series = meeting(WEEKLY);
      unnoticed(() => ana.deletes(ana.occurrence(series, '2026-03-17'), 'this'));
      ana.deletes(series, 'all');
      world.settle();
      ana.restores(series);
      anHourLater();
      expect(only().occurrences).toEqual({ '2026-03-17T09:00:00Z': { status: 'cancelled' } });
    },
  },
  {
    name: 'an event switched to Meet and back within the grace period has a new conference, and the old one ends',
    play({ ana, world, meeting, only, anHourLater }) {
      const event = meeting();
      const old = only().id;
      ana.choosesMeet(event);
      world.settle();
      ana.choosesConference(event, SOLUTION);
      anHourLater();
      anHourLater();
      expect(only().id).not.toBe(old);
      expect(event.conference?.conferenceId).toBe(only().id);
      ana.edits(event, { summary: 'On the new one' });
      world.settle();
      expect(only().title).toBe('On the new one');
    },
  },
  {
    name: 'a conference taken off and put back by undo within the grace period stays the same',
    play({ ana, world, meeting, only, anHourLater }) {
      const event = meeting();
      const { id } = only();
      const block = event.conference ?? {};
      ana.removesConference(event);
      world.settle();
      world.calendar.setConference(ana.email, event.calendarId, event.eventId, block);
      anHourLater();
      anHourLater();
      expect(only()).toMatchObject({ id, title: 'Design review' });
    },
  },
  {
    name: 'a conference that is replaced by a new one ends, the new one lives',
    play({ ana, world, meeting, only, anHourLater }) {
      const event = meeting();
      const old = only().id;
      ana.choosesConference(event, SOLUTION);
      world.settle();
      anHourLater();
      expect(only().id).not.toBe(old);
      expect(only().title).toBe('Design review');
    },
  },
  {
    name: 'a draft that is saved after two days has a dead link, and the card says so',
    play({ ana, world, live, cardOf, anHourLater }) {
      const draft = ana.drafts({
        ...TUESDAY,
        start: '2026-03-10T10:00:00',
        end: '2026-03-10T11:00:00',
        conference: SOLUTION,
      });
      ana.createsEvent({ ...TUESDAY, summary: 'So that sweeps run', conference: SOLUTION });
      world.advance(2 * DAY_MS);
      const event = ana.saves(draft);
      for (let hours = 0; hours < 3; hours++) anHourLater();
      expect(cardOf()).toContain('1 event refers to a conference that no longer exists.');
      ana.choosesConference(event, SOLUTION);
      anHourLater();
      expect(live().map(({ title }) => title)).toEqual(['So that sweeps run', 'Design review']);
    },
  },
  {
    name: 'an original restored after its copy took over shares the conference again, and drives it when the copy is gone',
    play({ ana, world, meeting, only, live, anHourLater }) {
      const first = meeting();
      world.advance(10 * MINUTE_MS);
      const copy = ana.duplicates(first, { summary: 'The copy' });
      anHourLater();
      ana.deletes(first);
      world.settle();
      expect(only().title).toBe('The copy');
      anHourLater();
      ana.restores(first);
      anHourLater();
      anHourLater();
      expect(only().title).toBe('The copy');
      ana.deletes(copy);
      anHourLater();
      anHourLater();
      expect(only().title).toBe('Design review');
      ana.deletes(first);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'an original restored at once drives its conference again',
    play({ ana, world, meeting, only, live, anHourLater }) {
      const first = meeting();
      world.advance(10 * MINUTE_MS);
      const copy = ana.duplicates(first, { summary: 'The copy' });
      anHourLater();
      ana.deletes(first);
      world.settle();
      expect(only().title).toBe('The copy');
      ana.restores(first);
      anHourLater();
      expect(only().title).toBe('Design review');
      ana.deletes(first);
      ana.deletes(copy);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: "a conference that its owner ended on the provider's pages is shown as broken, and only then",
    play({ ana, ben, world, meeting, only, newWrites, cardOf, anHourLater }) {
      const event = meeting({ guests: [ben.email] });
      world.conferences.cancel(only().id);
      newWrites();
      ben.replies(event, 'accepted');
      anHourLater();
      expect(newWrites()).toEqual([]);
      ana.edits(event, { summary: 'Nobody can join' });
      anHourLater();
      anHourLater();
      expect(newWrites()).toHaveLength(2);
      expect(cardOf()).toContain('1 event refers to a conference that no longer exists.');
      ana.edits(event, { summary: 'Still nobody' });
      anHourLater();
      expect(newWrites()).toEqual([]);
    },
  },
  {
    name: 'deleting the event of a conference that is gone already counts as done',
    play({ ana, world, meeting, only, cardOf, anHourLater }) {
      const event = meeting();
      world.conferences.cancel(only().id);
      ana.deletes(event);
      anHourLater();
      anHourLater();
      anHourLater();
      expect(cardOf()).toContain('No conferences yet');
      expect(cardOf()).not.toContain('on the way');
    },
  },
  {
    name: 'a broken conference is tried once more by the button on the card',
    play({ ana, world, meeting, only, cardOf, anHourLater }) {
      const event = meeting();
      world.faults.next('internet.meet.example.com', NOT_FOUND, 2);
      ana.edits(event, { summary: 'Called lost twice' });
      anHourLater();
      anHourLater();
      expect(cardOf()).toContain('no longer exists');
      world.script.run(ana.email, 'repairNow', [{}], 'card');
      world.settle();
      expect(only().title).toBe('Called lost twice');
      expect(cardOf()).toContain('1 conference in step with your events.');
    },
  },
  {
    name: 'what becomes of a series while its conference counts as lost reaches it when it is tried again',
    play({ ana, world, meeting, only, cardOf, anHourLater }) {
      const series = meeting(WEEKLY);
      const third = ana.occurrence(series, '2026-03-17');
      ana.drags(third, '2026-03-17T15:00:00+01:00', '2026-03-17T16:00:00+01:00', 'this');
      world.settle();
      world.faults.always('internet.meet.example.com', NOT_FOUND);
      ana.edits(series, { summary: 'Called lost twice' }, 'all');
      anHourLater();
      anHourLater();
      expect(cardOf()).toContain('no longer exists');
      world.faults.clear();
      ana.drags(third, '2026-03-17T10:00:00+01:00', '2026-03-17T11:00:00+01:00', 'this');
      ana.deletes(ana.occurrence(series, '2026-03-24'), 'this');
      anHourLater();
      expect(only().title).toBe('Design review');
      world.script.run(ana.email, 'repairNow', [{}], 'card');
      anHourLater();
      expect(only()).toMatchObject({
        title: 'Called lost twice',
        occurrences: {
          '2026-03-17T09:00:00Z': { start: { dateTime: '2026-03-17T10:00:00' } },
          '2026-03-24T09:00:00Z': { status: 'cancelled' },
        },
      });
    },
  },
  {
    name: "what the owner changed on the provider's pages is as in the event again after its next change, and what is none of the event's stays",
    play({ ana, world, meeting, only, anHourLater }) {
      const event = meeting();
      world.conferences.edit(only().id, { title: 'Changed elsewhere', passcode: 'abcd1234' });
      ana.edits(event, { start: time('12:00'), end: time('13:00') });
      world.settle();
      expect(only()).toMatchObject({ passcode: 'abcd1234', start: { dateTime: '2026-03-03T12:00:00' } });
      anHourLater();
      expect(only()).toMatchObject({ title: 'Design review', passcode: 'abcd1234' });
      ana.edits(event, { summary: 'Changed here' });
      world.settle();
      expect(only()).toMatchObject({ title: 'Changed here', passcode: 'abcd1234' });
    },
  },
  {
    name: 'an event that nobody looks at for a month keeps its conference',
    play({ ana, world, meeting, only }) {
      const event = meeting({ start: '2026-05-05T10:00:00', end: '2026-05-05T11:00:00' });
      world.advance(30 * DAY_MS);
      ana.edits(event, { summary: 'A month later' });
      world.settle();
      expect(only().title).toBe('A month later');
    },
  },
];

function time(clock: string) {
  return { dateTime: `2026-03-03T${clock}:00`, timeZone: 'Europe/Zurich' };
}
