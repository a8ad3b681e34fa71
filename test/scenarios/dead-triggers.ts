/** Triggers that are listed and never fire, are gone, or cannot be made: who brings them back, and what people are told. */
import type { Scenario, Stage } from './stage';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './stage';

export const deadTriggers: Scenario[] = [
  {
    name: 'with all triggers disabled the next conference brings new ones, and what was missed is followed',
    play(stage) {
      const { ana, world, meeting, titles } = stage;
      const event = meeting();
      disableAll(stage);
      ana.edits(event, { summary: 'Renamed' });
      world.advance(5 * HOUR_MS);
      meeting({ summary: 'Another' });
      world.advance(2 * HOUR_MS);
      expect(titles()).toEqual(['Another', 'Renamed']);
    },
  },
  ...(['home', 'event', 'settings'] as const).map(
    (card): Scenario => ({
      name: `with all triggers disabled, or gone, opening a card brings new ones (${card})`,
      play({ again }) {
        for (const loses of [disableAll, removeAll]) {
          const stage = again();
          const { ana, world, meeting, only } = stage;
          const event = meeting();
          loses(stage);
          ana.edits(event, { summary: 'Renamed' });
          world.advance(5 * HOUR_MS);
          expect(only().title).toBe('Design review');
          const opened = { home: () => stage.cardOf(), event: () => stage.eventCardOf(event), settings: opensSettings };
          opened[card](stage);
          world.advance(2 * HOUR_MS);
          expect(only().title).toBe('Renamed');
          ana.edits(event, { summary: 'Followed at once' });
          world.settle();
          expect(only().title).toBe('Followed at once');
        }
      },
    }),
  ),
  {
    name: 'triggers that are gone come back with a conference, once the calendar was not read for 45 minutes',
    play(stage) {
      const { world, meeting } = stage;
      meeting();
      removeAll(stage);
      world.advance(44 * MINUTE_MS);
      meeting({ summary: 'Too soon' });
      expect(world.script.triggers()).toEqual([]);
      world.advance(2 * MINUTE_MS);
      meeting({ summary: 'Soon enough' });
      expect(handlers(stage)).toEqual(['sweepHourly', 'syncEvents']);
    },
  },
  {
    name: 'a calendar’s disabled trigger is found out by what only the hourly run noticed, and replaced with the next card',
    play(stage) {
      const { ana, world, meeting, only, cardOf } = stage;
      const event = meeting();
      const dead = world.script.triggers(ana.email).find(({ handler }) => handler === 'syncEvents');
      world.script.firedTriggers.disable(ana.email, dead?.uid);
      for (let i = 0; i < 3; i++) {
        ana.edits(event, { summary: `Found late ${i}` });
        world.settle();
        expect(only().title).not.toBe(`Found late ${i}`);
        world.advance(65 * MINUTE_MS);
        expect(only().title).toBe(`Found late ${i}`);
      }
      cardOf();
      ana.edits(event, { summary: 'Followed at once' });
      world.settle();
      expect(only().title).toBe('Followed at once');
    },
  },
  {
    name: 'no trigger is taken for dead in days of triggers that work, calendars that cannot be read and missing grants',
    play({ ana, world, meeting, cardOf }) {
      const event = meeting();
      const uids = () => world.script.triggers(ana.email).map(({ uid }) => uid);
      const before = uids();
      for (let day = 0; day < 10; day++) {
        ana.edits(event, { summary: `Day ${day}` });
        if (day % 5 === 1) world.script.revokeGrant(ana.email);
        if (day % 5 === 2) world.script.restoreGrant(ana.email);
        if (day % 5 === 3)
          world.faults.always('calendar.events.list', { kind: 'status', status: 403, reason: 'quotaExceeded' });
        if (day % 5 === 4) world.faults.clear();
        world.advance(DAY_MS);
        cardOf();
      }
      expect(uids()).toEqual(before);
    },
  },
  {
    name: 'where Google will have no trigger made, the card says that changes are not noticed',
    play({ ana, world, meeting, cardOf }) {
      const message = 'You do not have permission to call ScriptApp.newTrigger.';
      for (const call of ['createCalendarTrigger', 'createClockTrigger']) {
        world.faults.always(`scriptApp.${call}`, { kind: 'throw', message });
      }
      meeting();
      world.advance(6 * HOUR_MS);
      expect(cardOf()).toContain('changes of your events are not noticed');
      world.faults.clear();
      world.script.run(ana.email, 'repairNow', [{}], 'card');
      expect(cardOf()).not.toContain('are not noticed');
    },
  },
  {
    name: 'a second calendar that Google has no trigger for is followed every hour, and the card says so',
    play({ ana, world, meeting, titles, newCalendar, cardOf }) {
      meeting({ summary: 'First' });
      world.faults.always('scriptApp.createCalendarTrigger', { kind: 'throw', message: 'No more of that kind.' });
      const event = meeting({ calendarId: newCalendar(), summary: 'Second' });
      world.advance(65 * MINUTE_MS);
      ana.edits(event, { summary: 'Found by the sweep' });
      world.advance(65 * MINUTE_MS);
      expect(titles()).toEqual(['First', 'Found by the sweep']);
      expect(cardOf()).toContain('Changes in 1 calendar are followed only once an hour');
    },
  },
  {
    name: 'while nothing was read for hours no card calls a conference in step',
    play(stage) {
      const { world, meeting, cardOf, eventCardOf } = stage;
      const event = meeting();
      world.faults.always('trigger', { kind: 'drop' });
      world.advance(31 * HOUR_MS);
      expect(cardOf()).toContain('1 conference on your events. Whether all are in step is not known');
      expect(JSON.stringify(eventCardOf(event))).toContain('In step when the calendar was last read, 31 hours ago');
    },
  },
  {
    name: 'a calendar that has been gone for two months is not spoken of any more, and its conference is let go',
    options: { script: { contexts: 'kept' } },
    play({ ana, world, meeting, newCalendar, cardOf, titles, api }) {
      const calendarId = newCalendar();
      meeting({ calendarId, recurrence: ['RRULE:FREQ=WEEKLY'] });
      api(ana, 'calendars.delete', { calendarId });
      world.advance(2 * DAY_MS);
      expect(cardOf()).toContain('1 calendar cannot be read any more');
      world.advance(61 * DAY_MS);
      expect(cardOf()).not.toContain('cannot be read any more');
      expect(titles()).toEqual(['Design review']);
      expect(world.script.userProperties(ana.email)).not.toHaveProperty(
        'lockstep.ledger.0',
        expect.stringMatching(/./),
      );
    },
  },
  {
    name: 'neither the hourly run nor the button stumbles when a used-up property cannot be removed',
    play({ ana, world, meeting, anHourLater, executions }) {
      meeting();
      world.faults.always('properties.deleteProperty', { kind: 'throw', message: 'Service error: PropertiesService' });
      anHourLater();
      expect(world.script.run(ana.email, 'repairNow', [{}], 'card')).toMatchObject({ ok: true });
      expect(executions('sweepHourly').every((end) => end.startsWith('ends'))).toBe(true);
    },
  },
  {
    name: 'whatever service of Google’s fails, each card and each button answers in words',
    play({ ana, world, meeting, cardOf, eventCardOf }) {
      const event = meeting();
      for (const point of ['lock', 'properties', 'scriptApp', 'cache']) {
        world.faults.always(point, { kind: 'throw', message: `Service error: ${point}` });
        for (const card of [cardOf(), JSON.stringify(eventCardOf(event))]) expect(card).toContain('"text"');
        expect(world.script.run(ana.email, 'repairNow', [{}], 'card')).toMatchObject({ ok: true });
        world.faults.clear();
      }
    },
  },
];

function handlers({ world, ana }: Stage): string[] {
  return world.script
    .triggers(ana.email)
    .map(({ handler }) => handler)
    .sort();
}

function removeAll({ world, ana }: Stage): void {
  for (const { uid } of world.script.triggers(ana.email)) world.script.removeTrigger(ana.email, uid);
}

/** They are listed as before. */
function disableAll({ world, ana }: Stage): void {
  world.script.firedTriggers.disable(ana.email);
}

function opensSettings({ world, ana }: Stage): void {
  world.script.run(ana.email, 'showSettings', [{}], 'card');
}
