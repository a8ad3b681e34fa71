/** Triggers that are lost, doubled, late, refused or overlapping; grants that are revoked. */
import type { Scenario } from './stage';
import { DAY_MS, HOUR_MS, MINUTE_MS, SOLUTION, TUESDAY } from './stage';

export const triggers: Scenario[] = [
  {
    name: 'an edit whose trigger is lost is followed within the hour',
    play({ ana, world, meeting, only }) {
      const event = meeting();
      world.faults.next('trigger.syncEvents', { kind: 'drop' });
      ana.edits(event, { summary: 'Nobody was told' });
      world.settle();
      expect(only().title).toBe('Design review');
      world.advance(65 * MINUTE_MS);
      expect(only().title).toBe('Nobody was told');
    },
  },
  {
    name: 'a trigger that fires twice delivers once',
    play({ ana, world, meeting, newWrites }) {
      const event = meeting();
      newWrites();
      world.faults.next('trigger.syncEvents', { kind: 'double' });
      ana.edits(event, { summary: 'Told twice' });
      world.settle();
      expect(newWrites()).toHaveLength(1);
    },
  },
  {
    name: 'triggers that overlap deliver each change once, and the last word stands',
    options: { latency: 'typical' },
    play({ ana, world, meeting, live, newWrites }) {
      const events = Array.from({ length: 4 }, (_, i) => meeting({ summary: `Meeting ${i}` }));
      world.advance(10 * MINUTE_MS);
      newWrites();
      for (let round = 0; round < 5; round++) {
        for (const [i, event] of events.entries()) {
          ana.edits(event, { summary: `Meeting ${i}, round ${round}` });
          world.advance(150);
        }
      }
      world.advance(10 * MINUTE_MS);
      expect(live().every(({ title }) => title.endsWith('round 4'))).toBe(true);
      expect(newWrites().length).toBeLessThanOrEqual(20);
      const versions = live().map(({ version }) => version);
      const updates = world.conferences.requests().filter(({ method }) => method === 'PATCH').length;
      // Every delivered update changed something: none was sent twice.
      expect(versions.reduce((sum, version) => sum + version - 1, 0)).toBe(updates);
    },
  },
  {
    name: 'another trigger on the same calendar does not stand in for ours',
    play({ ana, world, meeting, only }) {
      world.script.addTrigger({ user: ana.email, handler: 'somebodyElses', source: 'CALENDAR', calendarId: ana.email });
      const event = meeting();
      ana.edits(event, { summary: 'Followed by ours' });
      world.settle();
      expect(only().title).toBe('Followed by ours');
      expect(
        world.script
          .triggers(ana.email)
          .map(({ handler }) => handler)
          .sort(),
      ).toEqual(['somebodyElses', 'sweepHourly', 'syncEvents']);
    },
  },
  {
    name: 'a trigger that was doubled or lost is put right by the sweep',
    play({ ana, world, meeting, anHourLater }) {
      meeting();
      world.script.addTrigger({
        user: ana.email,
        handler: 'syncEvents',
        source: 'CALENDAR',
        calendarId: ana.email.toUpperCase(),
      });
      anHourLater();
      const ours = () => world.script.triggers(ana.email).filter(({ handler }) => handler === 'syncEvents');
      expect(ours()).toHaveLength(1);
      world.script.removeTrigger(ana.email, ours()[0]?.uid ?? '');
      anHourLater();
      expect(ours()).toHaveLength(1);
    },
  },
  {
    name: 'with the cap of triggers reached, a create still gives a link',
    play({ ana, world, only }) {
      for (let i = 0; i < 20; i++) {
        world.script.addTrigger({
          user: ana.email,
          handler: 'old',
          source: 'CALENDAR',
          calendarId: `c${i}@example.com`,
        });
      }
      const event = ana.createsEvent({ ...TUESDAY, conference: SOLUTION });
      expect(event.shown).toBeUndefined();
      expect(event.conference?.conferenceId).toBe(only().id);
    },
  },
  {
    name: 'a revoked grant stops the add-on quietly; once restored, everything missed is followed',
    play({ ana, world, meeting, only, executions }) {
      const event = meeting();
      world.script.revokeGrant(ana.email);
      ana.edits(event, { summary: 'While revoked' });
      world.settle();
      world.advance(5 * HOUR_MS);
      expect(only().title).toBe('Design review');
      expect(executions('syncEvents').every((end) => end.startsWith('ends'))).toBe(true);
      world.script.restoreGrant(ana.email);
      world.advance(2 * HOUR_MS);
      expect(only().title).toBe('While revoked');
    },
  },
  {
    name: 'a solution that gets another name still follows its old conferences',
    play({ ana, world, meeting, only }) {
      const event = meeting();
      const named = event.conference?.conferenceSolution as { name?: string } | undefined;
      world.calendar.setConference(ana.email, event.calendarId, event.eventId, {
        ...event.conference,
        conferenceSolution: { key: { type: 'addOn' }, name: `${named?.name}, renamed` },
      });
      ana.edits(event, { summary: 'Under the old name' });
      world.settle();
      expect(only().title).toBe('Under the old name');
    },
  },
  {
    name: 'a run by hand, without an event, syncs everything there is',
    play({ ana, world, meeting, only }) {
      const event = meeting();
      world.faults.always('trigger', { kind: 'drop' });
      ana.edits(event, { summary: 'By hand' });
      world.settle();
      world.script.run(ana.email, 'syncEvents', [], 'manual');
      expect(only().title).toBe('By hand');
    },
  },
  {
    name: 'a trigger that comes half an hour late finds everything done by then, and repeats nothing',
    play({ ana, world, meeting, only, newWrites }) {
      const event = meeting();
      newWrites();
      world.faults.next('trigger.syncEvents', { kind: 'delay', ms: 30 * MINUTE_MS });
      ana.edits(event, { summary: 'First' });
      world.advance(MINUTE_MS);
      ana.edits(event, { summary: 'Second' });
      world.settle();
      expect(only().title).toBe('Second');
      world.advance(HOUR_MS);
      expect(newWrites()).toHaveLength(1);
    },
  },
  {
    name: 'with all triggers gone the button on the card brings them back, and what was missed is followed',
    play({ ana, world, meeting, titles }) {
      const [edited, deleted] = [meeting({ summary: 'Edited' }), meeting({ summary: 'Deleted' })];
      for (const { uid } of world.script.triggers(ana.email)) world.script.removeTrigger(ana.email, uid);
      ana.edits(edited, { summary: 'Edited meanwhile' });
      ana.deletes(deleted);
      world.advance(3 * DAY_MS);
      expect(titles()).toEqual(['Deleted', 'Edited']);
      world.script.run(ana.email, 'repairNow', [{}], 'card');
      expect(titles()).toContain('Edited meanwhile');
      world.advance(2 * HOUR_MS);
      expect(titles()).toEqual(['Edited meanwhile']);
      expect(
        world.script
          .triggers(ana.email)
          .map(({ handler }) => handler)
          .sort(),
      ).toEqual(['sweepHourly', 'syncEvents']);
    },
  },
  {
    name: 'a calendar beyond the cap of triggers is followed within the hour',
    play({ ana, world, meeting, titles, newCalendar }) {
      meeting({ summary: 'With a trigger' });
      for (let i = world.script.triggers(ana.email).length; i < 20; i++) {
        world.script.addTrigger({
          user: ana.email,
          handler: 'old',
          source: 'CALENDAR',
          calendarId: `c${i}@example.com`,
        });
      }
      const calendarId = newCalendar();
      const event = ana.createsEvent({ ...TUESDAY, calendarId, conference: SOLUTION });
      world.advance(65 * MINUTE_MS);
      ana.edits(event, { summary: 'Found by the sweep' });
      world.advance(65 * MINUTE_MS);
      expect(titles()).toEqual(['Found by the sweep', 'With a trigger']);
    },
  },
  {
    name: 'a user whose trigger time for the day is spent is followed again when the day is over',
    options: { latency: 'typical' },
    play({ ana, world, meeting, only, executions }) {
      const event = meeting();
      world.faults.always('script.properties.getProperties', { kind: 'hang', ms: 28_000 });
      for (let i = 0; i < 200; i++) {
        ana.edits(event, { summary: `Edit ${i}` });
        world.advance(MINUTE_MS);
      }
      world.faults.clear();
      ana.edits(event, { summary: 'At the end of the day' });
      world.advance(2 * HOUR_MS);
      expect(executions('syncEvents').at(-1)).toContain('too much computer time');
      expect(only().title).not.toBe('At the end of the day');
      world.advance(DAY_MS);
      expect(only().title).toBe('At the end of the day');
    },
  },
];
