/** The address that other services send people back to, served for a browser on this machine. */
import type { AddOn } from '../../../sandbox/script/add-on';
import { ANA, type Served, serveWorld } from './serving';

const SOURCE = `
function newToken() {
  return ScriptApp.newStateToken().withMethod('back').withArgument('attempt', 'first').withTimeout(60).createToken();
}
function back(e) {
  return HtmlService.createHtmlOutput('<p>' + JSON.stringify([e.parameter, e.parameters.code]) + '</p>');
}
`;

const ADD_ON: AddOn = {
  scriptId: 'connecting-script',
  files: [{ name: 'Code.js', source: SOURCE }],
  manifest: { timeZone: 'Etc/UTC', runtimeVersion: 'V8', oauthScopes: [] },
};

let served: Served;

beforeAll(async () => {
  served = await serveWorld({ addOn: ADD_ON });
});

afterAll(() => served.close());

async function get(query: string, scriptId = ADD_ON.scriptId): Promise<{ status: number; text: string }> {
  const response = await fetch(`${served.url}/macros/d/${scriptId}/usercallback?${query}`);
  return { status: response.status, text: await response.text() };
}

async function newToken(): Promise<string> {
  const result = await served.world.script.runInWorker(ANA, 'newToken', [], 'manual');
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value as string;
}

describe('The callback of the running server', () => {
  it('runs the method of the state token, with its arguments and the query', async () => {
    const state = await newToken();
    expect(await get(`code=a&code=b&state=${state}`)).toEqual({
      status: 200,
      text: '<p>[{"attempt":"first","code":"a"},["a","b"]]</p>',
    });
  });

  it('runs nothing for a token that is unknown', async () => {
    const refused = { status: 400, text: 'The state token is invalid or has expired. Please try again.' };
    expect(await get('code=a&state=invented')).toEqual(refused);
    expect(await get('code=a')).toEqual(refused);
  });

  it('is that of the installed add-on only', async () => {
    expect((await get(`state=${await newToken()}`, 'another-script')).status).toBe(404);
  });
});
