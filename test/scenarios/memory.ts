/** What the add-on remembers is damaged, lost, or another version's. */
import { damageProperty, type PropertyDamage } from '../../sandbox/script/damage';
import type { Scenario, Stage } from './stage';
import { HOUR_MS, SOLUTION, TUESDAY } from './stage';

const DAMAGES: readonly PropertyDamage[] = ['cut', 'replace', 'drop'];

export const memory: Scenario[] = [
  ...DAMAGES.map(
    (how): Scenario => ({
      name: `a part of the ledger that is damaged is told of, made anew, and its conferences end with their events (${how})`,
      play(stage) {
        const { ana, meeting, titles, logged, cardOf, anHourLater } = stage;
        const event = meeting();
        damage(stage, 'lockstep.ledger.0', how);
        expect(cardOf()).toContain('memory is damaged. Your calendars are read anew to mend it.');
        anHourLater();
        expect(logged('memory-damaged')).toMatchObject([{ code: 'shard' }]);
        expect(logged('memory-mended')).toHaveLength(1);
        expect(cardOf()).toContain('It was made anew from your calendars');
        ana.edits(event, { summary: 'Followed all the same' });
        anHourLater();
        expect(titles()).toEqual(['Followed all the same']);
        ana.deletes(event);
        anHourLater();
        expect(titles()).toEqual([]);
        expect(logged('memory-damaged')).toHaveLength(1);
        for (let day = 0; day < 8; day++) stage.world.advance(24 * HOUR_MS);
        expect(cardOf()).not.toContain('memory');
      },
    }),
  ),
  {
    name: 'an occurrence whose line was cut keeps no conference alive when its series is deleted',
    play(stage) {
      const { ana, meeting, titles, anHourLater } = stage;
      const series = meeting({ recurrence: ['RRULE:FREQ=WEEKLY'] });
      const later = { start: at('2026-03-10T15:00:00'), end: at('2026-03-10T16:00:00') };
      ana.edits(ana.occurrence(series, '2026-03-10'), later, 'this');
      anHourLater();
      const text = stage.world.script.userProperties(ana.email)['lockstep.ledger.0'] as string;
      stage.world.script.setUserProperty(ana.email, 'lockstep.ledger.0', text.slice(0, text.lastIndexOf('|l|') + 3));
      anHourLater();
      ana.deletes(series);
      for (let hour = 0; hour < 3; hour++) anHourLater();
      expect(titles()).toEqual([]);
    },
  },
  ...DAMAGES.map(
    (how): Scenario => ({
      name: `a calendar whose record is damaged is found by its trigger and followed on (${how})`,
      play(stage) {
        const { ana, world, meeting, titles, newCalendar, anHourLater } = stage;
        const calendarId = newCalendar();
        const event = meeting({ calendarId });
        const isRecord = (name: string) => name.startsWith('lockstep.calendar.');
        for (const name of Object.keys(world.script.userProperties(ana.email)).filter(isRecord))
          damage(stage, name, how);
        anHourLater();
        expect(world.script.triggers(ana.email).map(({ calendarId: id }) => id)).toContain(calendarId);
        ana.edits(event, { summary: 'Renamed' });
        world.settle();
        expect(titles()).toEqual(['Renamed']);
        ana.deletes(event);
        anHourLater();
        expect(titles()).toEqual([]);
      },
    }),
  ),
  ...DAMAGES.map(
    (how): Scenario => ({
      name: `the secret word of a user that is damaged comes back, and copies of older events still count as theirs (${how})`,
      play(stage) {
        const { ana, meeting, titles, logged, anHourLater } = stage;
        const event = meeting();
        damage(stage, 'lockstep.owner', how);
        const second = meeting({ summary: 'Second' });
        const copy = ana.duplicates(event, { summary: 'The copy' });
        anHourLater();
        expect(logged('memory-damaged')).toMatchObject([{ code: 'owner', end: 'restored' }]);
        for (const one of [event, second]) ana.deletes(one);
        anHourLater();
        ana.edits(copy, { summary: 'The copy drives' });
        anHourLater();
        expect(titles()).toEqual(['The copy drives']);
      },
    }),
  ),
  ...(
    [
      ['2', 'newer', 'deploy the newer version again'],
      ['0', 'too old', 'deploy a version in between first'],
    ] as const
  ).map(
    ([schema, what, remedy]): Scenario => ({
      name: `while the memory is a ${what} version’s nothing is changed, no conference is handed out, and the cards say why`,
      play(stage) {
        const { ana, world, meeting, titles, cardOf, eventCardOf } = stage;
        const event = meeting();
        world.script.setUserProperty(ana.email, 'lockstep.schema', schema);
        const before = world.script.userProperties(ana.email);
        const draft = ana.drafts({ ...TUESDAY, summary: 'Second', conference: SOLUTION });
        expect(draft.conference).toMatchObject({ state: 'failed' });
        for (let hour = 0; hour < 3; hour++) stage.anHourLater();
        expect(titles()).toEqual(['Design review']);
        for (const card of [cardOf(), JSON.stringify(eventCardOf(event))]) {
          expect(card).toContain(what);
          expect(card).toContain(`Nothing was changed, and no conference is made; ${remedy}.`);
        }
        expect(world.script.userProperties(ana.email)).toEqual(before);
      },
    }),
  ),
  {
    name: 'a version’s mark that is damaged is put right where its second copy is there, and stops everything where none is',
    play(stage) {
      const { ana, world, meeting, titles, cardOf, anHourLater } = stage;
      const event = meeting();
      damage(stage, 'lockstep.schema', 'replace');
      ana.edits(event, { summary: 'Followed' });
      anHourLater();
      expect(titles()).toEqual(['Followed']);
      expect(world.script.userProperties(ana.email)['lockstep.schema']).toBe('1');
      for (const name of ['lockstep.schema', 'lockstep.memory']) damage(stage, name, 'replace');
      expect(cardOf()).toContain('cannot be told: the mark of it is damaged');
      expect(cardOf()).toContain('tell whoever runs it');
      expect(ana.drafts({ ...TUESDAY, conference: SOLUTION }).conference).toMatchObject({ state: 'failed' });
    },
  },
];

function damage({ world, ana }: Stage, name: string, how: PropertyDamage): void {
  if (damageProperty(world.script, world.records, ana.email, name, how) === undefined) throw new Error(`No ${name}.`);
}

function at(dateTime: string) {
  return { dateTime, timeZone: 'Europe/Zurich' };
}
