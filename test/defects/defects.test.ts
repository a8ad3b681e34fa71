/** Every defect of the catalog, put back into our own sources: the check that it names turns red. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAddOn } from '../../sandbox/script/host';
import { runDay } from '../../sandbox/simulation/run';
import { SUBJECTS } from '../scenarios/all';
import { Stage } from '../scenarios/stage';
import { CATALOG } from './catalog';
import type { Check, Defect } from './defect';
import { failuresOf } from './suite';

const OUT = join(__dirname, '../../.build/defects');
const SOUND = join(__dirname, '../../dist');
const SCENARIOS = new Map(SUBJECTS.flatMap(([, scenarios]) => scenarios).map((scenario) => [scenario.name, scenario]));
const DEFECTS = CATALOG.flatMap(([, defects]) => defects);

function buildAll(): void {
  const jobs = DEFECTS.map(({ id, edits, caughtBy }) => ({ id, edits, ...(isTest(caughtBy) && caughtBy) }));
  const input = JSON.stringify(jobs);
  const built = spawnSync(process.execPath, [join(__dirname, 'build-defective.mjs'), OUT], { input, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stderr);
}

function isTest(check: Check): check is { test: string } {
  return typeof check === 'object' && 'test' in check;
}

/** What the check says is wrong; undefined when it does not notice. */
async function complaintOf({ id, caughtBy }: Defect): Promise<string | undefined> {
  if (typeof caughtBy === 'string') return complaintOfPlay(caughtBy, join(OUT, id));
  if ('simulation' in caughtBy) return brokenPromise(caughtBy.simulation, join(OUT, id));
  return (await failuresOf(readFileSync(join(OUT, id, 'test.cjs'), 'utf8'), require))[0];
}

function complaintOfPlay(name: string, folder: string): string | undefined {
  const scenario = SCENARIOS.get(name);
  if (scenario === undefined) throw new Error(`No scenario is called "${name}".`);
  try {
    scenario.play(new Stage(loadAddOn(folder), scenario.options));
    return undefined;
  } catch (complaint) {
    return String(complaint);
  }
}

/** A day counts only if it breaks no promise without the defect. */
function brokenPromise(days: number, folder: string): string | undefined {
  const options = { hours: 24, switches: 'random' } as const;
  for (let seed = 0; seed < days; seed++) {
    const broken = runDay(String(seed), loadAddOn(folder), options).violations[0];
    if (broken !== undefined && runDay(String(seed), loadAddOn(SOUND), options).violations.length === 0) {
      return `seed ${seed}: ${broken}`;
    }
  }
  return undefined;
}

function nameOf(check: Check): string {
  if (typeof check === 'string') return `the scenario "${check}"`;
  return 'test' in check ? check.test : `${check.simulation} days of the simulation`;
}

beforeAll(buildAll, 300_000);

describe.each(CATALOG)('%s, put back into our sources', (_, defects) => {
  it.each(defects.map((defect) => [defect.id, defect.what, nameOf(defect.caughtBy), defect] as const))(
    '%s: %s, is caught by %s',
    async (id, _what, _check, defect) => {
      const reason = join(OUT, id, 'error.txt');
      if (existsSync(reason)) throw new Error(`${id} does not build: ${readFileSync(reason, 'utf8')}`);
      expect(await complaintOf(defect)).toBeDefined();
    },
    60_000,
  );
});
