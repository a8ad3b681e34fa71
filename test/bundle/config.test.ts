/** What an operator writes in a configuration: the build takes it from any folder, or says what is wrong with it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, Script } from 'node:vm';
import { type BuildAnswer, buildAll, makeFolder, npmRunBuild, ROOT } from './builds';
import { configText, WRONG } from './wrong-configurations';

const folder = makeFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a wrong configuration', () => {
  const out = join(folder, 'never');
  let answers: BuildAnswer[] = [];
  beforeAll(() => {
    const builds = WRONG.map(({ text }, i) => {
      const config = join(folder, `wrong-${i}.ts`);
      if (text !== undefined) writeFileSync(config, text);
      return { config, out };
    });
    answers = buildAll(builds);
  });

  it.each(WRONG.map(({ what, says }, i) => ({ what, says, i })))(
    'with $what is refused in sentences',
    ({ says, i }) => {
      const { refusal, ...rest } = answers[i] as BuildAnswer;
      expect(rest).toEqual({});
      for (const sentence of says) expect(refusal).toContain(sentence);
      expect(refusal).not.toMatch(/\n\s+at |s3cr3t/);
    },
  );

  it('names every problem at once', () => {
    const config = join(folder, 'many.ts');
    writeFileSync(
      config,
      configText({ name: '', timeZone: '', provider: '', policies: 'policies: { unsavedHours: 0 },' }),
    );
    const lines = buildAll([{ config, out }])[0]?.refusal?.split('\n') ?? [];
    expect(lines[0]).toMatch(/many\.ts is not usable:$/);
    expect(lines.slice(1).map((line) => line.trim().split(':')[0])).toEqual([
      'name',
      'timeZone',
      'solutions[0].provider',
      'policies.unsavedHours',
    ]);
  });

  it('leaves no folder behind', () => {
    expect(existsSync(out)).toBe(false);
  });
});

describe('a second configuration in another folder', () => {
  const own = join(folder, 'acme');
  const out = join(own, 'build', 'add-on');
  const code = () => readFileSync(join(out, 'Code.js'), 'utf8');
  const ownDist = readFileSync(join(ROOT, 'dist/Code.js'), 'utf8');
  let answer: BuildAnswer = {};

  beforeAll(() => {
    mkdirSync(own, { recursive: true });
    writeFileSync(
      join(own, 'phones.ts'),
      `import { restProvider } from 'lockstep';
       const NOTE = \`first line
second line\`;
       export const phones = restProvider({
         baseUrl: 'https://api.phones.example:8443/calls/v2',
         auth: { kind: 'header', name: 'X-Key', scriptProperty: 'PHONES_KEY' },
         keeps: ['time'],
         create: { method: 'POST', path: '/calls', body: () => ({ note: NOTE }), conference: () => undefined },
       });`,
    );
    writeFileSync(
      join(own, 'add-on.ts'),
      `import { defineAddOn, exampleMeet } from 'lockstep';
       import { phones } from './phones';
       const logoUrl = 'https://lh3.googleusercontent.com/acme';
       export default defineAddOn({
         name: 'Acme conferences', logoUrl, timeZone: 'America/New_York',
         solutions: [
           { id: 'acme-video', name: 'Acme Video', logoUrl, provider: 'video' },
           { id: 'acme-call-2', name: 'Acme Call', logoUrl, provider: 'phones' },
         ],
         providers: {
           video: exampleMeet({ baseUrl: 'https://video.acme.example', auth: { kind: 'bearer', scriptProperty: 'T' } }),
           phones,
           spare: exampleMeet({ baseUrl: 'https://spare.acme.example', auth: { kind: 'none' } }),
         },
       });`,
    );
    [answer = {}] = buildAll([{ config: join(own, 'add-on.ts'), out }]);
  });

  it('becomes two files in the folder that was asked for', () => {
    expect(answer.refusal ?? answer.fault).toBeUndefined();
    expect(readdirSync(out).sort()).toEqual(['Code.js', 'appsscript.json']);
  });

  it('gets one create function for each solution', () => {
    expect(answer.functions).toEqual([
      'authCallback',
      'createAcmeCall2',
      'createAcmeVideo',
      'endKept',
      'enterPassword',
      'repairNow',
      'showEvent',
      'showHome',
      'showSettings',
      'signOut',
      'sweepHourly',
      'syncEvents',
    ]);
    const context = createContext({});
    new Script(code()).runInContext(context);
    for (const name of answer.functions ?? []) {
      expect(new Script(`typeof ${name}`).runInContext(context)).toBe('function');
    }
  });

  it('is named in its manifest, with its solutions and the exact hosts of the providers they use', () => {
    const manifest = JSON.parse(readFileSync(join(out, 'appsscript.json'), 'utf8'));
    const logoUrl = 'https://lh3.googleusercontent.com/acme';
    expect(manifest.timeZone).toBe('America/New_York');
    expect(manifest.addOns.common).toMatchObject({ name: 'Acme conferences', logoUrl });
    expect(manifest.addOns.calendar.conferenceSolution).toEqual([
      { id: 'acme-video', name: 'Acme Video', logoUrl, onCreateFunction: 'createAcmeVideo' },
      { id: 'acme-call-2', name: 'Acme Call', logoUrl, onCreateFunction: 'createAcmeCall2' },
    ]);
    expect(manifest.urlFetchWhitelist).toEqual([
      'https://api.phones.example:8443/calls/v2/',
      'https://video.acme.example/',
    ]);
  });

  it('keeps a text that spans lines as it was written', () => {
    expect(code()).toContain('`first line\nsecond line`');
  });

  it('contains nothing of the configuration in src', () => {
    expect(code()).not.toContain('meet.example.com');
    expect(code()).not.toContain('Europe/Zurich');
  });

  it('leaves dist as it was', () => {
    expect(readFileSync(join(ROOT, 'dist/Code.js'), 'utf8')).toBe(ownDist);
  });
});

describe('npm run build', () => {
  it('takes --config and --out relative to the folder it is called in', () => {
    writeFileSync(join(folder, 'mine.ts'), configText());
    const ended = npmRunBuild(folder, '--config', 'mine.ts', '--out', 'mine');
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(ended.stdout).toMatch(
      /mine\/Code\.js \(\d+ bytes\) and .*mine\/appsscript\.json\. Functions: authCallback, createDailyRoom, /,
    );
    expect(readdirSync(join(folder, 'mine')).sort()).toEqual(['Code.js', 'appsscript.json']);
  });

  it('ends with 2 and sentences, without a stack, when the configuration is wrong', () => {
    writeFileSync(join(folder, 'not-mine.ts'), configText({ timeZone: '' }));
    const ended = npmRunBuild(folder, '--config', join(folder, 'not-mine.ts'), '--out', join(folder, 'not-mine'));
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    expect(ended.stderr).toMatch(/not-mine\.ts is not usable:\n {2}timeZone: \(missing\) is no IANA time zone/);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  });

  it('says what it takes', () => {
    const ended = npmRunBuild(folder, '--help');
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(ended.stdout).toMatch(/--config FILE.*\n.*--out DIR/);
  });

  it('ends with 2 and a sentence for an option it does not know', () => {
    const ended = npmRunBuild(folder, '--configuration', 'x');
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^Unknown option '--configuration'/);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  });

  it('ends with 2 and a sentence when the folder cannot be written', () => {
    const out = join(folder, 'mine.ts', 'build');
    const ended = npmRunBuild(folder, '--config', join(folder, 'mine.ts'), '--out', out);
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    expect(ended.stderr).toMatch(/build cannot be written: .* Choose another folder with --out\.\n$/);
    const nowhere = npmRunBuild(folder, '--config', join(folder, 'mine.ts'), '--out', '/proc/none/build');
    expect(nowhere).toMatchObject({ status: 2, stdout: '' });
    expect(nowhere.stderr).toMatch(/build cannot be written: .* Choose another folder with --out\.\n$/);
  });
});
