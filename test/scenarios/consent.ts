/** Consent to single scopes: no link that nobody would follow, the way to allow what is missing, and nothing lost. */
import type { EventHandle } from '../../sandbox/editor/person';
import type { Scenario, Stage } from './stage';
import { HOUR_MS, SOLUTION, TUESDAY, underEach } from './stage';

const NEEDED = ['calendar.events.readonly', 'script.external_request', 'script.scriptapp'];
const NOT_NEEDED = [
  'calendar.addons.execute',
  'calendar.addons.current.event.read',
  'calendar.addons.current.event.write',
];
const SETTINGS = [
  { scopeRefusal: 'specified' },
  { scopeRefusal: 'by-api', errorDetails: false },
  { authorizedScopesListed: false },
  { missingScopesPromptFirst: true },
];

function lacking(stage: Stage, ...scopes: string[]): void {
  stage.world.script.authorization.install(stage.ana.email, scopes);
}

/** What the editor shows instead of a conference. */
function refusalOf({ ana }: Stage) {
  const { conference } = ana.drafts({ ...TUESDAY, conference: SOLUTION });
  return conference?.state === 'failed' ? conference.shown : undefined;
}

/** Ana looks at her home card. Undefined when Google asks her for her consent instead. */
function seenAtHome({ world, ana }: Stage): string | undefined {
  const result = world.runCard(world.panel.home(ana.email));
  if (!result.ok && 'message' in result) expect(result.message).toMatch(/Authorization is required/);
  return result.ok ? JSON.stringify(result.value) : undefined;
}

function renamed({ ana }: Stage, event: EventHandle): void {
  ana.edits(event, { summary: 'Renamed' });
}

const withoutLink = (scope: string): Scenario[] =>
  underEach(SETTINGS, {
    name: `no link is handed out without ${scope}, and it is once that is allowed`,
    play(stage) {
      const { world, ana, live, only } = stage;
      lacking(stage, scope);
      const shown = refusalOf(stage);
      if (world.switches.missingScopesPromptFirst) expect(shown?.message).toBe('Failed to create conference');
      else {
        expect(shown).toMatchObject({ errorType: 'AUTHENTICATION' });
        expect(shown?.authenticationUrl).toMatch(/^https:\/\/script\.google\.com\/.*\/authorize$/);
      }
      const home = seenAtHome(stage);
      if (home !== undefined) {
        expect(home).toContain('You have not allowed this add-on to ');
        const click = world.panel.click(ana.email, JSON.parse(home), 'Allow');
        expect('opens' in click && click.opens).toMatch(/\/authorize$/);
      }
      expect(live()).toEqual([]);
      world.script.authorization.consent(ana.email);
      const event = stage.meeting();
      expect(only().title).toBe('Design review');
      renamed(stage, event);
      world.settle();
      expect(only().title).toBe('Renamed');
      expect(seenAtHome(stage)).not.toContain('allowed');
    },
  });

const followedAgain = (scope: string): Scenario[] =>
  underEach(SETTINGS, {
    name: `what happens while ${scope} was taken back is followed once it is allowed again`,
    play(stage) {
      const { world, ana, meeting, titles, newWrites } = stage;
      const [kept, dropped] = [meeting(), meeting({ summary: 'Dropped' })];
      world.advance(HOUR_MS);
      world.script.authorization.revokeScope(ana.email, scope);
      newWrites();
      renamed(stage, kept);
      ana.deletes(dropped);
      world.settle();
      world.advance(8 * HOUR_MS);
      if (scope !== 'script.scriptapp') expect(newWrites()).toEqual([]);
      world.script.authorization.consent(ana.email);
      world.advance(3 * HOUR_MS);
      expect(titles()).toEqual(['Renamed']);
    },
  });

const needless = (scope: string): Scenario[] =>
  underEach([{ authorizedScopesListed: false }, { openEventNeedsScope: true }], {
    name: `without ${scope}, which following does not need, a link is handed out and followed`,
    play(stage) {
      const { world, ana, meeting, only, live } = stage;
      lacking(stage, scope);
      const event = meeting();
      renamed(stage, event);
      world.settle();
      expect(only().title).toBe('Renamed');
      ana.deletes(event);
      world.settle();
      world.advance(2 * HOUR_MS);
      expect(live()).toEqual([]);
    },
  });

export const consent: Scenario[] = [
  ...NEEDED.flatMap(withoutLink),
  ...NEEDED.flatMap(followedAgain),
  ...NOT_NEEDED.flatMap(needless),
  {
    name: 'a person who lacks several scopes reads of each of them, and is sent to allow them once',
    play(stage) {
      lacking(stage, ...NEEDED);
      const home = seenAtHome(stage) as string;
      expect(home.match(/You have not allowed/g)).toHaveLength(3);
      expect(home.match(/"text":"Allow"/g)).toHaveLength(1);
    },
  },
  {
    name: 'without leave to see events the cards do not say that anything is in step',
    play(stage) {
      const { world, ana, meeting, eventCardOf } = stage;
      const event = meeting();
      world.script.authorization.revokeScope(ana.email, 'calendar.events.readonly');
      renamed(stage, event);
      world.settle();
      const home = seenAtHome(stage);
      expect(home).toContain('1 conference made so far. Their events are not read now.');
      expect(home).not.toContain('1 conference in step');
      const card = JSON.stringify(eventCardOf(event));
      expect(card).toContain('Its event is not read now: what changes there reaches it once you allow that.');
      expect(card).not.toContain('In step');
      expect(stage.clicks(eventCardOf(event), 'Check and repair now')).toContain(
        'Please allow this add-on to see your events first.',
      );
    },
  },
  {
    name: 'without leave to ask the conference service events are read, and what is to be told waits',
    play(stage) {
      const { world, ana, meeting, eventCardOf } = stage;
      const event = meeting();
      world.script.authorization.revokeScope(ana.email, 'script.external_request');
      renamed(stage, event);
      world.settle();
      const card = JSON.stringify(eventCardOf(event));
      expect(card).toContain('Not in step yet.');
      expect(card).toContain('A change of just now waits until you allow what is missing.');
      expect(seenAtHome(stage)).toContain(
        '1 change for the conference service, waiting until you allow what is missing.',
      );
      expect(stage.clicks(eventCardOf(event), 'Check and repair now')).toContain(
        'Your events were read. What is to be told waits for you.',
      );
      ana.deletes(event);
      world.settle();
    },
  },
  {
    name: 'without leave to run by triggers the calendar is read when a card is opened',
    play(stage) {
      const { world, ana, meeting, only, live } = stage;
      const event = meeting();
      for (const { uid } of world.script.triggers()) world.script.removeTrigger(ana.email, uid);
      world.script.authorization.revokeScope(ana.email, 'script.scriptapp');
      renamed(stage, event);
      world.advance(5 * HOUR_MS);
      expect(only().title).toBe('Design review');
      expect(seenAtHome(stage)).toContain('it may see changes only when you open this panel');
      expect(only().title).toBe('Renamed');
      ana.edits(event, { summary: 'Renamed again' });
      expect(JSON.stringify(stage.eventCardOf(event))).toContain('In step with this event.');
      expect(only().title).toBe('Renamed again');
      ana.deletes(event);
      seenAtHome(stage);
      world.advance(HOUR_MS);
      seenAtHome(stage);
      expect(live()).toEqual([]);
    },
  },
  {
    name: 'a card that is not told which event is open does not ask for that event to be saved',
    options: { switches: { openEventNeedsScope: true } },
    play(stage) {
      const { world, ana, meeting, eventCardOf } = stage;
      const event = meeting();
      world.script.authorization.revokeScope(ana.email, 'calendar.addons.current.event.read');
      const card = JSON.stringify(eventCardOf(event));
      expect(card).toContain('Which event is open cannot be told here now.');
      expect(card).toContain('You have not allowed this add-on to see which event is open');
      expect(card).not.toContain('Save this event first');
    },
  },
  {
    name: 'a person who comes back from a service that may not be asked is told to allow that first',
    play(stage) {
      const { world, ana } = stage;
      lacking(stage, 'script.external_request');
      const page = JSON.stringify(world.script.run(ana.email, 'authCallback', [{ parameter: { code: 'x' } }], 'card'));
      expect(page).toContain('Open it in Calendar, allow that, and load this page again.');
      world.script.authorization.consent(ana.email);
      expect(JSON.stringify(world.script.run(ana.email, 'authCallback', [{ parameter: {} }], 'card'))).toContain(
        'This address was used already, or is too old.',
      );
    },
  },
  {
    name: 'a create that is refused for want of consent writes nothing and asks nobody',
    play(stage) {
      lacking(stage, 'script.scriptapp');
      expect(stage.callsIn(() => void refusalOf(stage))).toEqual(['ScriptApp.getAuthorizationInfo', 'console']);
    },
  },
];
