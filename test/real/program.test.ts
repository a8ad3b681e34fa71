/** `npm start -- --provider NAME` with servers that are not ours: executions in workers, real time, real HTTP. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installEjabberd } from '../../sandbox/providers/ejabberd';
import { installJanus, JANUS_DEMOS } from '../../sandbox/providers/janus';
import { EJABBERD_INSTALLED } from '../../sandbox/real/ejabberd';
import { JANUS_INSTALLED, JANUS_SECRETS } from '../../sandbox/real/janus';
import { waitUntil } from '../../sandbox/real/process';
import { createWorld } from '../../sandbox/whole-world';
import { buildAll, makeFolder, ROOT } from '../bundle/builds';
import { Started } from '../providers/started';
import { killAll } from '../sandbox/cli/running-program';
import { describeWith } from './process';

let folder: string;

beforeAll(() => {
  folder = makeFolder();
  const builds = ['janus', 'ejabberd'].map((name) => ({
    config: join(ROOT, `examples/providers/${name}.ts`),
    out: join(folder, name),
  }));
  expect(buildAll(builds).filter(({ functions }) => functions === undefined)).toEqual([]);
}, 60_000);

afterEach(killAll);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function start(name: string, ...options: string[]): Promise<Started> {
  const program = new Started(name, join(folder, name), join(folder, 'state', name), ...options);
  await program.begin();
  return program;
}

/** Where Janus itself says that it listens. */
async function adminOf({ program }: Started): Promise<string> {
  return program.says(/\(admin (http:\S+)\)/);
}

async function titlesAt(admin: string): Promise<string[]> {
  const request = { request: 'list', admin_key: JANUS_SECRETS.key };
  const ask = { janus: 'message_plugin', transaction: 't', admin_secret: JANUS_SECRETS.admin };
  const body = JSON.stringify({ ...ask, plugin: 'janus.plugin.videoroom', request });
  const { response } = (await (await fetch(admin, { method: 'POST', body })).json()) as {
    response: { list: Array<{ description: string }> };
  };
  return response.list.map(({ description }) => description);
}

const isGone = (url: string) => () =>
  fetch(url)
    .then(() => false)
    .catch(() => true);

describeWith('Janus', JANUS_INSTALLED)('the program, with a real Janus', () => {
  it('makes a room while a person waits, brings it the event’s title, and ends it with the event', async () => {
    const program = await start('janus', '--fresh');
    const admin = await adminOf(program);
    const { eventId } = await program.meets();
    expect(await titlesAt(admin)).toEqual(['Meeting']);
    await program.later();
    expect(await titlesAt(admin)).toEqual(['Design review']);
    await program.post('events/delete', { user: 'ana@example.com', eventId });
    for (let tens = 0; tens < 8; tens++) await program.later();
    expect(await titlesAt(admin)).toEqual([]);
  }, 60_000);

  it('ends Janus with it, and finds its rooms again at the next start', async () => {
    const first = await start('janus', '--fresh');
    const admin = await adminOf(first);
    await first.meets();
    expect(await first.end()).toMatchObject({ code: 0, stderr: '' });
    expect(await isGone(admin)()).toBe(true);
    const second = await start('janus');
    expect(await titlesAt(await adminOf(second))).toEqual(['Meeting']);
  }, 60_000);

  it('ends Janus also when it is killed', async () => {
    const { program } = await start('janus', '--fresh');
    const admin = await program.says(/\(admin (http:\S+)\)/);
    await program.end('SIGKILL');
    await waitUntil('Janus ends', isGone(admin));
  }, 60_000);
});

describeWith('janus-demos', JANUS_INSTALLED && existsSync(JANUS_DEMOS))('the page behind a link to Janus', () => {
  it('is the video room’s own, and what it asks of Janus lets people in', async () => {
    const program = await start('janus', '--fresh');
    const { link = '' } = await program.meets();
    const page = await program.opens(link);
    expect(page).toContain('<title>Janus WebRTC Server (multistream): Video Room Demo</title>');
    const scripts = [...page.matchAll(/<(?:script|link)[^>]* (?:src|href)="([^"]+)"/g)].map(
      ([, path]) => path as string,
    );
    expect(scripts.length).toBeGreaterThan(8);
    const at = `${program.url}/net/janus.example.org/demos/`;
    const found = await Promise.all(scripts.map(async (path) => (await fetch(at + path)).status));
    expect(found).toEqual(scripts.map(() => 200));
    expect(await (await fetch(`${at}videoroomtest.js`)).text()).toContain('myroom = getQueryStringValue("room");');
    // As settings.js says it, seen from the page.
    const settings = await (await fetch(`${at}settings.js`)).text();
    const server = new URL(/new URL\('([^']+)'/.exec(settings)?.[1] ?? '', at).href;
    expect(await joins(server, new URL(link).searchParams.get('room') as string)).toMatchObject({
      videoroom: 'joined',
      description: 'Meeting',
    });
  }, 60_000);
});

/** What janus.js does for the page: a session, a handle, and a long poll for the answer. */
async function joins(server: string, room: string): Promise<unknown> {
  const ask = async (path: string, body: object): Promise<{ data: { id: number } }> => {
    const headers = { 'content-type': 'application/json' };
    const text = JSON.stringify({ transaction: 't', ...body });
    return (await fetch(server + path, { method: 'POST', headers, body: text })).json() as never;
  };
  const session = (await ask('', { janus: 'create' })).data.id;
  const handle = (await ask(`/${session}`, { janus: 'attach', plugin: 'janus.plugin.videoroom' })).data.id;
  const body = { request: 'join', room, ptype: 'publisher', display: 'Ana' };
  await ask(`/${session}/${handle}`, { janus: 'message', body });
  for (;;) {
    const event = (await (await fetch(`${server}/${session}?maxev=1`)).json()) as
      | {
          plugindata?: { data: unknown };
        }
      | Array<{ plugindata?: { data: unknown } }>;
    const [first] = [event].flat();
    if (first?.plugindata !== undefined) return first.plugindata.data;
  }
}

describeWith('ejabberd', EJABBERD_INSTALLED)('the program, with a real ejabberd', () => {
  it('makes a room whose link shows what ejabberd says of it, also after the next start', async () => {
    const first = await start('ejabberd', '--fresh');
    const { link = '' } = await first.meets();
    expect(await first.opens(link)).toContain('<h1>Meeting</h1>');
    await first.later();
    expect(await first.opens(link)).toContain('<h1>Design review</h1>');
    expect(await first.opens(link.replace('=', '=x'))).toContain('ejabberd knows no room at this address.');
    expect(await first.end()).toMatchObject({ code: 0, stderr: '' });
    const second = await start('ejabberd');
    expect(await second.opens(link)).toContain('<h1>Design review</h1>');
  }, 60_000);
});

describe('a server that is not installed', () => {
  it.each([
    ['Janus', installJanus, 'apt-get install janus'],
    ['ejabberd', installEjabberd, 'apt-get install ejabberd'],
  ])('is said so, with what to do: %s', async (name, install, what) => {
    const refused = await install(createWorld(), folder, false).catch((problem: Error) => problem.message);
    expect(refused).toContain(`${name} is not installed here.`);
    expect(refused).toContain(what);
  });
});
