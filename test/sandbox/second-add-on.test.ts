/**
 * Google's documented procedure as the second add-on of the sandbox, and what becomes of it where ours is right.
 *
 * The same play for both, in the same world; only what is measured at its end differs.
 */
import { join } from 'node:path';
import { type AddOn, topLevelFunctions } from '../../sandbox/script/add-on';
import { loadAddOn } from '../../sandbox/script/host';
import { filesBelow, ROOT, textOf } from '../architecture/source-files';
import { DAY_MS, MINUTE_MS, Stage, TUESDAY, WEEKLY } from '../scenarios/stage';

const ADD_ONS = {
  documented: loadAddOn(join(ROOT, 'examples/documented-procedure')),
  ours: loadAddOn(join(ROOT, 'dist')),
};

/** A Google whose ordered and bounded lists end in a sync token after all. */
const TOKENS_FOR_ALL = { orderByYieldsToken: true, updatedMinYieldsToken: true };

function stageOf(addOn: keyof typeof ADD_ONS | AddOn, options: ConstructorParameters<typeof Stage>[1] = {}) {
  const stage = new Stage(typeof addOn === 'string' ? ADD_ONS[addOn] : addOn, options);
  const conference = stage.world.editor.solutions[0]?.id as string;
  return Object.assign(stage, {
    conference,
    /** A meeting with the conference of the add-on under test. */
    meets: ((changes = {}, person) =>
      stage.meeting({ conference, ...changes }, person ?? stage.ana)) as typeof stage.meeting,
  });
}

type Play = ReturnType<typeof stageOf>;

const calendarCalls = (stage: Play, act: () => void) =>
  stage.callsIn(act).filter((call) => call.startsWith('Calendar')).length;

describe('the documented procedure in the sandbox', () => {
  it('gives the event a link', () => {
    const { meets, only } = stageOf('documented');
    const { conferenceSolution, entryPoints } = meets().conference ?? {};
    expect(conferenceSolution).toMatchObject({ key: { type: 'addOn' }, name: 'Documented Room' });
    expect(entryPoints).toContainEqual(expect.objectContaining({ entryPointType: 'video', uri: only().joinUrl }));
  });

  it('fills in title and time once the event is saved, and tells the server of an edit', () => {
    const { meets, ana, world, only, newWrites } = stageOf('documented');
    const event = meets();
    expect(only()).toMatchObject({ title: 'Design review', start: { dateTime: '2026-03-03T10:00:00+01:00' } });
    newWrites();
    ana.edits(event, { summary: 'Another title' });
    world.settle();
    expect(newWrites().map(({ method }) => method)).toEqual(['PATCH']);
    expect(only().title).toBe('Another title');
  });

  it('shows an error while the conference server is down, and leaves nothing behind', () => {
    const { meets, world, live } = stageOf('documented');
    world.faults.next(`internet.${world.conferenceHost}`, { kind: 'status', status: 503 });
    expect(meets().shown).toBe('The conference could not be created right now. Try again later');
    expect(live()).toEqual([]);
  });

  it('needs nothing that is not simulated', () => {
    const { meets, ana, world } = stageOf('documented');
    ana.deletes(meets());
    world.settle();
    expect(world.script.notSimulated()).toEqual([]);
  });
});

/** The procedure with one of its repairs taken back. `repaired` stands in it exactly once. */
function without(repaired: string, documented: string): AddOn {
  const { files, ...rest } = ADD_ONS.documented;
  const holding = files.filter(({ source }) => source.split(repaired).length === 2);
  expect(holding).toHaveLength(1);
  const source = (text: string) => text.replace(repaired, () => documented);
  return { ...rest, files: files.map((file) => ({ ...file, source: source(file.source) })) };
}

describe('the documented procedure, followed to the letter', () => {
  it('makes no conference on a calendar on which an event has none', () => {
    const guard = 'if (!event.conferenceData || !event.conferenceData.conferenceSolution) return false;';
    const { meets, ana } = stageOf(without(guard, ''));
    ana.createsEvent(TUESDAY);
    expect(meets().shown).toBe('Failed to create conference');
  });

  it('closes the room with the first edit', () => {
    const { meets, live } = stageOf(without('|| !hasOurConference(event)', '|| hasOurConference(event)'));
    meets();
    expect(live()).toEqual([]);
  });

  it('is never told of anything again once its token is refused', () => {
    const repaired = '!thrown.message.includes(TOKEN_REFUSED)';
    const documented = 'thrown.message !== TOKEN_REFUSED';
    const { meets, ana, world, only } = stageOf(without(repaired, documented), { switches: TOKENS_FOR_ALL });
    const event = meets();
    world.calendar.expireSyncTokens();
    ana.edits(event, { summary: 'Another title' });
    world.advance(DAY_MS);
    ana.edits(event, { summary: 'Yet another title' });
    world.advance(DAY_MS);
    expect(only().title).toBe('Design review');
  });

  it('makes no conference where an ordered list ends without a token', () => {
    const { meets, live } = stageOf(without('if (page.nextSyncToken) properties', 'properties'));
    expect(meets().shown).toBe('Failed to create conference');
    expect(live()).toHaveLength(1);
  });
});

/** One edge of the procedure: what is played, what is measured at the end, and what each add-on measures. */
interface Edge {
  name: string;
  options?: ConstructorParameters<typeof Stage>[1];
  play(stage: Play): unknown;
  documented: unknown;
  ours: unknown;
}

const EDGES: Edge[] = [
  {
    name: 'calls to the conference server for one RSVP, where five meetings were made today',
    play(stage) {
      const events = Array.from({ length: 5 }, (_, i) =>
        stage.meets({ summary: `Meeting ${i}`, guests: [stage.ben.email] }),
      );
      stage.newWrites();
      stage.ben.replies(events[0]!, 'accepted');
      stage.world.settle();
      return stage.newWrites().length;
    },
    documented: 5,
    ours: 0,
  },
  {
    name: 'the same at a Google that gives the procedure its tokens',
    options: { switches: TOKENS_FOR_ALL },
    play: (stage) => EDGES[0]!.play(stage),
    documented: 1,
    ours: 0,
  },
  {
    name: 'conferences left a day after their event was deleted',
    play({ meets, ana, world, live }) {
      ana.deletes(meets());
      world.advance(DAY_MS);
      return live().length;
    },
    documented: 1,
    ours: 0,
  },
  {
    name: 'conferences left a day after the event was switched to Meet',
    play({ meets, ana, world, live }) {
      ana.choosesMeet(meets());
      world.advance(DAY_MS);
      return live().length;
    },
    documented: 1,
    ours: 0,
  },
  {
    name: 'conferences left two days after an editor was discarded',
    play({ ana, world, live, conference }) {
      ana.discards(ana.drafts({ ...TUESDAY, conference }));
      world.advance(2 * DAY_MS);
      return live().length;
    },
    documented: 1,
    ours: 0,
  },
  {
    name: 'calls of the Calendar API for an edit on one of two calendars in turn',
    options: { switches: TOKENS_FOR_ALL },
    play(stage) {
      const own = stage.meets();
      const team = stage.meets({ calendarId: stage.newCalendar() });
      stage.ana.edits(own, { summary: 'On my calendar' });
      stage.world.settle();
      return calendarCalls(stage, () => {
        stage.ana.edits(team, { summary: 'On the team calendar' });
        stage.world.settle();
      });
    },
    documented: 2,
    ours: 1,
  },
  {
    name: 'the title on the server a week after an edit whose trigger was lost',
    play({ meets, ana, world, only }) {
      const event = meets({ start: '2026-04-07T10:00:00', end: '2026-04-07T11:00:00' });
      world.faults.next('trigger.syncEvents', { kind: 'drop' });
      ana.edits(event, { summary: 'Nobody was told' });
      world.advance(7 * DAY_MS);
      ana.createsEvent(TUESDAY);
      world.settle();
      return only().title;
    },
    documented: 'Design review',
    ours: 'Nobody was told',
  },
  {
    name: 'the title on the server an hour after an edit during an outage',
    play({ meets, ana, world, only }) {
      const event = meets();
      world.faults.always(`internet.${world.conferenceHost}`, { kind: 'status', status: 503 });
      ana.edits(event, { summary: 'Edited while it was down' });
      world.settle();
      world.faults.clear();
      world.advance(65 * MINUTE_MS);
      return only().title;
    },
    documented: 'Design review',
    ours: 'Edited while it was down',
  },
  {
    name: 'the start of a series on the server after one occurrence was dragged',
    play({ meets, ana, world, only }) {
      const series = meets(WEEKLY);
      ana.drags(ana.occurrence(series, '2026-03-10'), '2026-03-11T16:00:00+01:00', '2026-03-11T17:00:00+01:00');
      world.settle();
      return [(only().start as { dateTime: string }).dateTime.slice(0, 16), only().recurrence.length];
    },
    documented: ['2026-03-11T16:00', 0],
    ours: ['2026-03-03T10:00', 1],
  },
  {
    name: 'calls to the conference server for an edit of a meeting whose guest has the add-on too',
    play(stage) {
      stage.meets({ summary: 'Of her own' }, stage.ben);
      const event = stage.meets({ guests: [stage.ben.email] });
      stage.world.advance(2 * DAY_MS);
      stage.newWrites();
      const { ana, world } = stage;
      ana.edits(event, {
        summary: 'Told once or twice',
        start: { dateTime: '2026-03-06T10:00:00Z' },
        end: { dateTime: '2026-03-06T11:00:00Z' },
      });
      world.settle();
      return stage.newWrites().length;
    },
    documented: 2,
    ours: 1,
  },
  {
    name: 'the title of a second meeting after an edit, where the server refuses the first',
    play({ meets, ana, world }) {
      const [first, second] = [meets({ summary: 'First' }), meets({ summary: 'Second' })];
      const [gone, kept] = world.conferences.conferences();
      world.conferences.cancel(gone!.id);
      ana.edits(first, { summary: 'First again' });
      world.settle();
      ana.edits(second, { summary: 'Second again' });
      world.settle();
      return world.conferences.all().find(({ id }) => id === kept!.id)?.title;
    },
    documented: 'Second',
    ours: 'Second again',
  },
  {
    name: 'conferences left two days after a create whose calendar could not be read in between',
    play({ ana, world, live, conference }) {
      world.faults.next('calendar.events.list', { kind: 'status', status: 500 });
      const draft = ana.drafts({ ...TUESDAY, conference });
      const shown = draft.conference.state;
      ana.discards(draft);
      world.faults.clear();
      world.advance(2 * DAY_MS);
      return [shown, live().length];
    },
    documented: ['failed', 1],
    ours: ['ready', 0],
  },
];

describe.each(EDGES)('$name', ({ options, play, documented, ours }) => {
  it(`is ${JSON.stringify(documented)} by the documentation`, () => {
    expect(play(stageOf('documented', options))).toEqual(documented);
  });

  it(`is ${JSON.stringify(ours)} with ours`, () => {
    expect(play(stageOf('ours', options))).toEqual(ours);
  });
});

describe('the sandbox', () => {
  const sources = filesBelow('sandbox', /\.(ts|mjs)$/);
  const { manifest, files } = ADD_ONS.ours;
  const entryPoints = files.flatMap((file) => topLevelFunctions(file));

  // Not the solution's name: that is what the conference server calls itself.
  it('mentions no function, no solution, no state and no name of our add-on', () => {
    const { common, calendar } = manifest.addOns ?? {};
    const solutions = (calendar?.conferenceSolution ?? []).map(({ id }) => String(id));
    const words = [...entryPoints, ...solutions, 'lockstep.ledger', 'lockstep.intent', common?.name as string];
    const mentions = sources.flatMap((path) =>
      words.filter((word) => textOf(path).includes(word)).map((word) => `${path}: ${word}`),
    );
    expect(entryPoints).toContain('syncEvents');
    expect(mentions).toEqual([]);
  });
});
