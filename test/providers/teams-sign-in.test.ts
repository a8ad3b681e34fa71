/** How an add-on comes to act at Teams: a person who signs in at Microsoft, and an application without anybody. */
import { join } from 'node:path';
import { Browser } from '../../sandbox/oauth/browser';
import { TEAMS_CLIENT, teamsInWorld } from '../../sandbox/vendors/teams/in-world';
import { ROOT } from '../bundle/builds';
import { DAY_MS, HOUR_MS, Stage } from '../scenarios/stage';
import { builtAddOn } from '../support/built-add-on';

const properties = "{ clientId: 'TEAMS_CLIENT_ID', clientSecret: 'TEAMS_CLIENT_SECRET' }";
const application = `teamsApplicationGrant(${properties}, { tenant: 'acme.example' })`;
const addOn = builtAddOn(
  {
    people: `teams({ auth: teamsPersonalGrant(${properties}) })`,
    tenant: `teams({ auth: teamsPersonalGrant(${properties}, { tenant: 'acme.example' }) })`,
    application: `teams({ auth: ${application}, userId: 'user-1' })`,
  },
  {
    teams: join(ROOT, 'src/providers/teams'),
    ...Object.fromEntries(
      ['teamsPersonalGrant', 'teamsApplicationGrant'].map((name) => [name, join(ROOT, 'src/providers/teams-grants')]),
    ),
  },
);

function stage(policies: readonly string[] = ['user-1']) {
  const { world, ana } = new Stage(addOn);
  const { api, oauth } = teamsInWorld(world, { actsFor: policies });
  world.script.setScriptProperty('TEAMS_CLIENT_ID', TEAMS_CLIENT.id);
  world.script.setScriptProperty('TEAMS_CLIENT_SECRET', TEAMS_CLIENT.secret);
  const browser = new Browser(world, ana.email);
  const times = { start: '2026-03-03T10:00:00', end: '2026-03-03T11:00:00' };
  const meets = (conference: string) => {
    const event = ana.createsEvent({ summary: 'Design review', ...times, conference });
    world.settle();
    return event;
  };
  const connectUrl = (conference: string): string => {
    const draft = ana.drafts({ summary: 'Draft', ...times, conference });
    ana.discards(draft);
    if (draft.conference?.state !== 'failed') throw new Error('The create was not refused.');
    return draft.conference.shown.authenticationUrl ?? '';
  };
  const connects = (conference: string) => {
    browser.opens(connectUrl(conference));
    return browser.sends({ account: 'ana@acme.example', decision: 'allow' });
  };
  return { world, ana, api, oauth, times, meets, connectUrl, connects };
}

describe('a person who wants a Teams meeting', () => {
  it.each([
    ['people', 'organizations'],
    ['tenant', 'acme.example'],
  ])('is sent to Microsoft to sign in (%s), with PKCE and no more than these permissions', (conference, tenant) => {
    const { connectUrl } = stage();
    const { href, searchParams } = new URL(connectUrl(conference));
    expect(href).toMatch(new RegExp(`^https://login\\.microsoftonline\\.com/${tenant}/oauth2/v2\\.0/authorize\\?`));
    expect(searchParams.get('scope')).toBe('OnlineMeetings.ReadWrite offline_access openid profile');
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(href.length).toBeLessThanOrEqual(1_800);
  });

  it.each(['people', 'tenant'])('has it after signing in (%s), as its organiser', (conference) => {
    const { connects, meets, api } = stage();
    expect(connects(conference).html).toContain('is connected.');
    meets(conference);
    expect(api.meetings()).toMatchObject([{ organizer: 'ana@acme.example', subject: 'Design review' }]);
  });

  it('goes on having it for days, by tokens that are renewed', () => {
    const { connects, meets, api, ana, world } = stage();
    connects('people');
    const event = meets('people');
    world.advance(2 * DAY_MS);
    ana.edits(event, { summary: 'Days later' });
    world.settle();
    expect(api.meetings()).toMatchObject([{ subject: 'Days later' }]);
  });

  it('loses nothing when an administrator ends the sign-in, and goes on after the next one', () => {
    const { connects, meets, api, oauth, ana, world } = stage();
    connects('people');
    const event = meets('people');
    oauth.withdraw('ana@acme.example');
    ana.edits(event, { summary: 'While signed out' });
    world.advance(3 * HOUR_MS);
    expect(api.meetings()).toMatchObject([{ subject: 'Design review' }]);
    connects('people');
    world.settle();
    expect(api.meetings()).toMatchObject([{ subject: 'While signed out' }]);
  });
});

describe('the manifest of an add-on with Teams', () => {
  it('lets it call Graph and the token endpoints of its tenants, and nothing else', () => {
    const login = 'https://login.microsoftonline.com';
    expect(addOn.manifest.urlFetchWhitelist).toEqual([
      'https://graph.microsoft.com/v1.0/',
      `${login}/acme.example/oauth2/v2.0/token`,
      `${login}/organizations/oauth2/v2.0/token`,
    ]);
  });
});

describe('an application that acts for one user', () => {
  it('makes that user’s meetings, without anybody signing in', () => {
    const { meets, api } = stage();
    meets('application');
    expect(api.meetings()).toMatchObject([{ organizer: 'user-1', subject: 'Design review' }]);
  });

  it('without an application access policy says that permission is missing', () => {
    const { ana, api, times } = stage([]);
    const draft = ana.drafts({ summary: 'Draft', ...times, conference: 'application' });
    expect(draft.conference).toMatchObject({ state: 'failed', shown: { errorType: 'PERMISSION_DENIED' } });
    expect(api.meetings()).toEqual([]);
  });
});
