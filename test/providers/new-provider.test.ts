/** `npm run new-provider` begins with something that works: copies of a template that is tested itself. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, ROOT } from '../bundle/builds';

let folder: string;

beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const begin = (...args: string[]) =>
  spawnSync(process.execPath, [join(ROOT, 'scaffold/new-provider.mjs'), ...args, '--into', folder], {
    encoding: 'utf8',
  });
const written = (path: string) => readFileSync(join(folder, path), 'utf8');

describe('a provider that is begun', () => {
  it('has a file, a test, and the lines of configuration to paste', () => {
    const { status, stdout } = begin('my-video-2');
    expect(status).toBe(0);
    expect(stdout).toContain("import { myVideo2 } from './providers/my-video-2';");
    expect(stdout).toContain("scriptProperty: 'MY_VIDEO_2_TOKEN'");
    expect(written('src/providers/my-video-2.ts')).toContain('export function myVideo2(');
    expect(written('test/providers/my-video-2.test.ts')).toContain("describeContract('myVideo2'");
  });

  it('bears its own name everywhere', () => {
    begin('my-video-2');
    for (const path of ['src/providers/my-video-2.ts', 'test/providers/my-video-2.test.ts']) {
      expect(written(path)).not.toMatch(/acme/i);
    }
  });

  it.each(['src/providers/my-video.ts', 'test/providers/my-video.test.ts'])('imports into %s what is there', (path) => {
    begin('my-video');
    const imports = [...written(path).matchAll(/from '(\.[^']+)'/g)].map(([, to]) => to as string);
    expect(imports.length).toBeGreaterThanOrEqual(4);
    const at = (root: string, to: string) => existsSync(join(root, path, '..', `${to}.ts`));
    expect(imports.filter((to) => !at(ROOT, to) && !at(folder, to))).toEqual([]);
  });

  it.each(['Acme', 'my_video', '../x', '2me'])('is not called %s, and the refusal says what is allowed', (name) => {
    const { status, stderr } = begin(name);
    expect(status).toBe(2);
    expect(stderr).toContain('lower-case letters');
  });

  it('replaces nothing that is there already', () => {
    begin('my-video');
    const { status, stderr } = begin('my-video');
    expect(status).toBe(2);
    expect(stderr).toContain('is there already');
  });

  it('needs a name', () => {
    expect(begin()).toMatchObject({ status: 2, stderr: expect.stringContaining('npm run new-provider') });
  });
});
