/** What must cost nothing: answers of guests, colours, reminders, other people's events, our own echo. */
import type { Scenario } from './stage';
import { MINUTE_MS, SOLUTION, TUESDAY, underEach, WEEKLY } from './stage';

export const noise: Scenario[] = [
  ...underEach([{ rsvpBumpsSequence: true }, { guestEditsFlowBack: false }], {
    name: 'answers of guests cost no call to the conference server',
    play({ ben, cleo, world, meeting, newWrites }) {
      const event = meeting({ guests: [ben.email, cleo.email] });
      newWrites();
      ben.replies(event, 'accepted');
      cleo.replies(event, 'declined');
      world.settle();
      ben.replies(event, 'tentative');
      world.settle();
      expect(newWrites()).toEqual([]);
    },
  }),
  {
    name: 'no event is ever written: not at a create, not at an edit, not when a conference is lost',
    play({ ana, ben, world, meeting, only, callsIn, anHourLater }) {
      const calls = callsIn(() => {
        const event = meeting({ guests: [ben.email] });
        const series = meeting(WEEKLY);
        ben.replies(event, 'accepted');
        ana.deletes(ana.occurrence(series, '2026-03-10'), 'this');
        ana.deletes(series, 'all');
        anHourLater();
        anHourLater();
        world.conferences.cancel(only().id);
        ana.edits(event, { summary: 'Without a conference' });
        anHourLater();
        anHourLater();
      });
      const ofCalendar = new Set(calls.filter((call) => call.startsWith('Calendar')));
      expect([...ofCalendar].sort()).toEqual([
        'Calendar events.get',
        'Calendar events.instances',
        'Calendar events.list',
      ]);
    },
  },
  {
    name: 'colour, reminders, description and transparency cost no call',
    play({ ana, world, meeting, newWrites }) {
      const event = meeting();
      newWrites();
      for (const fields of [
        { colorId: '5' },
        { reminders: { useDefault: false, overrides: [] } },
        { description: 'Bring the sketches.' },
        { transparency: 'transparent' },
      ]) {
        ana.edits(event, fields);
        world.settle();
      }
      expect(newWrites()).toEqual([]);
    },
  },
  {
    name: 'an edit that is taken back before it was read costs no call',
    play({ ana, world, meeting, newWrites }) {
      const event = meeting();
      newWrites();
      ana.edits(event, { summary: 'Something else' });
      ana.edits(event, { summary: TUESDAY.summary as string });
      world.settle();
      expect(newWrites()).toEqual([]);
    },
  },
  {
    name: 'events without a conference, and conferences of others, are left alone',
    play({ ana, world, meeting, newWrites, logged, anHourLater }) {
      meeting();
      newWrites();
      const plain = ana.createsEvent({ ...TUESDAY, summary: 'No conference' });
      const meet = ana.createsEvent({ ...TUESDAY, summary: 'With Meet' });
      ana.choosesMeet(meet);
      world.settle();
      ana.edits(plain, { summary: 'Still none' });
      ana.deletes(meet);
      anHourLater();
      expect(newWrites()).toEqual([]);
      expect(logged('row-parked')).toEqual([]);
    },
  },
  {
    name: 'a pass over a quiet calendar makes one list call and nothing else outside',
    play({ ana, world, meeting, callsIn, anHourLater }) {
      meeting();
      anHourLater();
      const calls = callsIn(() => {
        world.script.run(ana.email, 'syncEvents', [{ authMode: 'FULL', calendarId: ana.email }], 'trigger');
      });
      const count = (service: string) => calls.filter((call) => call.startsWith(service)).length;
      expect({
        calendar: count('Calendar'),
        fetch: count('UrlFetchApp'),
        properties: count('PropertiesService'),
      }).toEqual({
        calendar: 1,
        fetch: 0,
        properties: 2,
      });
    },
  },
  {
    name: 'only the first read of a calendar is a full one',
    play({ ana, world, meeting, logged }) {
      const event = meeting();
      ana.edits(event, { summary: 'Two' });
      world.settle();
      ana.edits(event, { summary: 'Three' });
      world.settle();
      expect(logged('list').map(({ full }) => full)).toEqual([true, false, false]);
    },
  },
  {
    name: 'the same answer again and again on a moved occurrence costs no call',
    play({ ana, ben, world, meeting, newWrites }) {
      const series = meeting({ ...WEEKLY, conference: SOLUTION, guests: [ben.email] });
      const second = ana.occurrence(series, '2026-03-10');
      ana.drags(second, '2026-03-10T16:00:00+01:00', '2026-03-10T17:00:00+01:00', 'this');
      world.settle();
      newWrites();
      ben.replies(second, 'accepted', 'this');
      world.advance(MINUTE_MS);
      ben.replies(second, 'declined', 'this');
      world.settle();
      expect(newWrites()).toEqual([]);
    },
  },
  {
    name: 'an answer to one occurrence of a series that lies where its rule has it costs no call',
    play({ ana, ben, world, meeting, newWrites, only }) {
      const series = meeting({ ...WEEKLY, guests: [ben.email] });
      newWrites();
      ben.replies(ben.occurrence(series, '2026-03-10'), 'declined', 'this');
      world.settle();
      ana.edits(ana.occurrence(series, '2026-03-17'), { description: 'Bring the sketches.' }, 'this');
      world.settle();
      expect(newWrites()).toEqual([]);
      const second = ana.occurrence(series, '2026-03-10');
      ana.drags(second, '2026-03-10T10:00:00+01:00', '2026-03-10T12:00:00+01:00', 'this');
      world.settle();
      expect(only().occurrences).toMatchObject({
        '2026-03-10T09:00:00Z': { end: { dateTime: '2026-03-10T12:00:00' } },
      });
    },
  },
  {
    name: 'no title, address, description, passcode or token stands in any log line or in the stored state',
    play({ ana, ben, world, meeting, only, anHourLater }) {
      const canaries = ['Canary title', 'canary-description', ben.email, 'canary-room'];
      const event = meeting({
        summary: 'Canary title',
        guests: [ben.email],
        fields: { description: 'canary-description', location: 'canary-room' },
      });
      world.faults.next('internet', { kind: 'status', status: 500, body: 'Canary title' });
      ana.edits(event, { summary: 'Canary title, edited' });
      anHourLater();
      world.calendar.expireSyncTokens();
      anHourLater();
      const stored = world.script.userProperties(ana.email);
      const token = (
        JSON.parse(Object.values(stored).find((text) => text.includes('"token"')) ?? '{}') as { token: string }
      ).token;
      const logs = world.trace.entries().filter(({ kind }) => kind === 'log');
      expect(logs.length).toBeGreaterThan(5);
      const logText = logs.map(({ text }) => text).join('\n');
      for (const canary of [...canaries, token, ana.email, only().joinUrl, only().dialIn[0]?.pin as string]) {
        expect(logText).not.toContain(canary);
      }
      for (const canary of canaries) expect(JSON.stringify(stored)).not.toContain(canary);
    },
  },
];
