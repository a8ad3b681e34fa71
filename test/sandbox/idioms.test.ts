/** What published add-ons do, in three small ones of our own: each is played from its first conference to a trigger. */
import { join } from 'node:path';
import { Browser } from '../../sandbox/oauth/browser';
import { loadAddOn } from '../../sandbox/script/add-on';
import { createWorld, type World, type WorldOptions } from '../../sandbox/whole-world';
import { ROOT } from '../architecture/source-files';

const ANA = 'ana@example.com';
const at = (name: string) => join(ROOT, 'examples/idioms', name);
const LIBRARIES = { Access: at('access') };

function worldWith(
  name: string,
  options: Omit<WorldOptions, 'addOn'> = {},
  libraries: Record<string, string> = {},
): World {
  const world = createWorld({ ...options, addOn: loadAddOn(at(name), new Map(Object.entries(libraries))) });
  world.addUser(ANA, { timeZone: 'Europe/Zurich' });
  return world;
}

const TIMES = { start: '2026-03-03T10:00:00', end: '2026-03-03T11:00:00' };
const meets = (world: World, conference: string) => {
  const ana = world.user(ANA);
  const event = ana.createsEvent({ summary: 'Plan', ...TIMES, conference });
  world.settle();
  return { ana, event, seen: ana.sees(event).conferenceData as { conferenceId?: string; entryPoints: object[] } };
};
const titles = (world: World) => world.conferences.all().map(({ title }) => title);

describe('an add-on whose solution has a number for its id', () => {
  it('makes a conference, with a number as a pin, and is told of changes', () => {
    const world = worldWith('numbered');
    expect(world.editor.solutions.map(({ id }) => id)).toEqual(['1']);
    const { ana, event, seen } = meets(world, '1');
    const [room] = world.conferences.all();
    expect(seen.conferenceId).toBe(room?.id);
    expect(seen.entryPoints).toContainEqual(
      expect.objectContaining({ entryPointType: 'phone', pin: expect.stringMatching(/^\d+$/) }),
    );
    ana.edits(event, { summary: 'Another plan' });
    world.settle();
    expect(world.script.userProperties(ANA)).toEqual({ changed: ANA });
    expect(world.script.notSimulated()).toEqual([]);
  });

  it('has no homepage, since that is switched off', () => {
    expect(() => worldWith('numbered').panel.home(ANA)).toThrow('The add-on names no function for homepageTrigger.');
  });
});

describe('an add-on in folders', () => {
  it('is read as clasp pushes it', () => {
    const { files, warnings } = loadAddOn(at('folders'));
    expect(files.map(({ name }) => name)).toEqual(['server.gs', 'rooms/create.gs', 'rooms/follow.gs']);
    expect(warnings).toEqual([
      'addOns.calendar.eventOpenTrigger.runFunction names showOpenEvent, but no script file declares a top-level function showOpenEvent.',
    ]);
  });

  it('makes a conference, and tells its server of changes', () => {
    const world = worldWith('folders');
    const { ana, event } = meets(world, 'foldered');
    expect(titles(world)).toEqual(['Plan']);
    ana.edits(event, { summary: 'Another plan' });
    world.settle();
    expect(titles(world)).toEqual(['Another plan']);
  });

  it('fails at Google’s own words when the trigger comes whose function is not there', () => {
    const world = worldWith('folders');
    const { event } = meets(world, 'foldered');
    const { user, functionName, args } = world.panel.event(ANA, { calendarId: ANA, eventId: event.eventId });
    expect(world.script.run(user, functionName, args, 'card')).toMatchObject({
      ok: false,
      message: expect.stringContaining('showOpenEvent'),
    });
  });
});

describe('an add-on with a library and people who sign in', () => {
  it('asks to sign in, and makes a conference without an id afterwards', () => {
    const world = worldWith('signed-in', {}, LIBRARIES);
    world.internet.add('id.example.com', {
      handle: ({ url }) => {
        const { searchParams } = new URL(url);
        const back = `${searchParams.get('redirect_uri')}?code=c1&state=${encodeURIComponent(searchParams.get('state') ?? '')}`;
        return { status: 302, headers: { location: back }, body: '' };
      },
    });
    const ana = world.user(ANA);
    const draft = ana.drafts({ summary: 'Plan', ...TIMES, conference: 'signed-in' });
    expect(draft.conference).toMatchObject({ state: 'failed', shown: { errorType: 'AUTHENTICATION' } });
    const { authenticationUrl } = (draft.conference as { shown: { authenticationUrl: string } }).shown;
    expect(new Browser(world, ANA).opens(authenticationUrl).html).toContain('Signed in.');
    const { event, seen } = meets(world, 'signed-in');
    expect(seen.conferenceId).toBeUndefined();
    expect(seen.entryPoints).toHaveLength(1);
    ana.edits(event, { summary: 'Another plan' });
    world.settle();
    expect(Number(world.script.userProperties(ANA).changes)).toBeGreaterThan(0);
    expect(world.script.notSimulated()).toEqual([]);
  });

  it('gives no conference without an id where Google should refuse that', () => {
    const world = worldWith('signed-in', { switches: { conferenceNeedsId: true } }, LIBRARIES);
    world.script.setUserProperty(ANA, 'access.rooms', 'c1');
    const { conference } = world.user(ANA).drafts({ summary: 'Plan', ...TIMES, conference: 'signed-in' });
    expect(conference).toMatchObject({ shown: { detail: 'Exception: Conference ID must be set.' } });
  });

  it('runs in workers too', async () => {
    const world = worldWith('signed-in', {}, LIBRARIES);
    expect(await world.script.runInWorker(ANA, 'showHome', [{}], 'card')).toMatchObject({ ok: true });
    const argument = { eventData: { calendarId: ANA, eventId: 'e1' } };
    expect(await world.script.runInWorker(ANA, 'createRoom', [argument], 'create')).toMatchObject({
      ok: true,
      value: { error: { conferenceErrorType: 'AUTHENTICATION' } },
    });
    await world.script.close();
  });

  it('meets a gap of the sandbox, by name, where the library is not given', () => {
    const world = worldWith('signed-in');
    const { conference } = world.user(ANA).drafts({ summary: 'Plan', ...TIMES, conference: 'signed-in' });
    expect(conference).toMatchObject({
      shown: { detail: expect.stringContaining('NotSimulated: Access.createService') },
    });
  });

  it('is told which libraries there are', () => {
    expect(() => loadAddOn(at('signed-in'), new Map([['OAuth2', at('access')]]))).toThrow(
      'the manifest names no library OAuth2. It names Access.',
    );
    expect(() => loadAddOn(at('signed-in'), new Map([['Access', join(ROOT, 'docs')]]))).toThrow(
      `the library Access has no script file (.js or .gs) in ${join(ROOT, 'docs')}.`,
    );
  });
});
