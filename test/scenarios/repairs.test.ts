/** What people see where the operator lets the add-on put a new link into events whose conference is gone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventHandle, Person } from '../../sandbox/editor/person';
import { loadAddOn } from '../../sandbox/script/host';
import type { JsonObject } from '../../sandbox/world/json';
import { buildAll, ROOT } from '../bundle/builds';
import { HOUR_MS, Stage, underEach, WEEKLY } from './stage';

const OUT = join(ROOT, '.build', 'scenarios', 'repairs');
const [built] = buildAll([{ config: join(__dirname, 'repairs.config.ts'), out: OUT }]);
if (built?.functions === undefined) throw new Error(JSON.stringify(built));
const addOn = loadAddOn(OUT);

const ACCEPTED = { addOnConferenceByApi: 'accepted' };

/** Written through the API, or refused there; a person in Calendar's own pages is no such call. */
const writesIn = (stage: Stage, act: () => void) =>
  stage.callsIn(act).filter((call) => /^Calendar (threw|events\.(patch|update|insert|delete))/.test(call));

function eventOf(stage: Stage, { calendarId, eventId }: EventHandle, person: Person = stage.ana): JsonObject {
  return stage.api(person, 'events.get', { calendarId: person === stage.ana ? calendarId : person.email, eventId });
}

function linkOf(event: JsonObject): unknown {
  const points = (event.conferenceData as { entryPoints?: JsonObject[] } | undefined)?.entryPoints ?? [];
  return points.find((point) => point.entryPointType === 'video')?.uri;
}

/** The owner of the conference ends it on the provider's pages; the next edit finds that out. */
function isLost({ world, ana, only, anHourLater }: Stage, event: EventHandle): string {
  const { id } = only();
  world.conferences.cancel(id);
  ana.edits(event, { summary: 'Edited since' }, event.event.recurrence === undefined ? undefined : 'all');
  anHourLater();
  anHourLater();
  return id;
}

function plays(name: string, switches: Record<string, unknown>, play: (stage: Stage) => void, others: object[] = []) {
  const scenario = { name, options: { switches }, play };
  for (const one of underEach(others as Array<Record<string, unknown>>, scenario)) {
    it(one.name, () => one.play(new Stage(addOn, one.options)));
  }
}

describe('an event whose conference is gone at the provider', () => {
  plays(
    'shows a new link that works, is followed, and ends with the event',
    ACCEPTED,
    (stage) => {
      const { ana, ben, meeting, only, live, cardOf, anHourLater } = stage;
      const event = meeting({ guests: [ben.email] });
      ben.replies(event, 'accepted');
      const before = eventOf(stage, event);
      const lost = isLost(stage, event);
      expect(only()).toMatchObject({ title: 'Edited since' });
      expect(only().id).not.toBe(lost);
      const after = eventOf(stage, event);
      expect(linkOf(after)).toBe(only().joinUrl);
      expect(linkOf(eventOf(stage, event, ben))).toBe(only().joinUrl);
      expect(after).toMatchObject({ attendees: before.attendees, reminders: before.reminders });
      expect(after.conferenceData).toMatchObject({
        conferenceSolution: { name: 'Example Meet', key: { type: 'addOn' } },
      });
      expect(cardOf()).not.toContain('no longer exists');
      ana.drags(event, '2026-03-04T15:00:00', '2026-03-04T16:00:00');
      anHourLater();
      expect(only().start).toMatchObject({ dateTime: '2026-03-04T15:00:00' });
      ana.deletes(event);
      anHourLater();
      anHourLater();
      expect(live()).toEqual([]);
      expect(stage.world.script.notSimulated()).toEqual([]);
    },
    [{ errorDetails: false }, { apiWritesFireTriggers: false }, { emptyPages: true }],
  );

  plays('is written once, and then left alone', ACCEPTED, (stage) => {
    const event = stage.meeting();
    expect(writesIn(stage, () => isLost(stage, event))).toEqual(['Calendar events.patch']);
    stage.anHourLater();
    stage.newWrites();
    expect(writesIn(stage, () => stage.world.advance(24 * HOUR_MS))).toEqual([]);
    expect(stage.newWrites()).toEqual([]);
  });

  plays(
    'shows its dead link and is told of on the card where Google refuses the write, which is not repeated',
    {},
    (stage) => {
      const event = stage.meeting();
      const before = linkOf(eventOf(stage, event));
      expect(writesIn(stage, () => isLost(stage, event))).toEqual(['Calendar threw']);
      expect(writesIn(stage, () => stage.world.advance(48 * HOUR_MS))).toEqual([]);
      expect(linkOf(eventOf(stage, event))).toBe(before);
      expect(stage.live()).toEqual([]);
      expect(stage.cardOf()).toContain('1 event refers to a conference that no longer exists.');
    },
  );

  plays(
    'has a link that works where Google keeps it and drops our mark',
    { addOnConferenceByApi: 'unstamped' },
    (stage) => {
      const event = stage.meeting();
      isLost(stage, event);
      stage.world.advance(24 * HOUR_MS);
      expect(linkOf(eventOf(stage, event))).toBe(stage.only().joinUrl);
      stage.ana.edits(event, { summary: 'Followed all the same' });
      stage.anHourLater();
      expect(stage.only().title).toBe('Followed all the same');
      expect(stage.cardOf()).not.toContain('no longer exists');
    },
  );

  plays(
    'that is a series has the new link in its exceptions, too',
    ACCEPTED,
    (stage) => {
      const { ana, meeting, only } = stage;
      const series = meeting(WEEKLY);
      ana.drags(ana.occurrence(series, '2026-03-17'), '2026-03-18T14:00:00', '2026-03-18T15:00:00', 'this');
      stage.world.settle();
      isLost(stage, series);
      stage.anHourLater();
      const rows = stage.api(ana, 'events.instances', { calendarId: ana.email, eventId: series.eventId })
        .items as JsonObject[];
      expect(rows.length).toBeGreaterThan(3);
      expect(rows.map(linkOf)).toEqual(rows.map(() => only().joinUrl));
      expect(only()).toMatchObject({ recurrence: WEEKLY.recurrence });
      expect(JSON.stringify(only().occurrences)).toContain('2026-03-18T14:00:00');
    },
    [{ masterEditReachesExceptions: false }],
  );

  plays('is not written on the calendar of a guest', ACCEPTED, (stage) => {
    const { ana, ben, meeting } = stage;
    meeting({ summary: "Ben's own" }, ben);
    const event = meeting({ guests: [ben.email] });
    const writes = writesIn(stage, () => {
      for (const { id, title } of stage.live()) if (title !== "Ben's own") stage.world.conferences.cancel(id);
      ana.edits(event, { summary: 'Edited since' });
      stage.world.advance(3 * HOUR_MS);
    });
    expect(writes).toEqual(['Calendar events.patch']);
    expect(stage.titles()).toEqual(["Ben's own", 'Edited since']);
  });
});

describe('a person who is at the event at the same moment', () => {
  /** Something happens between the add-on's look at the event and its write: while the new conference is made. */
  const meanwhile = (stage: Stage, act: () => void) => {
    const { conferences, internet } = stage.world;
    let acted = false;
    internet.add('meet.example.com', {
      handle: (request, by) => {
        const reply = conferences.handle(request, by);
        if (request.method === 'POST' && !acted) {
          acted = true;
          act();
        }
        return reply;
      },
    });
  };

  plays('keeps their edit, and has the new link as well', ACCEPTED, (stage) => {
    const { ana, meeting, only, anHourLater } = stage;
    const event = meeting();
    meanwhile(stage, () => ana.edits(event, { summary: 'At the same moment', location: 'Room 5' }));
    isLost(stage, event);
    anHourLater();
    expect(eventOf(stage, event)).toMatchObject({ summary: 'At the same moment', location: 'Room 5' });
    expect(linkOf(eventOf(stage, event))).toBe(only().joinUrl);
    expect(only().title).toBe('At the same moment');
  });

  plays('and takes the conference off has it off', ACCEPTED, (stage) => {
    const { ana, meeting, live, anHourLater } = stage;
    const event = meeting();
    meanwhile(stage, () => ana.removesConference(event));
    isLost(stage, event);
    anHourLater();
    expect(eventOf(stage, event)).not.toHaveProperty('conferenceData');
    expect(live()).toEqual([]);
  });
});

describe('the manifest of an add-on that may write to events', () => {
  it('asks for the scope that this takes, and for no other in addition', () => {
    const scopesOf = (folder: string) =>
      JSON.parse(readFileSync(join(folder, 'appsscript.json'), 'utf8')).oauthScopes as string[];
    const [narrow, wide] = [scopesOf(join(ROOT, 'dist')), scopesOf(OUT)];
    expect(wide).toEqual(narrow.map((scope) => scope.replace(/calendar\.events\.readonly$/, 'calendar.events')));
    expect(wide).not.toEqual(narrow);
  });
});
