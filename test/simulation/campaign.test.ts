/** `npm run simulate`, as a person at the prompt and as CI use it: the built program in a process of its own. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadAddOn } from '../../sandbox/script/host';
import { runDay } from '../../sandbox/simulation/run';
import { sampleDefects } from '../defects/sample-defects';

const ROOT = resolve(__dirname, '../..');
const PROGRAM = join(ROOT, '.build/sandbox/simulate.cjs');
const OUT = join(ROOT, '.build/simulation');
const MINUTE_MS = 60_000;

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

function simulate(...args: string[]): Promise<Ended> {
  return new Promise((fulfil, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...args]);
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (text) => {
      said.stdout += text;
    });
    child.stderr.on('data', (text) => {
      said.stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => fulfil({ code, ...said }));
  });
}

function build(script: string, args: string[], input = ''): void {
  const built = spawnSync(process.execPath, [join(ROOT, script), ...args], { input, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stderr);
}

/** As sandbox/simulation/short-waits.mjs. */
const SHORT_WAITS = { file: 'src/core/policies.ts', find: 'unsavedHours: 24,', replace: 'unsavedHours: 2,' };

/** Our add-on with a defect of the catalog, and with short waits. */
function defective(id: string): string {
  const edits = [SHORT_WAITS, ...(sampleDefects.find((candidate) => candidate.id === id)?.edits ?? [])];
  build('test/defects/build-defective.mjs', [OUT], JSON.stringify([{ id, edits }]));
  const reason = join(OUT, id, 'error.txt');
  if (existsSync(reason)) throw new Error(`${id} does not build: ${readFileSync(reason, 'utf8')}`);
  return join(OUT, id);
}

beforeAll(() => build('sandbox/simulation/short-waits.mjs', []), 2 * MINUTE_MS);

describe('a campaign', () => {
  it('plays days with misfortunes, and no promise is broken', async () => {
    const { code, stdout } = await simulate('--seeds', '40');
    expect(stdout).toMatch(/^40 days of 24 h and a quiet time of 6 h each, every one played twice, /m);
    expect(stdout).toMatch(/ twice, (1\d|[2-9]) of them first in fresh contexts, in \d+ s /);
    expect(stdout).toContain('Nothing lost, nothing wrong.');
    expect(stdout).not.toContain('played again');
    const met = [...stdout.matchAll(/^ +([\d.]+) % of days: /gm)].map(([, percent]) => Number(percent));
    expect(met.filter((percent) => percent > 0).length).toBeGreaterThan(15);
    expect(code).toBe(0);
  }, 120_000);

  it('catches a defect within 30 days, names the seed and how to see it again', async () => {
    const folder = defective('S5');
    const { code, stdout } = await simulate('--seeds', '30', '--quiet', '6', '--addon', folder);
    const [, seed, again, day] =
      /^seed (\d+): [\s\S]*?replay: npm run simulate -- (.*)\n {2}the day: (.*)$/m.exec(stdout) ?? [];
    expect(stdout).toMatch(/^[1-9]\d* days broke a promise\.$/m);
    expect(again).toBe(`--replay ${seed} --explain --quiet 6 --addon ${folder}`);
    expect(code).toBe(1);
    const replayed = await simulate(...(again as string).split(' '));
    expect(replayed.stdout).toContain('BROKEN: ');
    expect(readFileSync(resolve(day as string), 'utf8')).toBe(replayed.stdout);
    expect(replayed.code).toBe(1);
  }, 180_000);

  it.each(['some', 'all'])(
    'plays again in fresh contexts when an add-on keeps something in its globals, with --fresh %s',
    async (days) => {
      const two = ['--seeds', '2', '--from', '2', '--quiet', '1', '--fresh', days];
      const { code, stdout } = await simulate(...two, '--addon', join(__dirname, 'remembering'));
      expect(stdout).toContain(
        '2 days were played again, in fresh contexts: the add-on leaves something in its globals.',
      );
      expect(stdout).not.toContain('another trace');
      expect(code).toBe(0);
    },
    MINUTE_MS,
  );

  it('judges no day on which the add-on asks a host that nobody imitates, and names the host', async () => {
    const asking = ['--addon', join(__dirname, 'asking-a-stranger'), '--quiet', '1'];
    const { code, stdout } = await simulate('--seeds', '4', ...asking);
    expect(stdout).toMatch(
      /^[1-4] days cannot be judged: the add-on asked api\.stranger\.example, which nobody imitates/m,
    );
    expect(stdout).not.toContain('broke a promise');
    expect(code).toBe(1);
    const replayed = await simulate('--replay', '0', ...asking);
    expect(replayed.stdout).toContain('This day cannot be judged: the add-on asked api.stranger.example');
    expect(replayed.stdout).not.toMatch(/BROKEN|Nothing lost/);
    expect(replayed.code).toBe(1);
  }, 60_000);

  it('gives every day fresh contexts when it is asked to', async () => {
    const { code, stdout } = await simulate('--seeds', '4', '--fresh', 'all');
    expect(stdout).toContain('every one played twice, 4 of them first in fresh contexts');
    expect(code).toBe(0);
  }, 60_000);
});

describe('a day', () => {
  const addOn = loadAddOn(join(ROOT, 'dist'));
  const short = { hours: 6, quietHours: 1, switches: 'random' } as const;

  it('gives the same trace for the same seed, in fresh contexts and in kept ones', () => {
    const { hash } = runDay('1', addOn, short);
    expect(runDay('1', addOn, short).hash).toBe(hash);
    expect(runDay('1', addOn, { ...short, contexts: 'kept' }).hash).toBe(hash);
  });

  it('gives another trace for another seed', () => {
    expect(runDay('1', addOn, short).hash).not.toBe(runDay('2', addOn, short).hash);
  });

  it(
    'is told when it is played again',
    async () => {
      const told = await simulate('--replay', '3', '--explain', '--provider', 'sample');
      expect(told.stdout).toMatch(/^\d\d-\d\d \d\d:\d\d:\d\d {4}user +\w+@example\.com +opens /m);
      expect(told.stdout).toMatch(/^\d\d-\d\d \d\d:\d\d:\d\d {4}internet .* meet\.example\.com\/v1\/conferences/m);
      expect(told.stdout).toMatch(/^\d\d-\d\d \d\d:\d\d:\d\d {2}all is well again; quiet begins$/m);
      expect(told.stdout).toMatch(/^trace [0-9a-f]{64}, \d+ deeds, \d+ executions$/m);
      expect(await simulate('--replay', '3', '--explain', '--provider', 'sample')).toEqual(told);
    },
    MINUTE_MS,
  );
});

describe('a day at another conference service', () => {
  it(
    'is played there, and at no other',
    async () => {
      const { code, stdout } = await simulate('--replay', '3', '--explain', '--provider', 'zoom');
      expect(stdout).toMatch(/internet .* POST api\.zoom\.us\/v2\/users\/me\/meetings -> 201$/m);
      expect(stdout).not.toContain('meet.example.com');
      expect(stdout).toContain('Nothing lost, nothing wrong.');
      expect(code).toBe(0);
    },
    MINUTE_MS,
  );

  it(
    'breaks a promise when that service has nothing of what the events refer to',
    async () => {
      const askedElsewhere = ['--addon', join(OUT, 'add-on'), '--quiet', '6'];
      const { code, stdout } = await simulate('--seeds', '4', '--provider', 'zoom', ...askedElsewhere);
      expect(stdout).toMatch(/^seed \d: an event refers to conference \S+, which does not exist/m);
      expect(code).toBe(1);
    },
    MINUTE_MS,
  );
});

describe('what cannot be played', () => {
  it.each([
    ['no number', ['--seeds', 'many'], /^--seeds takes a whole number from 1 up, not "many"\.$/m],
    ['some other days', ['--fresh', 'none'], /^--fresh takes some or all, not "none"\.$/m],
    ['a word', ['1000'], /Options stand behind two dashes: npm run simulate -- --seeds 1000\.$/m],
    ['no library', ['--library', 'OAuth2'], /^--library takes NAME=DIR, not "OAuth2"\.$/m],
    ['no switch', ['--switches', 'constructor=1'], /^--switches: "constructor=1" is not known\. Allowed: /m],
    ['no days', ['--seeds', '0'], /^--seeds takes a whole number from 1 up, not "0"\.$/m],
    ['an unknown option', ['--sedes', '5'], /^Unknown option '--sedes'/],
    [
      'an unknown provider',
      ['--provider', 'zoom,skype'],
      /^--provider: "skype" is not known\. Allowed: all, or some of /,
    ],
    ['an unknown switch', ['--switches', 'gravity=off'], /^--switches: "gravity=off" is not known\. Allowed: /],
    ['no add-on', ['--addon', '/nowhere'], /^\/nowhere is no folder that can be read; name the folder/],
    ['no add-on to replay', ['--replay', '1', '--addon', '/nowhere'], /^\/nowhere is no folder that can be read/],
  ])('is refused in a sentence: %s', async (_, args, sentence) => {
    const { code, stdout, stderr } = await simulate(...args);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
