/** What conference servers answer on bad days: limits, daily quotas, wrong keys, pages that are no API. */
import type { Fault } from '../../sandbox/world/faults';
import type { Scenario } from './stage';
import { DAY_MS, HOUR_MS, MINUTE_MS, SOLUTION, TUESDAY, underEach } from './stage';

const SERVER = 'internet.meet.example.com';
const JSON_TYPE = { 'content-type': 'application/json' };
const WHOLE_BATCH = [{ fetchAllRejectsWhole: false }];

const LOGIN_PAGE: Fault = {
  kind: 'status',
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<html><body>Please sign in</body></html>',
};

export const outages: Scenario[] = [
  {
    name: 'a server that asks to wait ten minutes is asked nothing for ten minutes, and then everything arrives',
    play({ ana, world, meeting, titles, newWrites, cardOf }) {
      const events = ['One', 'Two', 'Three'].map((summary) => meeting({ summary }));
      world.faults.next(SERVER, { kind: 'status', status: 429, headers: { 'retry-after': '600' } });
      ana.edits(events[0]!, { summary: 'One, edited' });
      world.settle();
      newWrites();
      const from = requests(world);
      for (const event of events.slice(1)) ana.edits(event, { summary: `${event.event.summary}, edited` });
      world.advance(9 * MINUTE_MS);
      expect(requests(world)).toBe(from);
      expect(cardOf()).toContain('The conference service asked us to slow down.');
      world.advance(2 * HOUR_MS);
      expect(titles()).toEqual(['One, edited', 'Three, edited', 'Two, edited']);
      expect(newWrites()).toHaveLength(3);
    },
  },
  {
    name: 'a create that meets a server at its limit says so, and leaves nothing behind',
    play({ ana, world, live }) {
      world.faults.next(SERVER, { kind: 'status', status: 429, headers: { 'retry-after': '60' } });
      const draft = ana.drafts({ ...TUESDAY, conference: SOLUTION });
      expect(draft.conference).toMatchObject({ state: 'failed' });
      ana.saves(ana.choosesIn(draft.draftId, SOLUTION));
      world.advance(2 * DAY_MS);
      expect(live()).toHaveLength(1);
      expect(live()[0]?.title).toBe('Design review');
    },
  },
  {
    name: 'a daily limit of the provider delays what it must and loses nothing',
    play({ ana, world, meeting, titles, live, newWrites, anHourLater }) {
      const events = Array.from({ length: 6 }, (_, i) => meeting({ summary: `Meeting ${i}` }));
      newWrites();
      world.faults.next(SERVER, dailyLimit(20 * 3_600), Number.POSITIVE_INFINITY, 2);
      for (const event of events.slice(0, 5)) ana.edits(event, { summary: `${event.event.summary}, edited` });
      ana.deletes(events[5]!);
      for (let hours = 0; hours < 19; hours++) anHourLater();
      expect(requestsRefused(world)).toBeLessThan(60);
      expect(titles().filter((title) => title.endsWith(', edited')).length).toBeLessThan(5);
      world.faults.clear();
      world.advance(6 * HOUR_MS);
      expect(titles()).toEqual(Array.from({ length: 5 }, (_, i) => `Meeting ${i}, edited`));
      expect(live()).toHaveLength(5);
    },
  },
  {
    name: 'a conference that the server fails at every time holds up no other one',
    play({ ana, world, meeting, titles, cardOf }) {
      const [bad, good] = [meeting({ summary: 'Bad' }), meeting({ summary: 'Good' })];
      const { id } = world.conferences.conferences().find(({ title }) => title === 'Bad') as { id: string };
      const fails = { status: 503, headers: {}, body: '' };
      let mended = false;
      world.internet.add('meet.example.com', {
        handle: (request, by) => (!mended && request.url.endsWith(id) ? fails : world.conferences.handle(request, by)),
      });
      ana.edits(bad, { summary: 'Bad, edited' });
      for (let hours = 0; hours < 6; hours++) {
        world.advance(HOUR_MS);
        ana.edits(good, { summary: `Good, edit ${hours}` });
        world.settle();
        expect(titles()).toEqual(['Bad', `Good, edit ${hours}`]);
      }
      expect(cardOf()).toContain('1 change on the way');
      mended = true;
      world.advance(3 * HOUR_MS);
      expect(titles()).toEqual(['Bad, edited', 'Good, edit 5']);
    },
  },
  {
    name: 'a key that is refused pauses the provider, says whom to ask, and everything arrives once it is good again',
    play({ ana, world, meeting, titles, cardOf, executions }) {
      const events = ['One', 'Two'].map((summary) => meeting({ summary }));
      world.faults.always(SERVER, { kind: 'status', status: 401, headers: JSON_TYPE, body: '{}' });
      const before = requests(world);
      for (const event of events) ana.edits(event, { summary: `${event.event.summary}, edited` });
      world.advance(5 * HOUR_MS);
      expect(requests(world) - before).toBeLessThan(10);
      expect(cardOf()).toContain('does not accept our key');
      expect(cardOf()).toContain('2 changes on the way');
      expect(executions('sweepHourly').every((end) => end.startsWith('ends'))).toBe(true);
      world.faults.clear();
      world.advance(3 * HOUR_MS);
      expect(titles()).toEqual(['One, edited', 'Two, edited']);
      expect(cardOf()).not.toContain('does not accept our key');
    },
  },
  {
    name: 'once the key is good again, the button on the card resumes everything at once',
    play({ ana, world, meeting, titles, cardOf }) {
      const events = ['One', 'Two', 'Three'].map((summary) => meeting({ summary }));
      world.faults.always(SERVER, { kind: 'status', status: 401, headers: JSON_TYPE, body: '{}' });
      for (const event of events.slice(0, 2)) ana.edits(event, { summary: `${event.event.summary}, edited` });
      ana.deletes(events[2]!);
      world.advance(5 * HOUR_MS);
      world.faults.clear();
      world.script.run(ana.email, 'repairNow', [{}], 'card');
      expect(titles()).toEqual(['One, edited', 'Two, edited']);
      expect(cardOf()).not.toContain('does not accept our key');
    },
  },
  {
    name: 'the button does not press a server that asked to wait',
    play({ ana, world, meeting, titles }) {
      const event = meeting();
      world.faults.next(SERVER, { kind: 'status', status: 429, headers: { 'retry-after': '3600' } });
      ana.edits(event, { summary: 'Later' });
      world.settle();
      const before = requests(world);
      world.script.run(ana.email, 'repairNow', [{}], 'card');
      expect(requests(world)).toBe(before);
      world.advance(3 * HOUR_MS);
      expect(titles()).toEqual(['Later']);
    },
  },
  {
    name: 'a server that asks to wait for a year is asked again the next day',
    play({ ana, world, meeting, titles }) {
      const event = meeting();
      world.faults.next(SERVER, { kind: 'status', status: 429, headers: { 'retry-after': '31536000' } });
      ana.edits(event, { summary: 'The next day' });
      world.advance(DAY_MS + 2 * HOUR_MS);
      expect(titles()).toEqual(['The next day']);
    },
  },
  {
    name: 'a create with a key that is refused tells the person, and leaves nothing behind',
    play({ ana, world, live }) {
      world.faults.next(SERVER, { kind: 'status', status: 401, headers: JSON_TYPE, body: '{}' });
      const draft = ana.drafts({ ...TUESDAY, conference: SOLUTION });
      expect(draft.conference).toMatchObject({ state: 'failed' });
      ana.saves(draft);
      world.advance(2 * DAY_MS);
      expect(live()).toHaveLength(0);
    },
  },
  ...underEach(WHOLE_BATCH, {
    name: 'a login page with status 200 is no success: the edit is sent again',
    play({ ana, world, meeting, only, anHourLater }) {
      const event = meeting();
      world.faults.next(SERVER, LOGIN_PAGE, 3);
      ana.edits(event, { summary: 'Past the login page' });
      world.settle();
      expect(only().title).toBe('Design review');
      for (let hours = 0; hours < 4; hours++) anHourLater();
      expect(only().title).toBe('Past the login page');
    },
  }),
  {
    name: 'a create that is answered with a login page shows no link that leads nowhere',
    play({ ana, world, live }) {
      world.faults.next(SERVER, LOGIN_PAGE, 2);
      const draft = ana.drafts({ ...TUESDAY, conference: SOLUTION });
      expect(draft.conference).toMatchObject({ state: 'failed' });
      ana.discards(draft);
      world.advance(2 * DAY_MS);
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'a success that holds an error instead of a conference is no conference',
    play({ ana, world, live }) {
      const body = '{"error":{"code":"internal","message":"Something went wrong."}}';
      world.faults.next(SERVER, { kind: 'status', status: 200, headers: JSON_TYPE, body }, 2);
      const draft = ana.drafts({ ...TUESDAY, conference: SOLUTION });
      expect(draft.conference).toMatchObject({ state: 'failed' });
      ana.saves(draft);
      world.advance(2 * DAY_MS);
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'a redirect, an empty answer and half an answer end no conference and lose no deletion',
    play({ ana, world, meeting, live, anHourLater }) {
      const event = meeting();
      const odd: Fault[] = [
        { kind: 'status', status: 302, headers: { location: 'https://meet.example.com/login' }, body: '' },
        { kind: 'status', status: 502, headers: { 'content-type': 'text/html' }, body: '' },
        { kind: 'status', status: 200, headers: JSON_TYPE, body: '{"id":' },
      ];
      for (const fault of odd) world.faults.next(SERVER, fault);
      ana.deletes(event);
      for (let hours = 0; hours < 6; hours++) anHourLater();
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'an update that was carried out although its answer was lost is not carried out on top of a later one',
    play({ ana, world, meeting, only, anHourLater }) {
      const event = meeting();
      world.faults.next(SERVER, { kind: 'lost-answer' });
      ana.edits(event, { summary: 'First' });
      world.settle();
      ana.edits(event, { summary: 'Second' });
      world.settle();
      expect(only().title).toBe('Second');
      anHourLater();
      anHourLater();
      expect(only()).toMatchObject({ title: 'Second' });
    },
  },
  ...underEach(WHOLE_BATCH, {
    name: 'one address that does not resolve in a batch does not hold up the others',
    play({ ana, world, meeting, titles, unnoticed, fires, anHourLater }) {
      const events = ['One', 'Two', 'Three'].map((summary) => meeting({ summary }));
      unnoticed(() => {
        for (const event of events) ana.edits(event, { summary: `${event.event.summary}, edited` });
      });
      world.faults.next(SERVER, { kind: 'throw', message: 'DNS error' }, 1, 1);
      fires(ana.email);
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['One, edited', 'Three, edited', 'Two, edited']);
    },
  }),
  {
    name: 'a provider that calls a live conference not found once does not lose it when its event is deleted',
    play({ ana, world, meeting, live, anHourLater }) {
      const event = meeting();
      world.faults.next(SERVER, { kind: 'status', status: 404, headers: JSON_TYPE, body: '{}' });
      ana.deletes(event);
      anHourLater();
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'what the server redirects to is not taken for its answer',
    play({ ana, world, meeting, titles }) {
      world.internet.add('elsewhere.example.com', {
        handle: () => ({ status: 200, headers: JSON_TYPE, body: '{}' }),
      });
      const event = meeting();
      const location = 'https://elsewhere.example.com/';
      world.faults.next(SERVER, { kind: 'status', status: 302, headers: { location } });
      ana.edits(event, { summary: 'Told to the server itself' });
      world.advance(2 * HOUR_MS);
      expect(titles()).toEqual(['Told to the server itself']);
    },
  },
  {
    name: 'a passcode that is too long for Calendar is left out, and the link is there',
    play({ ana, world }) {
      const conference = { id: 'abc', joinUrl: 'https://meet.example.com/abc', passcode: '1'.repeat(129) };
      world.faults.next(SERVER, { kind: 'status', status: 201, headers: JSON_TYPE, body: JSON.stringify(conference) });
      const event = ana.createsEvent({ ...TUESDAY, conference: SOLUTION });
      expect(event.shown).toBeUndefined();
      expect(event.conference?.entryPoints).toEqual([
        expect.objectContaining({ entryPointType: 'video', uri: 'https://meet.example.com/abc' }),
      ]);
    },
  },
  {
    name: 'creates that were answered with "try later" leave nothing at the server when the outage is over',
    play({ ana, world, meeting, titles, anHourLater }) {
      meeting({ summary: 'Before' });
      world.faults.always('internet.meet.example.com', { kind: 'lost-answer' });
      for (let i = 0; i < 3; i++) {
        ana.discards(ana.drafts({ ...TUESDAY, summary: 'During', conference: SOLUTION }));
        world.advance(MINUTE_MS);
      }
      expect(titles()).toHaveLength(4);
      world.faults.clear();
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['Before']);
    },
  },
];

function dailyLimit(seconds: number): Fault {
  const body = '{"error":{"code":"daily_limit","message":"No more today."}}';
  return { kind: 'status', status: 429, headers: { ...JSON_TYPE, 'retry-after': String(seconds) }, body };
}

interface Traced {
  trace: { entries(): ReadonlyArray<{ kind: string; text: string }> };
}

function requests(world: Traced): number {
  return world.trace.entries().filter(({ kind }) => kind === 'internet').length;
}

function requestsRefused(world: Traced): number {
  return world.trace.entries().filter(({ kind, text }) => kind === 'internet' && text.includes('429')).length;
}
