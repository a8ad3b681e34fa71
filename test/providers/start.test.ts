/** `npm start -- --provider NAME` for the vendors that are imitated: from the event to the page behind its link. */
import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PROVIDERS } from '../../sandbox/providers/all';
import { buildAll, makeFolder, ROOT } from '../bundle/builds';
import { Started } from './started';

const EXAMPLES = join(ROOT, 'examples/providers');
const names = readdirSync(EXAMPLES).map((file) => basename(file, '.ts'));

let folder: string;
const started: Started[] = [];

beforeAll(() => {
  folder = makeFolder();
  const builds = names.map((name) => ({ config: join(EXAMPLES, `${name}.ts`), out: join(folder, name) }));
  expect(buildAll(builds).filter(({ functions }) => functions === undefined)).toEqual([]);
}, 60_000);

afterEach(async () => {
  for (const one of started.splice(0)) await one.end();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function start(name: string): Promise<Started> {
  const one = new Started(name, join(folder, name), join(folder, 'state', name));
  started.push(one);
  await one.begin();
  return one;
}

it('has a configuration for each provider that can be named', () => {
  expect(names.sort()).toEqual(Object.keys(PROVIDERS).sort());
});

describe.each([
  ['sample', 'Design review', 1],
  ['nextcloud-talk', 'Design review', 1],
  ['jitsi', 'A room at the imitation of Jitsi Meet', 0],
  ['whereby', 'A room at the imitation of Whereby', 1],
])('the program with %s', (name, shown, kept) => {
  it('makes a conference whose link opens a page of the sandbox', async () => {
    const program = await start(name);
    const { link } = await program.meets();
    expect(link).toMatch(/^https:\/\//);
    await program.later();
    expect(await program.opens(link as string)).toContain(shown);
    expect(await program.opens('')).toContain(link as string);
    expect(await program.conferences()).toHaveLength(kept);
  }, 30_000);
});

describe('the program with accounts of people’s own at Nextcloud', () => {
  it('takes an app password on the home card, and makes the conference with it', async () => {
    const program = await start('nextcloud-talk-personal');
    const { connectUrl = '' } = await program.meets();
    expect(connectUrl).toBe('https://cloud.example.org/index.php/settings/user/security');
    const made = await program.sends(await program.opens(connectUrl), { account: 'ana' });
    const password = /app password <code>([^<]+)</.exec(made)?.[1] ?? '';
    const { body: card } = await program.post('cards/home', { user: 'ana@example.com' });
    const inputs = { 'user-nextcloud-talk': 'ana', 'password-nextcloud-talk': password };
    const click = { user: 'ana@example.com', card, button: 'Connect Nextcloud Talk', inputs };
    expect(JSON.stringify(await program.post('cards/click', click))).toContain('Nextcloud Talk is connected.');
    const { link = '' } = await program.meets();
    await program.later();
    expect(await program.opens(link)).toContain('Design review');
  }, 30_000);
});

describe.each([
  ['zoom', 'https://zoom.us/oauth/authorize?'],
  ['webex', 'https://webexapis.com/v1/authorize?'],
  ['teams', 'https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?'],
])('the program with %s', (name, consentAt) => {
  it('asks a person to connect, and makes the conference once they have', async () => {
    const program = await start(name);
    const refused = await program.meets();
    expect(refused.link).toBeUndefined();
    expect(refused.connectUrl?.startsWith(consentAt)).toBe(true);
    expect(await program.agrees(refused.connectUrl as string)).toContain('is connected.');
    const { link } = await program.meets();
    await program.later();
    expect(await program.opens(link as string)).toContain('Design review');
  }, 30_000);
});
