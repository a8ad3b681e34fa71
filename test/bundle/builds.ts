/** Builds configurations in a process of their own, as `npm run build` does: jest's modules cannot import the build. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export const ROOT = join(__dirname, '../..');

/** A folder outside the project, so that nothing is found beside it by luck. */
export function makeFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'lockstep-build-')));
}

export interface BuildAnswer {
  functions?: string[];
  /** The sentences of a BuildError. */
  refusal?: string;
  /** Anything else that was thrown: a fault of the build itself. */
  fault?: string;
}

const RUNNER = `
  const { buildAddOn, BuildError } = await import(${JSON.stringify(pathToFileURL(join(ROOT, 'esbuild.config.mjs')).href)});
  let text = '';
  for await (const chunk of process.stdin) text += chunk;
  const answers = [];
  for (const build of JSON.parse(text)) {
    try {
      answers.push({ functions: (await buildAddOn(build)).functions });
    } catch (thrown) {
      answers.push(thrown instanceof BuildError ? { refusal: thrown.message } : { fault: String(thrown?.stack) });
    }
  }
  console.log(JSON.stringify(answers));
`;

/** One after the other in one process; answers stand in the order of the builds. */
export function buildAll(builds: ReadonlyArray<{ config: string; out: string }>): BuildAnswer[] {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', RUNNER], {
    input: JSON.stringify(builds),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The builds ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as BuildAnswer[];
}

export interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** `npm run build -- …`, run in `cwd`. */
export function npmRunBuild(cwd: string, ...args: string[]): Ended {
  const npm = ['--prefix', ROOT, '--silent', 'run', 'build', '--', ...args];
  return spawnSync('npm', npm, { cwd, encoding: 'utf8' });
}
