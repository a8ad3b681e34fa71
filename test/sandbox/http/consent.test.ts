/** Consent over HTTP: what a person grants, by verbs and on the page that Google would show. */
import type { AddOn } from '../../../sandbox/script/add-on';
import { ANA, type Served, serveWorld } from './serving';

const AUTH = 'https://www.googleapis.com/auth/';
const READS = `${AUTH}calendar.events.readonly`;
const TRIGGERS = `${AUTH}script.scriptapp`;
const ADD_ON: AddOn = {
  scriptId: 'consenting-script',
  files: [{ name: 'Code.js', source: 'function nothing() {}' }],
  manifest: { timeZone: 'Etc/UTC', runtimeVersion: 'V8', oauthScopes: [READS, TRIGGERS] },
};

let served: Served;

beforeAll(async () => {
  served = await serveWorld({ addOn: ADD_ON });
});

afterAll(() => served.close());

async function tell(verb: string, body: object): Promise<{ status: number; body: unknown }> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`${served.url}/sandbox/consent/${verb}`, init);
  return { status: response.status, body: await response.json() };
}

function page(scriptId = ADD_ON.scriptId): Promise<Response> {
  return fetch(`${served.url}/macros/d/${scriptId}/authorize`);
}

/** The page after a person has ticked a box on it. */
async function tick(scope: string): Promise<string> {
  const [, action] = /action="([^"]+)"/.exec(await (await page()).text()) ?? [];
  const body = new URLSearchParams({ user: ANA, scope });
  return (await fetch(served.url + action, { method: 'POST', body })).text();
}

describe('consent at the running server', () => {
  it('is installed with scopes left unticked, completed, and taken back scope by scope', async () => {
    expect((await tell('install', { user: ANA, without: ['script.scriptapp'] })).body).toEqual({
      user: ANA,
      granted: [READS],
      missing: [TRIGGERS],
    });
    expect((await tell('consent', { user: ANA })).body).toMatchObject({ missing: [] });
    expect((await tell('revoke', { user: ANA, scope: READS })).body).toMatchObject({ missing: [READS] });
    expect((await tell('revoke', { user: ANA })).body).toMatchObject({ granted: [] });
    await tell('consent', { user: ANA });
    const all = (await (await fetch(`${served.url}/sandbox/consent`)).json()) as { users: Array<{ user: string }> };
    expect(all.users.find(({ user }) => user === ANA)).toEqual({ user: ANA, granted: [READS, TRIGGERS], missing: [] });
  });

  it('says what is wrong with a request', async () => {
    for (const [verb, body, said] of [
      ['forget', { user: ANA }, /No verb "forget"/],
      ['constructor', { user: ANA }, /No verb "constructor"/],
      ['install', { user: ANA, without: 'all' }, /"without" is a list/],
      ['install', { user: ANA, without: ['gmail'] }, /does not ask for "gmail"/],
      ['install', { user: 'nobody@example.com' }, /There is no user/],
    ] as const) {
      const answer = await tell(verb, body);
      expect(answer.status).toBe(400);
      expect((answer.body as { error: { message: string } }).error.message).toMatch(said);
    }
  });

  it('has a page with a box for each scope that is missing, and grants those that are ticked', async () => {
    await tell('install', { user: ANA, without: [READS, TRIGGERS] });
    const shown = await (await page()).text();
    expect(shown.match(/type="checkbox"/g)).toHaveLength(2);
    const after = await tick(READS);
    expect(after).not.toContain(READS);
    expect(after).toContain(TRIGGERS);
    expect(served.world.script.authorization.scopes(ANA).missing).toEqual([TRIGGERS]);
    const rest = await tick(TRIGGERS);
    expect(rest).toContain('has granted everything');
  });

  it('is where the address that a card names leads to on this machine', async () => {
    const address = `https://script.google.com/macros/d/${ADD_ON.scriptId}/authorize`;
    const answer = await fetch(`${served.url}/net/?url=${encodeURIComponent(address)}`, { redirect: 'manual' });
    expect(answer.headers.get('location')).toMatch(new RegExp(`/macros/d/${ADD_ON.scriptId}/authorize$`));
  });

  it('has no page for another script', async () => {
    expect((await page('another-script')).status).toBe(404);
  });
});
