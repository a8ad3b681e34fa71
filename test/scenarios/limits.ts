/** Where Google's limits begin: a full store, spent quotas, many events and calendars, updates of the add-on itself. */
import type { JsonObject } from '../../sandbox/world/json';
import type { Scenario, Stage } from './stage';
import { DAY_MS, HOUR_MS, SOLUTION, TUESDAY } from './stage';

export const limits: Scenario[] = [
  {
    name: 'a full memory refuses new conferences, says so, and goes on following those there are',
    play({ ana, world, meeting, live, only, cardOf, anHourLater }) {
      const event = meeting();
      fill(world, ana.email);
      const draft = ana.drafts({ ...TUESDAY, conference: SOLUTION });
      expect(draft.conference).toMatchObject({ state: 'failed' });
      ana.discards(draft);
      expect(live()).toHaveLength(1);
      expect(cardOf()).toContain('The memory of this add-on is full');
      ana.edits(event, { summary: 'Still followed' });
      anHourLater();
      expect(only().title).toBe('Still followed');
      ana.deletes(event);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'a copy of an event that finds the memory full does not end the conference it shares',
    play({ ana, world, meeting, live, anHourLater }) {
      const event = meeting();
      fill(world, ana.email);
      ana.duplicates(event, { summary: 'The copy' });
      anHourLater();
      ana.edits(event, { summary: 'Renamed' });
      anHourLater();
      expect(live().map(({ title }) => title)).toEqual(['Renamed']);
    },
  },
  {
    name: 'a copy that could not be taken up is told of, and taken up when there is room in the memory again',
    play({ ana, world, meeting, titles, cardOf, logged, anHourLater }) {
      const event = meeting();
      fill(world, ana.email);
      const copy = ana.duplicates(event, { summary: 'The copy' });
      anHourLater();
      expect(cardOf()).toContain('1 event that shares a conference of ours could not be taken up');
      expect(logged('not-followed')).toMatchObject([{ left: 1 }]);
      for (const key of Object.keys(world.script.userProperties(ana.email)).filter((name) =>
        name.startsWith('filler'),
      )) {
        world.script.setUserProperty(ana.email, key, '');
      }
      anHourLater();
      expect(cardOf()).not.toContain('could not be taken up');
      ana.deletes(event);
      anHourLater();
      ana.edits(copy, { summary: 'The copy drives' });
      world.settle();
      expect(titles()).toEqual(['The copy drives']);
    },
  },
  {
    name: 'a store whose daily quota is spent for hours loses nothing',
    play({ ana, world, meeting, only, anHourLater }) {
      const event = meeting();
      const spent = 'Service invoked too many times for one day: properties.';
      world.faults.always('properties', { kind: 'throw', message: spent });
      ana.edits(event, { summary: 'Written tomorrow' });
      world.advance(8 * HOUR_MS);
      const draft = ana.drafts({ ...TUESDAY, conference: SOLUTION });
      expect(draft.conference).toMatchObject({ state: 'failed' });
      ana.discards(draft);
      world.faults.clear();
      anHourLater();
      anHourLater();
      expect(only().title).toBe('Written tomorrow');
    },
  },
  {
    name: 'a part of the memory that cannot be read is made anew from the calendar',
    play({ ana, world, meeting, titles, live, anHourLater }) {
      const [edited, deleted] = [meeting({ summary: 'Edited' }), meeting({ summary: 'Deleted later' })];
      const shard = Object.keys(world.script.userProperties(ana.email)).find((key) => /ledger\.\d/.test(key)) as string;
      world.script.setUserProperty(ana.email, shard, '{"cut off');
      ana.edits(edited, { summary: 'Edited, and known again' });
      ana.edits(deleted, { colorId: '5' });
      anHourLater();
      expect(titles()).toEqual(['Deleted later', 'Edited, and known again']);
      ana.deletes(deleted);
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['Edited, and known again']);
      expect(live()).toHaveLength(1);
    },
  },
  {
    name: 'five hundred events that another program imports cost no call to the conference server',
    play({ ana, world, meeting, api, titles, newWrites, unnoticed, fires, logged }) {
      const event = meeting();
      newWrites();
      unnoticed(() => {
        for (let i = 0; i < 500; i++) {
          const start = { dateTime: `2026-0${1 + (i % 9)}-1${i % 10}T10:00:00Z` };
          const end = { dateTime: `2026-0${1 + (i % 9)}-1${i % 10}T11:00:00Z` };
          api(ana, 'events.insert', { calendarId: ana.email }, { summary: `Imported ${i}`, start, end });
        }
      });
      world.calendar.setPageCap(100);
      fires(ana.email);
      world.calendar.setPageCap(undefined);
      expect(newWrites()).toEqual([]);
      expect(logged('list').at(-1)).toMatchObject({ rows: 500, full: false });
      ana.edits(event, { summary: 'Among five hundred' });
      world.settle();
      expect(titles()).toEqual(['Among five hundred']);
    },
  },
  {
    name: 'a series without an end is one row, also in a full read',
    play({ ana, world, meeting, only, logged, anHourLater }) {
      const series = meeting({ recurrence: ['RRULE:FREQ=DAILY'] });
      world.calendar.expireSyncTokens();
      ana.edits(series, { summary: 'For ever' }, 'all');
      anHourLater();
      expect(only().title).toBe('For ever');
      for (const { rows } of logged('list')) expect(rows).toBeLessThan(3);
    },
  },
  {
    name: 'six calendars of one user are followed each by its own token, also when one of them is taken away',
    play({ ana, world, meeting, api, titles, newCalendar, cardOf, anHourLater }) {
      const calendars = Array.from({ length: 5 }, newCalendar);
      const events = [ana.email, ...calendars].map((calendarId, i) =>
        meeting({ calendarId, summary: `Calendar ${i}` }),
      );
      api(ana, 'calendars.delete', { calendarId: calendars[0] });
      for (const [i, event] of events.entries()) if (i !== 1) ana.edits(event, { summary: `Calendar ${i}, edited` });
      anHourLater();
      world.advance(DAY_MS);
      expect(titles()).toEqual([
        'Calendar 0, edited',
        'Calendar 1',
        ...[2, 3, 4, 5].map((i) => `Calendar ${i}, edited`),
      ]);
      expect(cardOf()).toContain('1 calendar cannot be read any more');
    },
  },
  {
    name: 'birthdays are never read, and absences, focus times and working places cost no call',
    play({ ana, meeting, api, logged, anHourLater, newWrites }) {
      meeting();
      anHourLater();
      const before = logged('list').length;
      newWrites();
      const params = { calendarId: ana.email };
      const [start, end] = [{ dateTime: '2026-03-04T09:00:00Z' }, { dateTime: '2026-03-04T10:00:00Z' }];
      for (const eventType of ['outOfOffice', 'focusTime']) {
        api(ana, 'events.insert', params, { eventType, summary: 'No meeting', start, end });
      }
      const place = { eventType: 'workingLocation', workingLocationProperties: { type: 'homeOffice', homeOffice: {} } };
      api(ana, 'events.insert', params, { ...place, visibility: 'public', transparency: 'transparent', start, end });
      const day = { start: { date: '2026-03-04' }, end: { date: '2026-03-05' } };
      const yearly = { recurrence: ['RRULE:FREQ=YEARLY'], visibility: 'private', transparency: 'transparent' };
      api(ana, 'events.insert', params, { eventType: 'birthday', summary: 'Birthday', ...day, ...yearly });
      anHourLater();
      const lists = logged('list').slice(before);
      const rows = lists.reduce((sum, list) => sum + (list.rows as number), 0);
      expect(rows).toBe(3);
      expect(newWrites()).toEqual([]);
    },
  },
  ...['focusTime', 'outOfOffice'].map(
    (eventType): Scenario => ({
      name: `a conference that Calendar lets a person choose for ${eventType === 'focusTime' ? 'a focus time' : 'an absence'} follows it`,
      options: { switches: { statusEventsTakeConferences: true } },
      play({ ana, world, meeting, only, live }) {
        const event = meeting({ fields: { eventType } });
        expect(only().title).toBe('Design review');
        ana.edits(event, { summary: 'Not to be disturbed' });
        world.settle();
        expect(only().title).toBe('Not to be disturbed');
        ana.deletes(event);
        world.settle();
        world.advance(2 * HOUR_MS);
        expect(live()).toEqual([]);
      },
    }),
  ),
  {
    name: 'for a focus time no conference is offered where Calendar does not',
    play({ ana, live }) {
      const draft = ana.drafts({ ...TUESDAY, fields: { eventType: 'focusTime' } });
      expect(() => ana.choosesIn(draft.draftId, SOLUTION)).toThrow('no conferencing for an event of type "focusTime"');
      expect(live()).toEqual([]);
    },
  },
  {
    name: "a block whose conference id was changed by hand is nobody's: it moves and ends no other conference",
    play({ ana, world, meeting, titles, anHourLater }) {
      const [changed, good] = [meeting({ summary: 'Changed' }), meeting({ summary: 'Good' })];
      const block = changed.conference as { parameters: { addOnParameters: { parameters: JsonObject } } };
      const { parameters } = block.parameters.addOnParameters;
      const ofGood = good.conference?.conferenceId as string;
      world.calendar.setConference(ana.email, changed.calendarId, changed.eventId, {
        ...block,
        parameters: { addOnParameters: { parameters: { ...parameters, 'lockstep.conference': ofGood } } },
      });
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['Good']);
      ana.deletes(changed);
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['Good']);
      ana.edits(good, { summary: 'Good, edited' });
      anHourLater();
      expect(titles()).toEqual(['Good, edited']);
    },
  },
  {
    name: 'uninstalling ends nothing; installed again, what happened meanwhile is found after the next create',
    play({ ana, world, meeting, titles, executions }) {
      const [edited, deleted] = [meeting({ summary: 'Edited' }), meeting({ summary: 'Deleted' })];
      world.script.uninstall(ana.email);
      const before = executions('sweepHourly').length;
      ana.edits(edited, { summary: 'Edited meanwhile' });
      ana.deletes(deleted);
      world.advance(5 * DAY_MS);
      expect(executions('sweepHourly')).toHaveLength(before);
      expect(titles()).toEqual(['Deleted', 'Edited']);
      ana.createsEvent({ ...TUESDAY, summary: 'Installed again', conference: SOLUTION });
      world.advance(3 * HOUR_MS);
      expect(titles()).toEqual(['Edited meanwhile', 'Installed again']);
    },
  },
  {
    name: 'a rule that a stranger made as long as can be, on a shared calendar, stops nothing else',
    options: { script: { computeLimitMs: 2_500 } },
    play({ ana, ben, world, meeting, titles, newCalendar, share, api, anHourLater }) {
      const team = newCalendar();
      share(team, ben);
      const other = meeting({ summary: 'Other' });
      const shared = meeting({ calendarId: team, summary: 'Shared' });
      const parts = `INTERVAL=100000;UNTIL=99991231T000000Z;BYMONTHDAY=${Array(2_000).fill('31').join(',')}`;
      const recurrence = [`RRULE:FREQ=MONTHLY;${parts}`];
      api(ben, 'events.patch', { calendarId: team, eventId: shared.eventId }, { recurrence });
      world.settle();
      ana.deletes(other);
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['Shared']);
    },
  },
];

/** Somebody else's state, or years of our own: what is left is not enough for another conference. */
function fill(world: Stage['world'], user: string): void {
  for (let i = 0; i < 53; i++) world.script.setUserProperty(user, `filler.${i}`, 'x'.repeat(8_000));
}
