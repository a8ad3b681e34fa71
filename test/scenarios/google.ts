/** What Google answers on bad days: limits, errors, tokens it no longer knows, calendars it no longer shows. */
import type { Scenario } from './stage';
import { DAY_MS, HOUR_MS, SOLUTION, TUESDAY, underEach } from './stage';

const LIST = 'calendar.events.list';
const NO_DETAILS = [{ errorDetails: false }];
const REFUSALS: ReadonlyArray<readonly [what: string, status: number, reason: string, message: string]> = [
  ['a rate limit (403)', 403, 'userRateLimitExceeded', 'User Rate Limit Exceeded'],
  ['a rate limit of the project (403)', 403, 'rateLimitExceeded', 'Rate Limit Exceeded'],
  ['a quota (403)', 403, 'quotaExceeded', 'Calendar usage limits exceeded.'],
  ['too many requests (429)', 429, 'rateLimitExceeded', 'Rate Limit Exceeded'],
  ['a backend error (500)', 500, 'backendError', 'Backend Error'],
  ['an outage (503)', 503, 'backendError', 'Backend Error'],
];

/** An absence, which is listed only where all kinds of events are. */
const AWAY = {
  summary: 'Away',
  eventType: 'outOfOffice',
  start: { dateTime: '2026-03-04T10:00:00Z' },
  end: { dateTime: '2026-03-04T12:00:00Z' },
};

export const google: Scenario[] = [
  ...underEach([{ fieldsYieldToken: false }, { eventTypesYieldToken: false, fieldsYieldToken: false }], {
    name: 'a Google that names no place to go on from is asked more plainly, until it does',
    options: { switches: { eventTypesYieldToken: false } },
    play({ ana, world, meeting, only, logged, cardOf, api, executions }) {
      const event = meeting();
      ana.edits(event, { description: 'None yet' });
      world.settle();
      expect(cardOf()).toContain(
        'Read from the beginning each time, because Google names no place to go on from: 1 calendar.',
      );
      api(ana, 'events.insert', { calendarId: ana.email }, AWAY);
      for (const summary of ['First', 'Second', 'Third', 'Fourth', 'Fifth']) {
        ana.edits(event, { summary });
        world.settle();
        expect(only().title).toBe(summary);
      }
      const lists = logged('list').map(({ full }) => full);
      expect(lists.at(-1)).toBe(false);
      expect(logged('sync-token-missing').length).toBeLessThanOrEqual(4);
      expect(cardOf()).toContain(
        'Of 1 calendar all kinds of events are read: Google names a place to go on from only then.',
      );
      expect(cardOf()).not.toContain('Read from the beginning each time');
      expect(executions('syncEvents').every((end) => end.startsWith('ends'))).toBe(true);
    },
  }),
  ...REFUSALS.flatMap(([what, status, reason, message]) =>
    underEach(NO_DETAILS, {
      name: `${what} of Google delays an edit and a deletion, and loses neither`,
      play({ ana, world, meeting, titles, executions, anHourLater }) {
        const [edited, deleted] = [meeting({ summary: 'Edited' }), meeting({ summary: 'Deleted' })];
        world.faults.always(LIST, { kind: 'status', status, reason, message });
        ana.edits(edited, { summary: 'Edited, at last' });
        ana.deletes(deleted);
        anHourLater();
        anHourLater();
        expect(titles()).toEqual(['Deleted', 'Edited']);
        expect(executions('syncEvents').every((end) => end.startsWith('ends'))).toBe(true);
        world.faults.clear();
        anHourLater();
        anHourLater();
        expect(titles()).toEqual(['Edited, at last']);
      },
    }),
  ),
  ...underEach(NO_DETAILS, {
    name: 'a Google that says 404 of the calendar for a while ends nothing, and what happened meanwhile arrives',
    play({ ana, world, meeting, titles, cardOf, anHourLater }) {
      const [edited, deleted] = [meeting({ summary: 'Edited' }), meeting({ summary: 'Deleted' })];
      world.faults.always(LIST, { kind: 'status', status: 404, reason: 'notFound', message: 'Not Found' });
      ana.edits(edited, { summary: 'Edited, at last' });
      ana.deletes(deleted);
      world.advance(DAY_MS);
      expect(titles()).toEqual(['Deleted', 'Edited']);
      expect(cardOf()).toContain('cannot be read any more');
      world.faults.clear();
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['Edited, at last']);
      expect(cardOf()).not.toContain('cannot be read any more');
    },
  }),
  {
    name: 'an event that Google does not show when it is looked at again is not taken for deleted by an error',
    play({ ana, world, meeting, titles, anHourLater }) {
      const event = meeting();
      ana.deletes(event);
      world.settle();
      world.faults.always('script.calendar.events.get', { kind: 'throw', message: 'Service error: Calendar' });
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['Design review']);
      world.faults.clear();
      anHourLater();
      anHourLater();
      expect(titles()).toEqual([]);
    },
  },
  ...underEach(
    [{ garbageTokenStatus: 410 }, { errorDetails: false }, { garbageTokenStatus: 410, errorDetails: false }],
    {
      name: 'a sync token that is garbage is replaced by one full read, and deletions before it are found',
      play({ ana, world, meeting, titles, logged, unnoticed, anHourLater }) {
        const [kept, deleted] = [meeting({ summary: 'Kept' }), meeting({ summary: 'Deleted' })];
        unnoticed(() => ana.deletes(deleted));
        const [key, text] = Object.entries(world.script.userProperties(ana.email)).find(([, value]) =>
          value.includes('"token"'),
        ) as [string, string];
        const record = JSON.parse(text) as Record<string, unknown>;
        world.script.setUserProperty(ana.email, key, JSON.stringify({ ...record, token: 'AAAA-not-a-token' }));
        const before = logged('list').length;
        ana.edits(kept, { summary: 'Kept, edited' });
        anHourLater();
        anHourLater();
        expect(titles()).toEqual(['Kept, edited']);
        const lists = logged('list').slice(before);
        expect(lists.map(({ full }) => full)).toEqual([true, ...lists.slice(1).map(() => false)]);
      },
    },
  ),
  {
    name: 'a calendar record that is cut off is made anew, and nothing is lost or ended',
    play({ ana, world, meeting, titles, anHourLater }) {
      const [kept, deleted] = [meeting({ summary: 'Kept' }), meeting({ summary: 'Deleted' })];
      const [key] = Object.entries(world.script.userProperties(ana.email)).find(([, value]) =>
        value.includes('"token"'),
      ) as [string, string];
      world.script.setUserProperty(ana.email, key, '{"id":"ana@exam');
      ana.deletes(deleted);
      ana.edits(kept, { summary: 'Kept, edited' });
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['Kept, edited']);
    },
  },
  ...underEach([{ seedWindowKept: true }], {
    name: 'an event that Google has forgotten keeps its conference, and the home card says so and offers to end it',
    play({ ana, world, meeting, titles, unnoticed, anHourLater, homeOf, clicks }) {
      meeting({ summary: 'Kept' });
      const deleted = meeting({ summary: 'Deleted' });
      unnoticed(() => ana.deletes(deleted));
      world.calendar.collectTombstones();
      world.calendar.expireSyncTokens();
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['Deleted', 'Kept']);
      expect(JSON.stringify(homeOf())).toContain('it was not ended');
      expect(clicks(homeOf(), 'End it')).toContain('has ended.');
      expect(titles()).toEqual(['Kept']);
      expect(JSON.stringify(homeOf())).not.toContain('it was not ended');
    },
  }),
  {
    name: 'an answer to a full list that is no list ends nothing',
    play({ ana, world, meeting, titles, anHourLater }) {
      const event = meeting();
      world.calendar.expireSyncTokens();
      world.faults.next(LIST, { kind: 'status', status: 410, reason: 'fullSyncRequired' });
      world.faults.next(LIST, { kind: 'status', status: 200, body: '' });
      anHourLater();
      world.advance(3 * HOUR_MS);
      expect(titles()).toEqual(['Design review']);
      ana.edits(event, { summary: 'After the glitch' });
      world.advance(3 * HOUR_MS);
      expect(titles()).toEqual(['After the glitch']);
    },
  },
  {
    name: 'a state that a newer version wrote is left untouched, and the add-on says what to do',
    play({ ana, world, meeting, titles, cardOf, anHourLater }) {
      const event = meeting();
      world.script.setUserProperty(ana.email, 'lockstep.schema', '99');
      const before = world.script.userProperties(ana.email);
      ana.edits(event, { summary: 'Edited under the older version' });
      ana.deletes(ana.createsEvent({ ...TUESDAY, summary: 'Plain' }));
      anHourLater();
      expect(titles()).toEqual(['Design review']);
      expect(world.script.userProperties(ana.email)).toEqual(before);
      expect(cardOf()).toContain('newer version');
      world.script.setUserProperty(ana.email, 'lockstep.schema', '1');
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['Edited under the older version']);
      expect(cardOf()).toContain('1 conference in step');
      expect(ana.createsEvent({ ...TUESDAY, conference: SOLUTION }).shown).toBeUndefined();
    },
  },
  {
    name: 'a create into a store that refuses to write says that it may be tried again, and calls nobody',
    play({ ana, world, live }) {
      world.faults.next('properties.setProperties', { kind: 'throw', message: 'Service error: graphite' });
      const event = ana.createsEvent({ ...TUESDAY, conference: SOLUTION });
      expect(event.shown).toContain('Try again later');
      expect(live()).toEqual([]);
    },
  },
];
