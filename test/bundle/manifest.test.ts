/** The manifest that is deployed, and the check that stands between a wrong one and Google. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'acorn';
import { checkManifest, functionsNamed } from '../../src/manifest/check-manifest';
import { makeManifest } from '../../src/manifest/make-manifest';

const DIST = join(__dirname, '../../dist');
const text = readFileSync(join(DIST, 'appsscript.json'), 'utf8');

/** The functions that dist/Code.js really declares. */
const declared = parse(readFileSync(join(DIST, 'Code.js'), 'utf8'), {
  ecmaVersion: 2020,
  sourceType: 'script',
}).body.flatMap((statement) => (statement.type === 'FunctionDeclaration' ? [statement.id.name] : []));

/** The problems of the deployed manifest with one thing changed; a path ends in the field that gets the value. */
function problemsWith(path: string, value: unknown): string[] {
  const manifest = JSON.parse(text) as Record<string, unknown>;
  const steps = path.split('.');
  const last = steps.pop() as string;
  const parent = steps.reduce((at, step) => at[step] as Record<string, unknown>, manifest);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return checkManifest(manifest, declared);
}

describe('the manifest made from src/config.ts', () => {
  const manifest = JSON.parse(text);

  it('passes the check against the functions of the bundle', () => {
    expect(checkManifest(manifest, declared)).toEqual([]);
  });

  it('asks for the scopes the add-on needs and no other', () => {
    expect(manifest.oauthScopes.map((scope: string) => scope.replace('https://www.googleapis.com/auth/', ''))).toEqual([
      'calendar.addons.execute',
      'calendar.addons.current.event.read',
      'calendar.addons.current.event.write',
      'calendar.events.readonly',
      'script.external_request',
      'script.scriptapp',
    ]);
  });

  it('allows requests to the address of the provider alone', () => {
    expect(manifest.urlFetchWhitelist).toEqual(['https://meet.example.com/v1/']);
  });

  it('lists the pages that a card leads to: where Google asks for consent, where a provider does, where app passwords are made', () => {
    const google = ['https://accounts.google.com/', 'https://script.google.com/'];
    expect(manifest.addOns.common.openLinkUrlPrefixes).toEqual(google);
    const auths = [
      { kind: 'oauth2', authorizationUrl: 'https://zoom.us/oauth/authorize?force=1' },
      { kind: 'app-password', makeUrl: 'https://cloud.example.org/settings#security' },
      { kind: 'client-credentials', tokenUrl: 'https://id.example.com/token' },
      { kind: 'bearer', scriptProperty: 'KEY' },
    ];
    const providers = Object.fromEntries(auths.map((auth, i) => [`p${i}`, { auth, urlPrefixes: [] }]));
    const solutions = [...Object.keys(providers), 'p0'].map((provider) => ({ id: provider, provider }));
    const made = makeManifest({}, { providers, solutions, name: 'x', logoUrl: 'y', timeZone: 'UTC' } as never) as {
      addOns: { common: { openLinkUrlPrefixes: string[] } };
    };
    expect(made.addOns.common.openLinkUrlPrefixes).toEqual(
      [...google, 'https://cloud.example.org/settings', 'https://zoom.us/oauth/authorize'].sort(),
    );
  });

  it('enables the advanced Calendar service under the name that the bundle uses', () => {
    expect(manifest.dependencies).toEqual({
      enabledAdvancedServices: [{ userSymbol: 'Calendar', serviceId: 'calendar', version: 'v3' }],
    });
  });

  it('has a home page, settings, a card for events and one conference solution with a text for an id', () => {
    expect(functionsNamed(manifest)).toEqual([
      { at: 'addOns.common.homepageTrigger.runFunction', name: 'showHome' },
      { at: 'addOns.common.universalActions.0.runFunction', name: 'showSettings' },
      { at: 'addOns.calendar.eventOpenTrigger.runFunction', name: 'showEvent' },
      { at: 'addOns.calendar.conferenceSolution.0.onCreateFunction', name: 'createExampleMeet' },
    ]);
    expect(manifest.addOns.calendar.conferenceSolution[0].id).toBe('example-meet');
  });
});

describe('the check of a manifest', () => {
  it.each([
    ['an unknown key at the top', 'timezone', 'UTC', 'appsscript.json.timezone: is not a field Google knows here.'],
    [
      'the misprint of one page',
      'addOns.calendar.createSettingsFunction',
      'showSettings',
      'addOns.calendar.createSettingsFunction: is not a field Google knows here.',
    ],
    [
      'the misprint of another',
      'addOns.common.homepageTrigger.runFunctions',
      'showHome',
      'addOns.common.homepageTrigger.runFunctions: is not a field Google knows here.',
    ],
    [
      'the old name of an access',
      'addOns.calendar.eventAccess',
      'READ',
      'addOns.calendar.eventAccess: is not a field Google knows here.',
    ],
    ['no name', 'addOns.common.name', undefined, "addOns.common: must have required property 'name'."],
    ['no logo', 'addOns.common.logoUrl', undefined, "addOns.common: must have required property 'logoUrl'."],
    [
      'a solution without a logo',
      'addOns.calendar.conferenceSolution.0.logoUrl',
      undefined,
      "addOns.calendar.conferenceSolution.0: must have required property 'logoUrl'.",
    ],
    [
      'a solution whose id is a number',
      'addOns.calendar.conferenceSolution.0.id',
      1,
      'addOns.calendar.conferenceSolution.0.id: must be string.',
    ],
    [
      'no solution',
      'addOns.calendar.conferenceSolution',
      [],
      'addOns.calendar.conferenceSolution: must NOT have fewer than 1 items.',
    ],
    [
      'an access that is none',
      'addOns.calendar.currentEventAccess',
      'ALL',
      'addOns.calendar.currentEventAccess: must be equal to one of the allowed values.',
    ],
    ['the runtime that is gone', 'runtimeVersion', 'DEPRECATED_ES5', 'runtimeVersion: must be equal to constant.'],
    ['no add-on', 'addOns', undefined, "appsscript.json: must have required property 'addOns'."],
    [
      'an address without a path',
      'urlFetchWhitelist',
      ['https://meet.example.com'],
      'urlFetchWhitelist.0: must match pattern',
    ],
    [
      'an address without https',
      'urlFetchWhitelist',
      ['http://meet.example.com/'],
      'urlFetchWhitelist.0: must match pattern',
    ],
    ['a scope that is no scope', 'oauthScopes', ['calendar.readonly'], 'oauthScopes.0: must match pattern'],
    ['no scope', 'oauthScopes', [], 'oauthScopes: must NOT have fewer than 1 items.'],
    [
      'a service without a version',
      'dependencies.enabledAdvancedServices',
      [{ userSymbol: 'Calendar', serviceId: 'calendar' }],
      "dependencies.enabledAdvancedServices.0: must have required property 'version'.",
    ],
  ])('refuses %s', (_, path, value, sentence) => {
    const problems = problemsWith(path, value);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(sentence);
  });

  it.each([
    ['a solution', 'addOns.calendar.conferenceSolution.0.onCreateFunction'],
    ['the home page', 'addOns.common.homepageTrigger.runFunction'],
    ['an action', 'addOns.common.universalActions.0.runFunction'],
    ['the settings', 'addOns.calendar.createSettingsUrlFunction'],
  ])('refuses a function of %s that the bundle does not declare', (_, path) => {
    expect(problemsWith(path, 'runPass')).toEqual([
      `${path}: no function "runPass" in the bundle; it has ${declared.join(', ')}.`,
    ]);
  });

  it('refuses a name that is not a plain function’s', () => {
    expect(problemsWith('addOns.calendar.eventOpenTrigger', { runFunction: 'AddOn_.home' })).toEqual([
      'addOns.calendar.eventOpenTrigger.runFunction: must match pattern "^[A-Za-z_$][\\w$]*$".',
      expect.stringMatching(/^addOns\.calendar\.eventOpenTrigger\.runFunction: no function "AddOn_\.home"/),
    ]);
  });

  it('holds the flag for a person’s language and its scope together', () => {
    const scope = 'https://www.googleapis.com/auth/script.locale';
    const { oauthScopes } = JSON.parse(text) as { oauthScopes: string[] };
    expect(problemsWith('addOns.common.useLocaleFromApp', true)).toEqual([
      `addOns.common.useLocaleFromApp: takes the scope ${scope} in oauthScopes.`,
    ]);
    expect(problemsWith('oauthScopes', [...oauthScopes, scope])).toEqual([
      `oauthScopes: ${scope} is of no use without addOns.common.useLocaleFromApp.`,
    ]);
    const both = JSON.parse(text) as { oauthScopes: string[]; addOns: { common: { useLocaleFromApp?: boolean } } };
    both.oauthScopes.push(scope);
    both.addOns.common.useLocaleFromApp = true;
    expect(checkManifest(both, declared)).toEqual([]);
  });

  it('refuses what is no manifest at all', () => {
    expect(checkManifest([], declared)).toEqual(['appsscript.json: must be object.']);
  });

  it.each([
    ['an open trigger', 'addOns.calendar.eventOpenTrigger', { runFunction: 'showHome' }],
    ['a library', 'dependencies.libraries', [{ userSymbol: 'OAuth2', libraryId: '1B7', version: '43' }]],
    ['a wildcard for the first label of a host', 'urlFetchWhitelist', ['https://*.example.com/api/']],
    ['colours', 'addOns.common.layoutProperties', { primaryColor: '#336699' }],
    ['a web app', 'webapp', { access: 'ANYONE', executeAs: 'USER_ACCESSING' }],
  ])('accepts %s', (_, path, value) => {
    expect(problemsWith(path, value)).toEqual([]);
  });
});
