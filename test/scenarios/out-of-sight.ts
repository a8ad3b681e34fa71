/** Events that go where nobody reads, and come back: what may still be in use is not ended, and the home card says so. */
import { EITHER_WAY, LEFT_BEHIND } from './left-behind';
import type { Scenario } from './stage';
import { DAY_MS, SOLUTION, TUESDAY, underEach, WEEKLY } from './stage';

export const outOfSight: Scenario[] = [
  ...underEach([{ moveKeepsId: false }, ...LEFT_BEHIND], {
    name: 'a copy that is deleted leaves the conference to its original in a calendar that nobody watches',
    play({ ana, meeting, newCalendar, only, live, anHourLater }) {
      const original = meeting();
      const copy = ana.duplicates(original, { summary: 'The copy' });
      anHourLater();
      const moved = ana.moves(original, newCalendar());
      anHourLater();
      anHourLater();
      expect(only().title).toBe('The copy');
      ana.deletes(copy);
      anHourLater();
      anHourLater();
      expect(ana.sees(moved).conferenceData).toMatchObject({ conferenceId: only().id });
      expect(live()).toHaveLength(1);
    },
  }),
  ...underEach(EITHER_WAY, {
    name: 'a conference that has been out of sight outlives its events: a copy may have been made there',
    play({ ana, meeting, newCalendar, live, anHourLater, homeOf, clicks, only }) {
      const original = meeting();
      const copy = ana.duplicates(original, { summary: 'The copy' });
      anHourLater();
      const moved = ana.moves(original, newCalendar());
      anHourLater();
      anHourLater();
      const back = ana.moves(moved, ana.email);
      anHourLater();
      ana.deletes(copy);
      anHourLater();
      expect(live()).toHaveLength(1);
      ana.deletes(back);
      anHourLater();
      anHourLater();
      expect(only().title).toBe('Design review');
      expect(JSON.stringify(homeOf())).toContain(`Example Meet ${only().id}`);
      expect(clicks(homeOf(), 'End it')).toContain('has ended.');
      expect(live()).toHaveLength(0);
    },
  }),
  {
    name: 'a copy made out of sight keeps its link when the original comes back and changes to Meet',
    play({ ana, world, meeting, newCalendar, live, anHourLater }) {
      const hidden = newCalendar();
      world.faults.always('calendar.events.list', { kind: 'status', status: 503 });
      const away = ana.moves(meeting(), hidden);
      const copy = ana.duplicates(away, { summary: 'The copy' });
      anHourLater();
      world.faults.clear();
      anHourLater();
      anHourLater();
      const back = ana.moves(away, ana.email);
      anHourLater();
      ana.choosesMeet(back);
      world.advance(DAY_MS);
      expect(ana.sees(copy).conferenceData).toMatchObject({ conferenceId: live()[0]?.id });
    },
  },
  ...underEach(EITHER_WAY, {
    name: 'a copy made while its original was away for an hour keeps its link when the original changes to Meet',
    play({ ana, world, meeting, newCalendar, live, anHourLater }) {
      const original = meeting();
      const away = ana.moves(original, newCalendar());
      const copy = ana.duplicates(away, { summary: 'The copy' });
      world.settle();
      const back = ana.moves(away, ana.email);
      anHourLater();
      ana.choosesMeet(back);
      world.advance(DAY_MS);
      expect(ana.sees(copy).conferenceData).toMatchObject({ conferenceId: live()[0]?.id });
    },
  }),
  ...underEach(LEFT_BEHIND, {
    name: 'a copy made while its original was away for an hour is not forgotten for what its original left elsewhere before',
    play({ ana, world, meeting, newCalendar, live, anHourLater }) {
      const team = newCalendar();
      meeting({ summary: 'So that her own calendar is watched' });
      const original = ana.moves(meeting({ calendarId: team }), ana.email);
      anHourLater();
      const away = ana.moves(original, newCalendar());
      const copy = ana.duplicates(away, { summary: 'The copy' });
      world.settle();
      const back = ana.moves(away, ana.email);
      anHourLater();
      ana.choosesMeet(back);
      world.advance(DAY_MS);
      const { conferenceId } = ana.sees(copy).conferenceData as { conferenceId: string };
      expect(live().map(({ id }) => id)).toContain(conferenceId);
    },
  }),
  ...underEach(EITHER_WAY, {
    name: 'an event that was on another watched calendar for a moment ends its conference like any other',
    play({ ana, meeting, newCalendar, titles, unnoticed, fires, anHourLater }) {
      const team = newCalendar();
      meeting({ calendarId: team, summary: 'So that the team calendar is watched' });
      const event = meeting();
      const away = unnoticed(() => ana.moves(event, team));
      fires(event.calendarId);
      const back = unnoticed(() => ana.moves(away, ana.email));
      fires(team);
      anHourLater();
      ana.deletes(back);
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['So that the team calendar is watched']);
    },
  }),
  {
    name: 'an event that is followed anew after memory was lost still ends its conference',
    play({ ana, world, meeting, live, anHourLater }) {
      const event = meeting();
      const store = `script.properties/${world.script.scriptId}/user/${ana.email}`;
      for (const key of Object.keys(world.script.userProperties(ana.email))) {
        if (/ledger|calendar/.test(key)) world.records.remove(store, key);
      }
      world.script.run(ana.email, 'syncEvents', [{ authMode: 'FULL', calendarId: ana.email }], 'trigger');
      anHourLater();
      ana.deletes(event);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  },
  ...underEach([{ moveKeepsId: false }, ...LEFT_BEHIND], {
    name: 'of two halves of a series out of sight, one that comes back leaves the conference to the other',
    play({ ana, meeting, newCalendar, only, anHourLater }) {
      const first = meeting(WEEKLY);
      const second = ana.edits(ana.occurrence(first, '2026-03-17'), { summary: 'Second half' }, 'following');
      anHourLater();
      const team = newCalendar();
      const gone = ana.moves(first, team);
      anHourLater();
      const moved = ana.moves(second, team);
      anHourLater();
      anHourLater();
      const back = ana.moves(moved, ana.email);
      anHourLater();
      ana.deletes(back);
      anHourLater();
      anHourLater();
      expect(ana.sees(gone).conferenceData).toMatchObject({ conferenceId: only().id });
    },
  }),
  ...underEach(LEFT_BEHIND, {
    name: 'a series that moved out of sight keeps its conference, and that of an occurrence',
    play({ ana, meeting, newCalendar, live, anHourLater }) {
      const series = meeting(WEEKLY);
      ana.removesConference(ana.occurrence(series, '2026-03-10'), 'this');
      ana.choosesConference(ana.occurrence(series, '2026-03-10'), SOLUTION, 'this');
      anHourLater();
      expect(live()).toHaveLength(2);
      ana.moves(series, newCalendar());
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(2);
    },
  }),
  ...underEach(EITHER_WAY, {
    name: 'a conference is let go, not ended, when its event went where Lockstep cannot look, and the home card says so',
    play({ ana, world, meeting, live, newCalendar, cardOf, anHourLater }) {
      const event = meeting();
      ana.moves(event, newCalendar());
      world.advance(DAY_MS);
      anHourLater();
      expect(live()).toHaveLength(1);
      expect(cardOf()).toContain('It may be in use, so it was not ended.');
      expect(cardOf()).not.toContain('No conferences yet');
      ana.createsEvent({ ...TUESDAY, conference: SOLUTION });
      anHourLater();
      expect(live()).toHaveLength(2);
    },
  }),
  ...underEach(LEFT_BEHIND, {
    name: 'a conference that was kept on doubt is not ended while an event in sight has it',
    play({ ana, meeting, newCalendar, live, anHourLater, homeOf, clicks }) {
      const event = meeting();
      const moved = ana.moves(event, newCalendar());
      anHourLater();
      anHourLater();
      const card = homeOf();
      ana.moves(moved, ana.email);
      expect(clicks(card, 'End it')).toContain('was not ended: an event has it.');
      expect(live()).toHaveLength(1);
    },
  }),
];
