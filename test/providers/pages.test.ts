/** The pages of docs/providers say what the providers do. */
import { checkAddOn } from '../../src/manifest/check-add-on';
import { teams } from '../../src/providers/teams';
import { teamsApplicationGrant, teamsPersonalGrant } from '../../src/providers/teams-grants';
import { webex } from '../../src/providers/webex';
import { webexGrant } from '../../src/providers/webex-grant';
import { zoom } from '../../src/providers/zoom';
import { zoomAccountGrant, zoomPersonalGrant } from '../../src/providers/zoom-grants';
import { textOf } from '../architecture/source-files';
import { capabilityTable } from './capability-table';

const properties = { clientId: 'ZOOM_CLIENT_ID', clientSecret: 'ZOOM_CLIENT_SECRET' };
const webexProperties = { clientId: 'WEBEX_CLIENT_ID', clientSecret: 'WEBEX_CLIENT_SECRET' };
const teamsProperties = { clientId: 'TEAMS_CLIENT_ID', clientSecret: 'TEAMS_CLIENT_SECRET' };
const tenant = 'acme.example';
const pages = {
  teams: {
    provider: teams({ auth: teamsPersonalGrant(teamsProperties) }),
    names: [
      ...teamsPersonalGrant(teamsProperties).scopes,
      ...teamsApplicationGrant(teamsProperties, { tenant }).scopes,
      ...Object.values(teamsProperties),
    ],
  },
  webex: {
    provider: webex({ auth: webexGrant(webexProperties) }),
    names: [...webexGrant(webexProperties).scopes, ...Object.values(webexProperties)],
  },
  zoom: {
    provider: zoom({ auth: zoomPersonalGrant(properties) }),
    names: [
      ...zoomPersonalGrant(properties).scopes,
      ...Object.values(properties),
      ...Object.keys(zoomAccountGrant('a', properties).extraParameters ?? {}),
    ],
  },
};

describe.each(Object.entries(pages))('docs/providers/%s.md', (name, { provider, names }) => {
  const page = textOf(`docs/providers/${name}.md`);

  it('has the table of what follows the event', () => {
    expect(page).toContain(`\n${capabilityTable(provider.capabilities)}\n`);
  });

  it.each(names)('names %s', (word) => {
    expect(page).toContain(word);
  });

  it('names the address that requests go to', () => {
    for (const prefix of provider.urlPrefixes) expect(page).toContain(prefix);
  });
});

describe('the ways to sign in that the pages show', () => {
  const logoUrl = 'https://lh3.googleusercontent.com/lockstep-logo';
  const providers = {
    people: zoom({ auth: zoomPersonalGrant(properties) }),
    account: zoom({ auth: zoomAccountGrant('account-1', properties), userId: 'meetings@acme.example' }),
    webex: webex({ auth: webexGrant(webexProperties) }),
    teams: teams({ auth: teamsPersonalGrant(teamsProperties) }),
    tenant: teams({ auth: teamsPersonalGrant(teamsProperties, { tenant }) }),
    application: teams({ auth: teamsApplicationGrant(teamsProperties, { tenant }), userId: 'user-1' }),
  };

  it('are taken by the build', () => {
    const solutions = Object.keys(providers).map((provider) => ({ id: provider, name: provider, logoUrl, provider }));
    expect(checkAddOn({ name: 'Acme', logoUrl, timeZone: 'Europe/Zurich', solutions, providers })).toEqual([]);
  });
});
