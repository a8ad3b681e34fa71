/** What people are told: the home card, its button, the settings; and what nobody can pretend. */
import type { Scenario, Stage } from './stage';
import { HOUR_MS, SOLUTION, TUESDAY } from './stage';

export const people: Scenario[] = [
  {
    name: 'the home card says how to begin, while there is nothing yet',
    play(stage) {
      expect(homeCard(stage)).toContain('No conferences yet.');
    },
  },
  {
    name: 'the home card counts what is in step, waiting, and on its way',
    play(stage) {
      const { ana, world, meeting } = stage;
      const event = meeting();
      ana.drafts({ ...TUESDAY, conference: SOLUTION });
      world.faults.always('internet.meet.example.com', { kind: 'status', status: 503 });
      ana.edits(event, { summary: 'On its way' });
      world.settle();
      const card = homeCard(stage);
      expect(card).toContain('1 conference in step with your events.');
      expect(card).toContain('1 new conference waiting for the event to be saved.');
      expect(card).toContain('1 change on the way to the conference service.');
    },
  },
  {
    name: 'the home card tells of a change that was set aside, and its button tries again',
    play(stage) {
      const { ana, world, meeting, only } = stage;
      const event = meeting();
      world.faults.next('internet.meet.example.com', { kind: 'status', status: 422 });
      ana.edits(event, { summary: 'Refused once' });
      world.advance(3 * HOUR_MS);
      expect(homeCard(stage)).toContain('1 change could not be delivered and was set aside.');
      const answer = world.script.run(ana.email, 'repairNow', [], 'card');
      expect(JSON.stringify(answer)).toContain('Checked.');
      expect(only().title).toBe('Refused once');
      expect(homeCard(stage)).not.toContain('set aside');
    },
  },
  {
    name: 'the home card tells of an event whose conference is no longer there',
    play(stage) {
      const { ana, world, meeting, only } = stage;
      const event = meeting();
      world.conferences.cancel(only().id);
      ana.edits(event, { summary: 'Into the void' });
      world.advance(3 * HOUR_MS);
      expect(homeCard(stage)).toContain('1 event refers to a conference that no longer exists.');
    },
  },
  {
    name: 'a state that a newer version wrote is left untouched, and the card says so',
    play(stage) {
      const { ana, world, meeting } = stage;
      const event = meeting();
      world.script.setUserProperty(ana.email, 'lockstep.schema', '99');
      const before = world.script.userProperties(ana.email);
      ana.edits(event, { summary: 'From the future' });
      world.advance(2 * HOUR_MS);
      expect(world.script.userProperties(ana.email)).toEqual(before);
      expect(homeCard(stage)).toContain('newer version (99');
      expect(stage.logged('stopped').map(({ code }) => code)).toContain('state-unreadable');
    },
  },
  {
    name: 'the settings say what the organisation has decided',
    play({ ana, world }) {
      const answer = world.script.run(ana.email, 'showSettings', [], 'card');
      expect(JSON.stringify(answer)).toContain('Of private events only the time is passed on.');
    },
  },
  {
    name: "another conference under this user's stamp is not taken for this user's",
    play({ ana, ben, world, meeting, newCalendar, newWrites, anHourLater }) {
      const team = newCalendar();
      const rule = { role: 'writer', scope: { type: 'user', value: ben.email } };
      world.calendar.handle(ana.email, { method: 'acl.insert', params: { calendarId: team }, body: rule });
      const shared = meeting({ calendarId: team });
      const forged = ben.createsEvent({ ...TUESDAY, summary: 'Forged', calendarId: team });
      const stamped = JSON.stringify(shared.conference).split(shared.conference?.conferenceId as string);
      world.calendar.setConference(ben.email, team, forged.eventId, JSON.parse(stamped.join('abc-defg-hij')));
      newWrites();
      ben.edits(forged, { summary: 'Forged, edited' });
      anHourLater();
      expect(newWrites()).toEqual([]);
      expect(JSON.stringify(world.script.userProperties(ana.email))).not.toContain('abc-defg-hij');
    },
  },
];

function homeCard({ ana, world }: Stage): string {
  return JSON.stringify(world.script.run(ana.email, 'showHome', [], 'card'));
}
