/** `clasp push`, from this project's own settings to a script project, without Google. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FakeScriptApi, type ScriptFile, serveScriptApi } from './fake-script-api';

const ROOT = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** A script project as Google creates it. */
const BLANK: ScriptFile[] = [
  { name: 'appsscript', type: 'JSON', source: '{"timeZone":"Etc/UTC","runtimeVersion":"V8"}' },
  { name: 'Code', type: 'SERVER_JS', source: 'function myFunction() {}' },
];

/** clasp loads all of Google's clients before it does anything. */
const CLASP_MS = 60_000;

describe('clasp push -f', () => {
  let api: FakeScriptApi;
  let ended: Awaited<ReturnType<FakeScriptApi['clasp']>>;
  beforeAll(async () => {
    api = await serveScriptApi(BLANK);
    ended = await api.clasp('push', '-f');
  }, CLASP_MS);
  afterAll(() => api.close());

  it('sends exactly the bundle and its manifest, and replaces all that was there', () => {
    expect(ended).toMatchObject({ status: 0, output: expect.stringContaining('Pushed 2 files') });
    expect(api.files.map(({ name, type }) => `${name} ${type}`).sort()).toEqual(['Code SERVER_JS', 'appsscript JSON']);
    const sources = new Map(api.files.map(({ name, source }) => [name, source]));
    expect(sources.get('Code')).toBe(read('dist/Code.js'));
    expect(sources.get('appsscript')).toBe(read('dist/appsscript.json'));
  });

  it('speaks to the script project that .clasp.json names, and to nothing else', () => {
    const { scriptId } = JSON.parse(read('.clasp.json'));
    expect(new Set(api.requests)).toEqual(
      new Set([`GET /v1/projects/${scriptId}/content`, `PUT /v1/projects/${scriptId}/content`]),
    );
    expect([...api.authorization]).toEqual(['Bearer made-up']);
  });

  it('is what npm run deploy does after a build', () => {
    expect(JSON.parse(read('package.json')).scripts.deploy).toBe('npm run build && clasp push -f');
  });
});

describe('clasp push without -f and without a terminal', () => {
  it(
    'leaves a changed manifest and everything else out, and calls it a success',
    async () => {
      const api = await serveScriptApi(BLANK);
      const { status, output } = await api.clasp('push');
      api.close();
      expect({ status, output }).toMatchObject({ status: 0, output: expect.stringContaining('Skipping push') });
      expect(api.files).toEqual(BLANK);
    },
    CLASP_MS,
  );
});
