/** A configuration outside this repository: what it may import, and what is said of its types. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, npmRunBuild } from './builds';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const logoUrl = 'https://lh3.googleusercontent.com/rooms';

/** @param at what is sent as the time, made of `start`, `end` and `answer`. */
function built(at: string, imports = '', name = 'add-on.ts') {
  const typed = name.endsWith('.ts');
  writeFileSync(
    join(folder, name),
    `import { defineAddOn, restProvider${imports} } from 'lockstep';
${typed ? "import type { HttpAnswer, Meeting } from 'lockstep';" : ''}
const body = ({ start, end, description, recurrence }${typed ? ': Meeting' : ''}) => ({ at: ${at} });
const meaning = (answer${typed ? ': HttpAnswer' : ''}) => undefined;
export default defineAddOn({
  name: 'Rooms', logoUrl: '${logoUrl}', timeZone: 'Europe/Zurich',
  solutions: [{ id: 'rooms', name: 'Rooms', logoUrl: '${logoUrl}', provider: 'rooms' }],
  providers: {
    rooms: restProvider({
      baseUrl: 'https://api.rooms.example/v1', auth: { kind: 'none' }, keeps: ['time'], meaning,
      create: { method: 'POST', path: '/rooms', body, conference: () => undefined },
    }),
  },
});`,
  );
  return npmRunBuild(folder, '--config', name, '--out', 'out');
}

describe('a configuration outside the repository', () => {
  it('may import whatever a provider needs to speak of times, texts and answers', () => {
    const at = `[momentMs(start), instantMs(start), exactLocalTime(start), wallTime(start), lastDay(end),
      cut(plainText(description), 99), onlyRule({ recurrence }), lastOccurrenceDay(ruleOf(''), '2026-03-02', 7),
      jsonOf({ status: 200, headers: {}, text: '' }), isSuccess({ status: 200, headers: {}, text: '' })]`;
    const imports = at
      .match(/\b[a-z]\w+(?=\()/g)
      ?.map((name) => `, ${name}`)
      .join('');
    expect(imports).toContain('exactLocalTime');
    expect(built(at, imports)).toMatchObject({ status: 0, stderr: '' });
  }, 30_000);

  it('is refused for a wrong type, with file and line, and nothing is written', () => {
    const { status, stdout, stderr } = built('start.ms');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /add-on\.ts has wrong types:\n {2}.*add-on\.ts:3: Property 'ms' does not exist on type 'Moment'/,
    );
  }, 30_000);

  it('knows nothing that Apps Script does not have', () => {
    expect(built('process.env.AT').stderr).toMatch(/add-on\.ts:3: Cannot find name 'process'/);
  }, 30_000);

  it('is told that its types were not looked at where it is JavaScript', () => {
    const { status, stdout } = built('start.ms', '', 'add-on.mjs');
    expect(status).toBe(0);
    expect(stdout).toContain('is no TypeScript: its types were not looked at.\n');
  }, 30_000);
});
