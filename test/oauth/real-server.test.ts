/**
 * The OAuth client against a certified server that nobody here wrote, over HTTP on this machine: the built add-on runs
 * in workers, and its UrlFetchApp reaches the server as https://id.example.com.
 */
import type { AddOn, ExecutionResult } from '../../sandbox/script/host';
import { callbackAddress, pageOf, userCallback } from '../../sandbox/script/user-callback';
import { createWorld, type World } from '../../sandbox/whole-world';
import type { JsonObject } from '../../sandbox/world/json';
import { addOnWith, EVENT } from './oauth-stage';
import { OidcBrowser, type OidcServer, startOidcServer } from './oidc-browser';

const ISSUER = 'https://id.example.com';
const ANA = 'ana@example.com';
const personal = (more: string) => `{
  kind: 'oauth2', authorizationUrl: '${ISSUER}/auth', tokenUrl: '${ISSUER}/token', revocationUrl: '${ISSUER}/token/revocation',
  scopes: ['openid', 'offline_access', 'meetings:write'], extraParameters: { prompt: 'consent' }, pkce: true,
  issuer: '${ISSUER}', ${more}
}`;

const AUTHS = {
  confidential: personal("clientIdProperty: 'ID_CONFIDENTIAL', clientSecretProperty: 'SECRET'"),
  byform: personal("clientIdProperty: 'ID_FORM', clientSecretProperty: 'SECRET', clientSecretIn: 'body'"),
  public: personal("clientIdProperty: 'ID_PUBLIC'"),
  organisation: `{
    kind: 'client-credentials', tokenUrl: '${ISSUER}/token', scopes: ['meetings:write'],
    clientIdProperty: 'ID_ORGANISATION', clientSecretProperty: 'SECRET',
  }`,
};

let addOn: AddOn;
let server: OidcServer;

beforeAll(async () => {
  addOn = addOnWith(AUTHS);
  server = await startOidcServer(callbackAddress(addOn.scriptId));
}, 60_000);

afterAll(() => server?.close());

class RealStage {
  readonly world: World = createWorld({ addOn });
  readonly ana = this.world.addUser(ANA, { timeZone: 'Europe/Zurich' });

  constructor() {
    const { internet, script } = this.world;
    internet.addReal('id.example.com', server.baseUrl);
    internet.addReal('meet.example.com', server.baseUrl);
    script.setScriptProperty('ID_CONFIDENTIAL', 'confidential');
    script.setScriptProperty('ID_FORM', 'by-form');
    script.setScriptProperty('ID_PUBLIC', 'public');
    script.setScriptProperty('ID_ORGANISATION', 'organisation');
    script.setScriptProperty('SECRET', 'the-secret');
  }

  run(functionName: string, argument: JsonObject, surface: 'create' | 'trigger' | 'card'): Promise<ExecutionResult> {
    return this.world.script.runInWorker(ANA, functionName, [argument], surface);
  }

  async create(provider: string, eventId = 'event1'): Promise<JsonObject> {
    const name = `createExample${provider.charAt(0).toUpperCase()}${provider.slice(1)}`;
    const result = await this.run(name, { eventData: { calendarId: ANA, eventId } }, 'create');
    if (!result.ok) throw new Error(JSON.stringify(result));
    return result.value as JsonObject;
  }

  /** Ana opens where the create sends her, logs in, agrees, and comes back to the add-on. */
  async connects(provider: string): Promise<string> {
    const { error } = await this.create(provider);
    const url = (error as JsonObject).authenticationUrl as string;
    const back = await new OidcBrowser(server).agrees(url);
    const callback = userCallback(this.world.script, back, ANA);
    if (callback === undefined) throw new Error('The state token was refused.');
    return pageOf(await this.run(callback.method, callback.event as JsonObject, 'card')).html;
  }

  grant(provider: string): { access: string; refresh: string } {
    return JSON.parse(this.world.script.userProperties(ANA)[`lockstep.grant.${provider}`] ?? '{}');
  }

  /** A refresh, revocation or the like, as the confidential client itself would ask for it. */
  async asClient(path: string, form: Record<string, string>): Promise<Response> {
    const authorization = `Basic ${Buffer.from('confidential:the-secret').toString('base64')}`;
    const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
    return fetch(new URL(path, server.baseUrl), {
      method: 'POST',
      headers,
      body: new URLSearchParams(form).toString(),
    });
  }

  /** An event of Ana's with a conference of this provider, followed by the first sync. */
  async meeting(provider: string) {
    const { editor } = this.world;
    const { draftId } = this.ana.drafts(EVENT);
    const call = editor.askConference(draftId, `example-${provider}`);
    editor.keepConference(call, await this.world.script.runInWorker(ANA, call.functionName, call.args, 'create'));
    const event = this.ana.saves(editor.draft(draftId));
    await this.syncs();
    return event;
  }

  async syncs(): Promise<void> {
    const result = await this.run('syncEvents', { calendarId: ANA }, 'trigger');
    if (!result.ok) throw new Error(JSON.stringify(result));
  }
}

async function titles(): Promise<string[]> {
  return (await (await fetch(new URL('titles', server.baseUrl))).json()) as string[];
}

let stage: RealStage;

beforeEach(() => {
  stage = new RealStage();
});

afterEach(() => stage.world.script.close());

describe.each(['confidential', 'byform', 'public'])('a %s client', (provider) => {
  it('connects with code and PKCE, and then creates', async () => {
    expect(await stage.connects(provider)).toContain(`Example ${provider} is connected.`);
    expect((await stage.create(provider)).error).toBeUndefined();
  }, 30_000);

  it('renews with a refresh token that rotates, twice in a row', async () => {
    await stage.connects(provider);
    const seen = [stage.grant(provider)];
    for (let round = 0; round < 2; round++) {
      stage.world.advance(60_000);
      expect((await stage.create(provider)).error).toBeUndefined();
      seen.push(stage.grant(provider));
    }
    expect(new Set(seen.map(({ refresh }) => refresh)).size).toBe(3);
    expect(new Set(seen.map(({ access }) => access)).size).toBe(3);
  }, 30_000);
});

describe('a grant at the certified server', () => {
  it('is ended there by disconnecting', async () => {
    await stage.connects('confidential');
    const { refresh } = stage.grant('confidential');
    const answer = await stage.run('signOut', { parameters: { provider: 'confidential' } }, 'card');
    expect(JSON.stringify(answer)).toContain('Example confidential is disconnected.');
    const again = await stage.asClient('token', { grant_type: 'refresh_token', refresh_token: refresh });
    expect(await again.json()).toMatchObject({ error: 'invalid_grant' });
  }, 30_000);

  it('whose access token the server forgot is renewed at the first refusal', async () => {
    await stage.connects('confidential');
    const { access } = stage.grant('confidential');
    await fetch(new URL('forget', server.baseUrl), { method: 'POST', body: access });
    expect((await stage.create('confidential')).error).toBeUndefined();
    expect(stage.grant('confidential').access).not.toBe(access);
  }, 30_000);

  it('whose refresh token somebody used twice is over: the person is asked again, and nothing is lost', async () => {
    await stage.connects('confidential');
    const event = await stage.meeting('confidential');
    const { refresh } = stage.grant('confidential');
    const form = { grant_type: 'refresh_token', refresh_token: refresh };
    expect((await stage.asClient('token', form)).status).toBe(200);
    stage.world.advance(60_000);
    stage.ana.edits(event, { summary: 'Reused' });
    await stage.syncs();
    expect(stage.grant('confidential')).toEqual({});
    expect((await stage.create('confidential', 'event2')).error).toMatchObject({
      conferenceErrorType: 'AUTHENTICATION',
    });
    expect(await titles()).not.toContain('Reused');
    expect(await stage.connects('confidential')).toContain('is connected');
    expect(await titles()).toContain('Reused');
  }, 30_000);

  it('survives ten executions that find the token run out at once', async () => {
    await stage.connects('confidential');
    stage.world.advance(60_000);
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => stage.create('confidential', `e${n}`)),
    );
    const errors = answers.flatMap(
      ({ error }) => ((error as JsonObject | undefined)?.conferenceErrorType as string) ?? [],
    );
    // One that waits too long for the lock, on a machine with other work, may be told to try again; none, to connect again.
    expect(errors.filter((type) => type !== 'TEMPORARY')).toEqual([]);
    expect(errors.length).toBeLessThan(answers.length);
    expect((await stage.create('confidential', 'e11')).error).toBeUndefined();
    const { refresh } = stage.grant('confidential');
    const after = await stage.asClient('token', { grant_type: 'refresh_token', refresh_token: refresh });
    expect(after.status).toBe(200);
  }, 60_000);
});

describe('an organisation’s client', () => {
  it('gets a token for itself, and nobody has to connect', async () => {
    expect((await stage.create('organisation')).error).toBeUndefined();
  }, 30_000);
});
