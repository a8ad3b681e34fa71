/** Outages, refusals, killed executions, expired tokens: nothing is lost, and nothing is ended by mistake. */
import type { Scenario } from './stage';
import { DAY_MS, HOUR_MS, MINUTE_MS, SOLUTION, TUESDAY, underEach } from './stage';

const CONFERENCE_SERVER = 'internet.meet.example.com';
const DOWN = { kind: 'status', status: 503 } as const;

export const failure: Scenario[] = [
  {
    name: 'an edit made while the conference server is down arrives once it is back',
    play({ ana, world, meeting, only, anHourLater }) {
      const event = meeting();
      world.faults.always(CONFERENCE_SERVER, DOWN);
      ana.edits(event, { summary: 'Edited during the outage' });
      world.settle();
      world.advance(30 * MINUTE_MS);
      expect(only().title).toBe('Design review');
      world.faults.clear();
      anHourLater();
      expect(only().title).toBe('Edited during the outage');
    },
  },
  {
    name: 'a deletion during an outage is carried out once the server is back',
    play({ ana, world, meeting, live, anHourLater }) {
      const event = meeting();
      world.faults.always(CONFERENCE_SERVER, DOWN);
      ana.deletes(event);
      anHourLater();
      expect(live()).toHaveLength(1);
      world.faults.clear();
      world.advance(3 * HOUR_MS);
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'an outage costs a bounded number of calls, whatever is edited meanwhile',
    play({ ana, world, meeting, live, newWrites }) {
      const events = Array.from({ length: 20 }, (_, i) => meeting({ summary: `Meeting ${i}` }));
      newWrites();
      const before = exchanges();
      world.faults.always(CONFERENCE_SERVER, DOWN);
      for (const [i, event] of events.entries()) {
        ana.edits(event, { summary: `Meeting ${i}, edited` });
        world.advance(90_000);
      }
      expect(exchanges() - before).toBeLessThanOrEqual(25);
      world.faults.clear();
      world.advance(3 * HOUR_MS);
      expect(live().every(({ title }) => title.endsWith(', edited'))).toBe(true);
      expect(newWrites()).toHaveLength(20);

      function exchanges(): number {
        return world.trace.entries().filter((entry) => entry.kind === 'internet').length;
      }
    },
  },
  {
    name: 'one conference that the server refuses does not hold up the others',
    play({ ana, world, meeting, live }) {
      const [bad, good] = [meeting({ summary: 'Bad' }), meeting({ summary: 'Good' })];
      const refusal = {
        kind: 'status',
        status: 422,
        body: '{}',
        headers: { 'content-type': 'application/json' },
      } as const;
      world.faults.next(CONFERENCE_SERVER, refusal);
      ana.edits(bad, { summary: 'Bad, edited' });
      world.settle();
      ana.edits(good, { summary: 'Good, edited' });
      world.settle();
      expect(
        live()
          .map(({ title }) => title)
          .sort(),
      ).toEqual(['Bad', 'Good, edited']);
      ana.edits(bad, { summary: 'Bad, edited again' });
      world.settle();
      expect(
        live()
          .map(({ title }) => title)
          .sort(),
      ).toEqual(['Bad, edited again', 'Good, edited']);
    },
  },
  {
    name: 'an expired sync token loses nothing: edits and deletions of a three-day gap are found',
    play({ ana, world, meeting, live, anHourLater }) {
      const [kept, edited, deleted] = ['Kept', 'To be edited', 'To be deleted'].map((summary) => meeting({ summary }));
      world.faults.always('trigger', { kind: 'drop' });
      ana.edits(edited!, { summary: 'Edited in the gap' });
      ana.deletes(deleted!);
      world.advance(3 * DAY_MS);
      world.calendar.expireSyncTokens();
      world.faults.clear();
      anHourLater();
      anHourLater();
      expect(
        live()
          .map(({ title }) => title)
          .sort(),
      ).toEqual(['Edited in the gap', 'Kept']);
      ana.edits(kept!, { summary: 'Kept, and edited' });
      world.settle();
      expect(live().map(({ title }) => title)).toContain('Kept, and edited');
    },
  },
  {
    name: 'an expired sync token is recognised when the exception carries no details',
    options: { switches: { errorDetails: false } },
    play({ ana, world, meeting, only }) {
      const event = meeting();
      world.calendar.expireSyncTokens();
      ana.edits(event, { summary: 'After the token expired' });
      world.settle();
      expect(only().title).toBe('After the token expired');
    },
  },
  ...underEach([{ errorDetails: false }], {
    name: 'a Google that calls every list out of date is asked twice and no more',
    play({ ana, world, meeting, executions }) {
      const event = meeting();
      const message = 'Sync token is no longer valid, a full sync is required.';
      world.faults.always('calendar.events.list', { kind: 'status', status: 410, reason: 'fullSyncRequired', message });
      ana.edits(event, { summary: 'Unreadable for now' });
      const before = world.trace.entries().at(-1)?.seq ?? 0;
      world.settle();
      const lists = world.trace
        .entries(before)
        .filter(({ kind, text }) => kind === 'service' && text.startsWith('Calendar'));
      expect(lists).toHaveLength(2);
      expect(executions('syncEvents').every((end) => end.startsWith('ends'))).toBe(true);
    },
  }),
  {
    name: 'a list that ends without a sync token is read in full again, and nothing breaks',
    options: { switches: { emptyPages: true } },
    play({ ana, world, meeting, only }) {
      const event = meeting();
      ana.edits(event, { summary: 'Through empty pages' });
      world.settle();
      expect(only().title).toBe('Through empty pages');
    },
  },
  {
    name: 'a create whose answer is lost leaves no conference behind',
    play({ ana, world, live }) {
      world.faults.next(CONFERENCE_SERVER, { kind: 'lost-answer' }, 2);
      const draft = ana.drafts({ ...TUESDAY, conference: SOLUTION });
      ana.saves(draft);
      world.settle();
      expect(live()).toHaveLength(1);
      world.advance(DAY_MS + 3 * HOUR_MS);
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'a create whose first answer is lost and whose second try is refused leaves no conference behind',
    play({ ana, world, live }) {
      world.faults.next(CONFERENCE_SERVER, { kind: 'lost-answer' });
      world.faults.next(CONFERENCE_SERVER, { kind: 'status', status: 429, headers: { 'retry-after': '60' } });
      ana.createsEvent({ ...TUESDAY, conference: SOLUTION });
      expect(live()).toHaveLength(1);
      world.advance(DAY_MS + 3 * HOUR_MS);
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'an outage of three days parks nothing',
    play({ ana, world, meeting, only }) {
      const event = meeting();
      world.faults.always(CONFERENCE_SERVER, DOWN);
      ana.edits(event, { summary: 'After three days' });
      world.advance(3 * DAY_MS);
      world.faults.clear();
      world.advance(2 * HOUR_MS);
      expect(only().title).toBe('After three days');
    },
  },
  {
    name: 'a create whose first answer is lost gives one conference, not two',
    play({ meeting, world, only }) {
      world.faults.next(CONFERENCE_SERVER, { kind: 'lost-answer' });
      meeting();
      expect(only().title).toBe('Design review');
    },
  },
  {
    name: 'a create that is killed right after the provider answered leaves no conference behind',
    play({ ana, world, live }) {
      world.faults.next('script.urlFetch', { kind: 'kill', when: 'after' });
      const draft = ana.drafts({ ...TUESDAY, conference: SOLUTION });
      expect(draft.conference).toMatchObject({ state: 'failed', shown: { message: 'Failed to create conference' } });
      ana.saves(draft);
      expect(live()).toHaveLength(1);
      // Nothing runs by itself before the first create that succeeds.
      ana.createsEvent({ ...TUESDAY, summary: 'The next one', conference: SOLUTION });
      world.advance(DAY_MS + 3 * HOUR_MS);
      expect(live().map(({ title }) => title)).toEqual(['The next one']);
    },
  },
  {
    name: 'a server that hangs does not lose the edit, and does not kill pass after pass',
    options: { latency: 'typical' },
    play({ ana, world, meeting, only, executions }) {
      const event = meeting();
      world.faults.always(CONFERENCE_SERVER, { kind: 'hang', ms: 60_000 });
      for (let i = 0; i < 10; i++) {
        ana.edits(event, { summary: `Edit ${i}` });
        world.advance(2 * MINUTE_MS);
      }
      const killed = executions('syncEvents').filter((end) => end.startsWith('killed')).length;
      world.faults.clear();
      world.advance(3 * HOUR_MS);
      expect(killed).toBeLessThanOrEqual(5);
      expect(only().title).toBe('Edit 9');
    },
  },
  {
    name: 'a Google and a server that take their time are not asked beyond the time of an execution',
    options: { latency: 'typical' },
    play({ ana, world, meeting, live, executions }) {
      const events = Array.from({ length: 12 }, (_, i) => meeting({ summary: `Slow ${i}` }));
      world.faults.always(CONFERENCE_SERVER, DOWN);
      for (const event of events) ana.edits(event, { summary: 'Slow, edited' });
      world.advance(30 * MINUTE_MS);
      world.faults.clear();
      world.faults.always('script.calendar.events.get', { kind: 'hang', ms: 4_000 });
      world.faults.always('script.urlFetch', { kind: 'hang', ms: 3_000 });
      world.advance(12 * HOUR_MS);
      expect(executions('sweepHourly').filter((end) => end.startsWith('killed'))).toEqual([]);
      expect(live().every(({ title }) => title === 'Slow, edited')).toBe(true);
    },
  },
  {
    name: 'a property store that refuses to write for an hour loses nothing',
    play({ ana, world, meeting, only }) {
      const event = meeting();
      world.faults.always('properties.setProperties', {
        kind: 'throw',
        message: 'Service error: graphite property writes',
      });
      ana.edits(event, { summary: 'Written later' });
      world.settle();
      world.advance(HOUR_MS);
      world.faults.clear();
      world.advance(2 * HOUR_MS);
      expect(only().title).toBe('Written later');
    },
  },
  {
    name: 'an update whose answer was lost and that is taken back meanwhile is taken back at the server, too',
    play({ ana, world, meeting, only, anHourLater }) {
      const event = meeting();
      world.faults.next(CONFERENCE_SERVER, { kind: 'lost-answer' });
      ana.edits(event, { summary: 'Taken back' });
      world.settle();
      expect(only().title).toBe('Taken back');
      ana.edits(event, { summary: 'Design review' });
      anHourLater();
      anHourLater();
      expect(only().title).toBe('Design review');
    },
  },
  {
    name: 'an event restored after a cancel whose answer was lost does not count as in step',
    play({ ana, world, meeting, live, cardOf, anHourLater }) {
      const event = meeting();
      ana.deletes(event);
      world.settle();
      world.faults.next(CONFERENCE_SERVER, { kind: 'lost-answer' });
      anHourLater();
      expect(live()).toHaveLength(0);
      ana.restores(event);
      anHourLater();
      anHourLater();
      expect(cardOf()).toContain('1 event refers to a conference that no longer exists.');
    },
  },
  {
    name: 'a conference that the provider lost is not called lost at the first answer',
    play({ ana, world, meeting, only, anHourLater }) {
      const event = meeting();
      world.faults.next(CONFERENCE_SERVER, {
        kind: 'status',
        status: 404,
        body: '{"error":{"code":"not_found","message":"No such conference."}}',
        headers: { 'content-type': 'application/json' },
      });
      ana.edits(event, { summary: 'Still there' });
      anHourLater();
      expect(only().title).toBe('Still there');
    },
  },
];
