/** Consent to single scopes: what a script is told, and what its calls answer while one is missing. */
import { ANN, BEN, resultOf, Stage } from './support/stage';

const AUTH = 'https://www.googleapis.com/auth/';
const READS = `${AUTH}calendar.events.readonly`;
const FETCHES = `${AUTH}script.external_request`;
const TRIGGERS = `${AUTH}script.scriptapp`;

const SOURCE = `
const told = (info) => [String(info.getAuthorizationStatus()), info.getAuthorizationUrl() !== null, info.getAuthorizedScopes()];
function all() { return told(ScriptApp.getAuthorizationInfo(ScriptApp.AuthMode.FULL)); }
function some(names) { return told(ScriptApp.getAuthorizationInfo(ScriptApp.AuthMode.FULL, names)); }
function requireSome(names) { ScriptApp.requireScopes(ScriptApp.AuthMode.FULL, names); return 'went on'; }
function requireAll() { ScriptApp.requireAllScopes(ScriptApp.AuthMode.FULL); return 'went on'; }
function fetch() { UrlFetchApp.fetch('https://site.example.com/'); }
function list() { Calendar.Events.list('${ANN}'); }
function count() { return ScriptApp.getProjectTriggers().length; }
function keep() { PropertiesService.getUserProperties().setProperty('k', 'v'); }
`;

function stageWith(switches: Record<string, unknown> = {}): Stage {
  return new Stage(SOURCE, { switches, manifest: { ...MANIFEST, oauthScopes: [READS, FETCHES, TRIGGERS] } });
}

const MANIFEST = {
  timeZone: 'UTC',
  dependencies: { enabledAdvancedServices: [{ userSymbol: 'Calendar', serviceId: 'calendar', version: 'v3' }] },
};

describe('consent to single scopes', () => {
  it('is told as a whole and by name, with the scopes that are granted and where the others can be', () => {
    const stage = stageWith();
    expect(resultOf(stage.run('all'))).toEqual(['NOT_REQUIRED', false, [READS, FETCHES, TRIGGERS]]);
    stage.host.authorization.install(ANN, [FETCHES]);
    expect(resultOf(stage.run('all'))).toEqual(['REQUIRED', true, [READS, TRIGGERS]]);
    expect(resultOf(stage.run('some', [[READS]]))).toEqual(['NOT_REQUIRED', false, [READS]]);
    expect(resultOf(stage.run('some', [[READS, FETCHES]]))).toEqual(['REQUIRED', true, [READS]]);
    expect(resultOf(stage.run('all', [], 'manual', BEN))).toEqual(['NOT_REQUIRED', false, [READS, FETCHES, TRIGGERS]]);
  });

  it('is an error to ask about a scope that the manifest does not ask for', () => {
    const stage = stageWith();
    expect(resultOf(stage.run('some', [[`${AUTH}calendar.events`]]))).toMatch(/does not require the scope/);
  });

  it('stops exactly the calls whose scope is missing', () => {
    const stage = stageWith();
    for (const [scope, name, service] of [
      [READS, 'list', 'Calendar'],
      [FETCHES, 'fetch', 'UrlFetchApp.fetch'],
      [TRIGGERS, 'count', 'ScriptApp.getProjectTriggers'],
    ] as const) {
      stage.host.authorization.install(ANN, [scope]);
      const refusal = `Exception: You do not have permission to call ${service}. Required permissions: `;
      for (const each of ['list', 'fetch', 'count', 'keep']) {
        const said = String(resultOf(stage.run(each)));
        expect([each, said.startsWith(refusal)]).toEqual([each, each === name]);
      }
    }
  });

  it('refuses in other words, or leaves it to the API, where a switch says so', () => {
    const specified = stageWith({ scopeRefusal: 'specified' });
    specified.host.authorization.install(ANN, ['calendar.events.readonly']);
    expect(resultOf(specified.run('list'))).toMatch('Specified permissions are not sufficient to call Calendar.');
    const byApi = stageWith({ scopeRefusal: 'by-api' });
    byApi.host.authorization.install(ANN, ['calendar.events.readonly', 'script.external_request']);
    expect(resultOf(byApi.run('list'))).toBe(
      'GoogleJsonResponseException: API call to calendar.events.list failed with error: Request had insufficient authentication scopes.',
    );
    expect(resultOf(byApi.run('fetch'))).toMatch('You do not have permission to call UrlFetchApp.fetch.');
  });

  it('keeps what was granted when a person consents again, and may be taken back one by one', () => {
    const { host } = stageWith();
    host.authorization.install(ANN, [READS, FETCHES]);
    host.authorization.consent(ANN, [FETCHES, TRIGGERS]);
    expect(host.authorization.scopes(ANN)).toEqual({ granted: [READS, TRIGGERS], missing: [FETCHES] });
    host.authorization.revokeScope(ANN, TRIGGERS);
    expect(host.authorization.scopes(ANN).missing).toEqual([FETCHES, TRIGGERS]);
    host.authorization.consent(ANN);
    expect(host.authorization.scopes(ANN).missing).toEqual([]);
    host.authorization.revoke(ANN);
    host.authorization.consent(ANN, [READS]);
    expect(host.authorization.scopes(ANN).missing).toEqual([READS]);
    expect(() => host.authorization.install(ANN, ['gmail'])).toThrow(/does not ask for "gmail"/);
  });

  it('ends an execution that requires what is missing', () => {
    const stage = stageWith();
    stage.host.authorization.install(ANN, [TRIGGERS]);
    expect(resultOf(stage.run('requireSome', [[READS]]))).toBe('went on');
    expect(resultOf(stage.run('requireSome', [[READS, TRIGGERS]]))).toMatch(/Authorization is required/);
    expect(resultOf(stage.run('requireAll'))).toMatch(/Authorization is required/);
  });

  it('is asked for before a card or a create runs, where a switch says so; triggers run all the same', () => {
    const stage = stageWith({ missingScopesPromptFirst: true });
    stage.host.authorization.install(ANN, [TRIGGERS]);
    expect(resultOf(stage.run('all', [], 'card'))).toMatch(/Authorization is required/);
    expect(resultOf(stage.run('all', [], 'create'))).toMatch(/Authorization is required/);
    expect(stage.run('all', [], 'trigger').ok).toBe(true);
    stage.host.authorization.consent(ANN);
    expect(stage.run('all', [], 'card').ok).toBe(true);
  });

  it('may be told without the list of what is granted', () => {
    const stage = stageWith({ authorizedScopesListed: false });
    stage.host.authorization.install(ANN, [TRIGGERS]);
    expect(resultOf(stage.run('all'))).toEqual(['REQUIRED', true, null]);
  });
});
