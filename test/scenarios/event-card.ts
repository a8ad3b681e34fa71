/** The card beside an event: how its conference stands, since when, and why. */
import type { Json } from '../../sandbox/world/json';
import type { Scenario } from './stage';
import { HOUR_MS, MINUTE_MS, SOLUTION, TUESDAY, WEEKLY } from './stage';

const SERVER = 'internet.meet.example.com';
const BUTTON = 'Check and repair now';

/** All texts of a card, in order. */
function textsOf(card: Json): string[] {
  const found = JSON.stringify(card).matchAll(/"(?:text|header|subtitle)":"((?:[^"\\]|\\.)*)"/g);
  return [...found].map(([, text]) => JSON.parse(`"${text}"`) as string);
}

export const eventCard: Scenario[] = [
  {
    name: 'an event without a conference is told how to get one',
    play({ ana, eventCardOf }) {
      const texts = textsOf(eventCardOf(ana.createsEvent(TUESDAY)));
      expect(texts).toContain('This event has no conference of ours. Choose “Add conferencing” to give it one.');
      expect(texts).not.toContain(BUTTON);
    },
  },
  {
    name: 'an event that was never saved is told to be saved; only what is allowed, and what is remembered, is looked at',
    play({ ana, world, callsIn }) {
      const event = { calendar: { calendarId: ana.email } };
      let shown = '';
      const calls = callsIn(() => {
        shown = JSON.stringify(world.script.run(ana.email, 'showEvent', [event], 'card'));
      });
      expect(shown).toContain('Save this event first');
      expect(calls.sort()).toEqual(['PropertiesService.getProperties', 'ScriptApp.getAuthorizationInfo']);
    },
  },
  {
    name: 'the card shows that a conference is in step, and what of the event it is told',
    play({ meeting, eventCardOf }) {
      const texts = textsOf(eventCardOf(meeting()));
      expect(texts).toContain('Example Meet');
      expect(texts).toContain('In step with this event.');
      expect(texts).toContain('Example Meet is told of: title, time and repetition.');
    },
  },
  {
    name: 'the card of a conference in step reads what is allowed, the state, the triggers, the event and its meeting, each once',
    play({ meeting, eventCardOf, callsIn }) {
      const event = meeting();
      expect(callsIn(() => eventCardOf(event))).toEqual([
        'PropertiesService.getProperties',
        'ScriptApp.getAuthorizationInfo',
        'ScriptApp.getProjectTriggers',
        'Calendar events.get',
        'UrlFetchApp.fetch',
      ]);
    },
  },
  {
    name: 'the card of an event saved a moment ago says that its conference is made for it',
    play({ ana, eventCardOf }) {
      const event = ana.createsEvent({ ...TUESDAY, conference: SOLUTION });
      expect(textsOf(eventCardOf(event))).toContain(
        'Made for this event. It is told the title and the time once the event is saved.',
      );
    },
  },
  {
    name: 'the card tells of a change on its way, since when, and of the outage that holds it up',
    play({ ana, world, meeting, eventCardOf }) {
      const event = meeting();
      world.faults.always(SERVER, { kind: 'status', status: 503 });
      ana.edits(event, { summary: 'On its way' });
      world.advance(25 * MINUTE_MS);
      const texts = textsOf(eventCardOf(event)).join('\n');
      expect(texts).toContain('Not in step yet.');
      expect(texts).toMatch(/A change of 2[0-9] minutes ago is on its way to Example Meet\./);
      world.faults.clear(SERVER);
      world.advance(2 * HOUR_MS);
      expect(textsOf(eventCardOf(event))).toContain('In step with this event.');
    },
  },
  {
    name: 'the card tells what the service refused, and why; its button tries again and shows this event',
    play({ ana, world, meeting, only, eventCardOf, clicks }) {
      const event = meeting();
      world.faults.next(SERVER, { kind: 'status', status: 422 });
      ana.edits(event, { summary: 'Refused once' });
      world.advance(3 * HOUR_MS);
      const card = eventCardOf(event);
      expect(textsOf(card)).toEqual(
        expect.arrayContaining([
          'In step with this event but for what was refused.',
          'Example Meet refused this title (http-422), so it shows another one.',
          'What was refused is told again when it changes. “Check and repair now” tries at once.',
        ]),
      );
      const answer = clicks(card, BUTTON);
      expect(answer).toContain('Checked.');
      expect(answer).toContain('In step with this event.');
      expect(only().title).toBe('Refused once');
    },
  },
  {
    name: 'the card tells of a conference that is no longer there, and what to do',
    play({ ana, world, meeting, only, eventCardOf }) {
      const event = meeting();
      world.conferences.cancel(only().id);
      ana.edits(event, { summary: 'Into the void' });
      world.advance(3 * HOUR_MS);
      expect(textsOf(eventCardOf(event))).toContain(
        'Example Meet does not have this conference any more. Take it off the event and add it again.',
      );
    },
  },
  {
    name: 'the card says that a conference taken off ends soon, and then nothing more of it',
    play({ ana, world, meeting, eventCardOf }) {
      const event = meeting();
      ana.removesConference(event);
      world.settle();
      expect(textsOf(eventCardOf(event))).toContain('Taken off this event. It ends soon, unless it comes back.');
      world.advance(2 * HOUR_MS);
      expect(textsOf(eventCardOf(event)).join()).toContain('This event has no conference of ours.');
    },
  },
  {
    name: 'an occurrence shows the conference of its series',
    play({ ana, meeting, eventCardOf }) {
      const series = meeting(WEEKLY);
      const second = ana.occurrence(series, '2026-03-10');
      expect(textsOf(eventCardOf(second))).toContain('In step with this event.');
    },
  },
  {
    name: 'a guest’s card says of a conference that is the organiser’s only whose it is',
    play({ ben, meeting, world, eventCardOf }) {
      const event = meeting({ guests: [ben.email] });
      world.settle();
      const copy = { calendarId: ben.email, eventId: event.eventId };
      expect(textsOf(eventCardOf(copy, ben))).toContain(
        'This event has a conference of Example Meet that somebody else made. How it stands only they can see.',
      );
      expect(textsOf(eventCardOf(copy, ben)).join()).not.toContain('In step');
    },
  },
  {
    name: 'the owner of a calendar reads that a delegate gave an event its conference',
    play({ ana, ben, share, newCalendar, meeting, eventCardOf }) {
      const calendarId = newCalendar();
      share(calendarId, ben);
      const event = meeting({ calendarId }, ben);
      expect(textsOf(eventCardOf({ calendarId, eventId: event.eventId }, ana))).toContain(
        'This event has a conference of Example Meet that somebody else made. How it stands only they can see.',
      );
    },
  },
  {
    name: 'a card says of a conference of one’s own that it is not followed where nothing is read',
    play({ ana, world, meeting, newCalendar, eventCardOf }) {
      const event = meeting();
      const unread = newCalendar();
      const copy = ana.createsEvent({ ...TUESDAY, calendarId: unread });
      world.calendar.setConference(ana.email, unread, copy.eventId, event.conference as never);
      expect(textsOf(eventCardOf(copy))).toContain(
        'This event has a conference of Example Meet that you made. It is not followed on this calendar.',
      );
    },
  },
  {
    name: 'a state that a newer version wrote is told on the card as well',
    play({ ana, meeting, world, eventCardOf }) {
      const event = meeting();
      world.script.setUserProperty(ana.email, 'lockstep.schema', '99');
      expect(textsOf(eventCardOf(event)).join()).toContain('newer version (99');
    },
  },
];
