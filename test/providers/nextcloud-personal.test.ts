/** Nextcloud Talk with each person's own account: an app password is entered on a card, used, and ended. */
import { nextcloudInWorld } from '../../sandbox/vendors/nextcloud/in-world';
import type { Json } from '../../sandbox/world/json';
import { HOUR_MS, Stage } from '../scenarios/stage';
import { builtAddOn } from '../support/built-add-on';

const addOn = builtAddOn({ talk: "nextcloudTalk({ baseUrl: 'https://cloud.example.org', account: 'personal' })" });

const MAKE_URL = 'https://cloud.example.org/index.php/settings/user/security';
const HOST = 'internet.cloud.example.org';
const GRANT = 'lockstep.grant.talk';
const BUTTON = 'Connect talk';

function open(switches: Record<string, unknown> = {}) {
  const stage = new Stage(addOn, { switches });
  const { world, ana } = stage;
  const nextcloud = nextcloudInWorld(world);
  const run = (call: Parameters<typeof world.runCard>[0]): Json => {
    const result = world.runCard(call);
    if (!result.ok) throw new Error(JSON.stringify(result));
    return result.value;
  };
  const home = (person = ana) => run(world.panel.home(person.email));
  const settings = () => run(world.panel.menu(ana.email, 'Settings'));
  return {
    ...stage,
    nextcloud,
    home,
    settings,
    /** Enters a pair on a card; what the add-on says then. */
    enters(user: string, password: string, card = home()): string {
      return stage.clicks(card, BUTTON, { 'user-talk': user, 'password-talk': password });
    },
    connects(): string {
      const password = nextcloud.newAppPassword('ana');
      expect(this.enters('ana', password)).toContain('talk is connected.');
      return password;
    },
    meets: () => stage.meeting({ conference: 'talk' }),
    refusedCreate(person = ana) {
      const { conference } = person.drafts({
        start: '2026-03-03T10:00:00',
        end: '2026-03-03T11:00:00',
        conference: 'talk',
      });
      return conference?.state === 'failed' ? conference.shown : undefined;
    },
    kept: (person = ana) => world.script.userProperties(person.email)[GRANT],
    requests: () =>
      world.trace
        .entries()
        .filter(({ kind }) => kind === 'internet')
        .map(({ text }) => text),
    /** The owner deletes all conversations on Nextcloud's own pages. */
    endsAll: () => {
      for (const { token } of nextcloud.rooms()) world.records.remove('talk-room', token);
    },
    names: () => nextcloud.rooms().map(({ owner, name }) => `${owner}: ${name}`),
  };
}

describe('a person without an app password', () => {
  it('is sent to where one is made, and nothing is asked of Nextcloud', () => {
    const stage = open();
    expect(stage.refusedCreate()).toMatchObject({ errorType: 'AUTHENTICATION', authenticationUrl: MAKE_URL });
    expect(stage.requests()).toEqual([]);
  });

  it.each([{ formInputsUnderEmptyKey: false }, { unlistedLinks: 'links-and-authorizations' }])(
    'is connected wherever Google puts what was entered, and whichever links it checks (%j)',
    (switches) => {
      open(switches).connects();
    },
  );

  it('finds no form while the add-on may not ask Nextcloud, but the way to allow that', () => {
    const stage = open();
    const { authorization } = stage.world.script;
    authorization.revokeScope(stage.ana.email, 'script.external_request');
    for (const card of [stage.home(), stage.settings()]) expect(JSON.stringify(card)).not.toContain('App password');
    expect(stage.world.panel.click(stage.ana.email, stage.home(), 'Allow')).toHaveProperty('opens');
    authorization.consent(stage.ana.email);
    stage.connects();
  });

  it('finds a form on the home card and on the settings card, with the way to make one', () => {
    const stage = open();
    for (const card of [stage.home(), stage.settings()]) {
      expect(JSON.stringify(card)).toContain('"label":"App password"');
      expect(stage.world.panel.click(stage.ana.email, card, 'Make an app password')).toEqual({ opens: MAKE_URL });
    }
  });

  it('has conferences once the pair was entered, by an account of her own', () => {
    const stage = open();
    const answer = stage.enters('ana', stage.nextcloud.newAppPassword('ana'), stage.settings());
    expect(answer).toContain('talk is connected.');
    expect(answer).toContain('Disconnect talk');
    expect(answer).not.toContain('App password');
    stage.meets();
    expect(stage.names()).toEqual(['ana: Design review']);
    expect(JSON.stringify(stage.home())).not.toContain('App password');
    expect(stage.refusedCreate(stage.ben)).toMatchObject({ errorType: 'AUTHENTICATION' });
  });

  it.each([
    ['a line break', '\n'],
    ['spaces that do not break', '\u00a0 '],
    ['characters that nobody sees', '\u200b\u2060'],
  ])('who pastes the pair with %s around it is connected all the same', (_, around) => {
    const stage = open();
    const password = stage.nextcloud.newAppPassword('ana');
    const answer = stage.enters(`${around}ana${around}`, around + password + around);
    expect(answer).toContain('talk is connected.');
    stage.meets();
    expect(stage.names()).toEqual(['ana: Design review']);
  });

  it.each([
    ['a wrong password', 'ana', 'xxxxx-xxxxx-xxxxx-xxxxx-xxxxx', 1],
    ['nothing', '', '', 0],
    ['a login name that HTTP cannot carry', 'ana:admin', 'entered-4711', 0],
  ])('who enters %s is told so, and nothing is kept', (_, user, password, requests) => {
    const stage = open();
    stage.nextcloud.newAppPassword('ana');
    const answer = stage.enters(user, password);
    expect(answer).toContain('talk does not take this login name with this app password.');
    expect(answer).toContain('App password');
    if (password !== '') expect(answer).not.toContain(password);
    expect(stage.kept()).toBeUndefined();
    expect(stage.requests()).toHaveLength(requests);
  });

  it.each([
    ['an outage', { kind: 'status', status: 503 }],
    ['silence', { kind: 'lost-answer' }],
    ['a login page', { kind: 'status', status: 302, headers: { Location: 'https://cloud.example.org/login' } }],
    [
      'a page with status 200',
      { kind: 'status', status: 200, headers: { 'Content-Type': 'text/html' }, body: '<p>Hi' },
    ],
  ] as const)('who meets %s is asked to try again, and nothing is kept', (_, fault) => {
    const stage = open();
    const password = stage.nextcloud.newAppPassword('ana');
    stage.world.faults.next(HOST, fault);
    expect(stage.enters('ana', password)).toContain('could not be asked just now');
    expect(stage.kept()).toBeUndefined();
    expect(stage.enters('ana', password)).toContain('is connected.');
  });

  it('is connected or not, but never half, wherever the execution is killed', () => {
    let kills = 0;
    for (; ; kills++) {
      const stage = open();
      const password = stage.nextcloud.newAppPassword('ana');
      const click = stage.world.panel.click(stage.ana.email, stage.home(), BUTTON, {
        ...{ 'user-talk': 'ana', 'password-talk': password },
      });
      if ('opens' in click) throw new Error(click.opens);
      stage.world.faults.next('script', { kind: 'kill', when: 'after' }, 1, kills);
      const { ok } = stage.world.runCard(click);
      stage.world.faults.clear();
      if (ok) break;
      const isKept = stage.kept() !== undefined;
      expect(JSON.stringify(stage.home()).includes('App password')).toBe(!isKept);
      if (!isKept) stage.enters('ana', password);
      stage.meets();
      expect(stage.names()).toEqual(['ana: Design review']);
    }
    expect(kills).toBeGreaterThan(5);
  });
});

describe('a person with two accounts', () => {
  const connectsAs = (stage: ReturnType<typeof open>, user: string) => {
    if (stage.kept() !== undefined) stage.clicks(stage.settings(), 'Disconnect talk');
    expect(stage.enters(user, stage.nextcloud.newAppPassword(user))).toContain('talk is connected.');
  };

  it('has what the first one made followed and ended only by the first one, and is told so', () => {
    const stage = open();
    connectsAs(stage, 'ana');
    const [renamed, dropped] = [stage.meets(), stage.meets()];
    connectsAs(stage, 'ana-at-home');
    stage.ana.edits(renamed, { summary: 'Renamed' });
    stage.ana.deletes(dropped);
    stage.world.advance(3 * HOUR_MS);
    const card = JSON.stringify(stage.eventCardOf(renamed));
    expect(card).toContain('It was made with another account at talk; you are connected as ana-at-home.');
    expect(card).not.toMatch(/gone|does not have/);
    expect(JSON.stringify(stage.settings())).toContain('acts with your account ana-at-home.');
    expect(stage.names()).toEqual(['ana: Design review', 'ana: Design review']);
    connectsAs(stage, 'ana');
    stage.world.settle();
    expect(stage.names()).toEqual(['ana: Renamed']);
  });

  it('is known as one also where the service takes an address for a login', () => {
    const stage = open();
    connectsAs(stage, 'ana');
    const event = stage.meets();
    stage.clicks(stage.settings(), 'Disconnect talk');
    stage.nextcloud.addAddress('ana', 'ana@example.org');
    expect(stage.enters('ana@example.org', stage.nextcloud.newAppPassword('ana'))).toContain('talk is connected.');
    stage.endsAll();
    stage.ana.edits(event, { summary: 'Renamed' });
    stage.world.advance(3 * HOUR_MS);
    expect(JSON.stringify(stage.eventCardOf(event))).toContain('talk does not have this conference any more.');
  });
});

describe('an app password', () => {
  it('that was taken back at Nextcloud stops nothing for good: a new one brings what was missed', () => {
    const stage = open();
    const password = stage.connects();
    const event = stage.meets();
    stage.nextcloud.endAppPassword('ana', password);
    stage.ana.edits(event, { summary: 'Meanwhile' });
    stage.world.settle();
    expect(stage.names()).toEqual(['ana: Design review']);
    expect(JSON.stringify(stage.eventCardOf(event))).toContain('A change of just now is on its way to talk.');
    expect(JSON.stringify(stage.home())).toContain('App password');
    stage.connects();
    expect(stage.names()).toEqual(['ana: Meanwhile']);
    expect(JSON.stringify(stage.home())).not.toContain('App password');
  });

  it('is ended at Nextcloud by disconnecting, and forgotten', () => {
    const stage = open();
    stage.connects();
    expect(stage.clicks(stage.settings(), 'Disconnect talk')).toContain('talk is disconnected.');
    expect(stage.nextcloud.madeBy('ana')).toEqual([]);
    expect(stage.kept()).toBeUndefined();
    expect(stage.refusedCreate()).toMatchObject({ errorType: 'AUTHENTICATION' });
  });

  it('is forgotten also while Nextcloud is away, and the person is told what is left to do', () => {
    const stage = open();
    stage.connects();
    const card = stage.settings();
    stage.world.faults.always(HOST, { kind: 'status', status: 503 });
    expect(stage.clicks(card, 'Disconnect talk')).toContain('take this app’s access away in your account there');
    expect(stage.kept()).toBeUndefined();
  });

  it('stands in the person’s own properties, and in no log line, card, page or address', () => {
    const stage = open();
    const password = stage.connects();
    const event = stage.meets();
    stage.ana.edits(event, { summary: 'Edited' });
    stage.world.advance(2 * HOUR_MS);
    expect(stage.kept()).toContain(password);
    const basic = Buffer.from(`ana:${password}`).toString('base64');
    const shown = [stage.home(), stage.settings(), stage.eventCardOf(event), stage.ana.sees(event)];
    const everything = JSON.stringify(shown) + JSON.stringify(stage.world.trace.entries());
    expect(stage.requests().length).toBeGreaterThanOrEqual(3);
    for (const secret of [password, basic]) expect(everything).not.toContain(secret);
    stage.clicks(stage.settings(), 'Disconnect talk');
    expect(JSON.stringify(stage.world.trace.entries())).not.toContain(password);
  });

  it('goes to exact addresses of the one Nextcloud', () => {
    expect(addOn.manifest.urlFetchWhitelist).toEqual([
      'https://cloud.example.org/ocs/v2.php/apps/spreed/api/v4/',
      'https://cloud.example.org/ocs/v2.php/cloud/user',
      'https://cloud.example.org/ocs/v2.php/core/apppassword',
    ]);
  });
});
