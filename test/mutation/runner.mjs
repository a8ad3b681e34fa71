/**
 * Runs test/core and test/sync for Stryker: all of them bundled into one script, which is evaluated anew for each changed
 * source, in this process. A start of jest would cost ten times as much as most of the runs.
 *
 * Knows of jest what these tests use: describe, it, each of both, expect. The quickest tests
 * run first, none after the first that fails; of the generated cases there are fewer. A file that cannot even be loaded is a test that fails.
 *
 * Stryker: https://stryker-mutator.io/docs/stryker-js/guides/create-a-plugin
 */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  determineHitLimitReached,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { build } from 'esbuild';
import { expect } from 'expect';

const PLANNER_CASES = '2000';
const HISTORY_RUNS = '8';

class InProcessRunner {
  /** Stryker's side of the changed sources: which change is on, and what was reached. */
  #stryker = {};
  /** Milliseconds of each test, once all have run. */
  #taken = new Map();

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    globalThis.__stryker__ = this.#stryker;
    Object.assign(process.env, { PLANNER_CASES, HISTORY_RUNS });
    // The copy of the project that Stryker has put its changes into; it is entered only now.
    const folder = process.cwd();
    this.require = createRequire(join(folder, 'package.json'));
    const { outputFiles } = await build({
      stdin: { contents: loadAll(folder), resolveDir: folder },
      bundle: true,
      write: false,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      logLevel: 'error',
    });
    const text = `(function (require, describe, it, expect, afterAll) {${outputFiles[0].text}\n})`;
    this.load = new Script(text, { filename: 'tests-of-core-and-sync.js' }).runInThisContext();
  }

  async dryRun() {
    const stryker = this.#stryker;
    stryker.mutantCoverage = { static: {}, perTest: {} };
    const result = this.#run({ isAsked: () => true, stopsAtOnce: false });
    this.#taken = new Map(result.tests.map(({ id, timeSpentMs }) => [id, timeSpentMs]));
    return { ...result, mutantCoverage: stryker.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, disableBail }) {
    const asked = testFilter && new Set(testFilter);
    Object.assign(this.#stryker, { activeMutant: activeMutant.id, hitLimit, hitCount: hitLimit ? 0 : undefined });
    const result = this.#run({ isAsked: (name) => asked?.has(name) ?? true, stopsAtOnce: !disableBail });
    const endless = determineHitLimitReached(this.#stryker.hitCount, hitLimit);
    Object.assign(this.#stryker, { activeMutant: undefined, hitLimit: undefined, hitCount: undefined });
    return toMutantRunResult(endless ?? result);
  }

  #run({ isAsked, stopsAtOnce }) {
    const results = [];
    const taken = ({ name }) => this.#taken.get(name) ?? 0;
    const tests = this.#register().filter(({ name }) => isAsked(name));
    for (const { name, body } of tests.sort((a, b) => taken(a) - taken(b))) {
      this.#stryker.currentTestId = name;
      const startMs = Date.now();
      const failure = failureOf(body);
      const about = { id: name, name, timeSpentMs: Date.now() - startMs };
      if (failure === undefined) results.push({ ...about, status: TestStatus.Success });
      else results.push({ ...about, status: TestStatus.Failed, failureMessage: failure });
      if (failure !== undefined && stopsAtOnce) break;
    }
    this.#stryker.currentTestId = undefined;
    return { status: DryRunStatus.Complete, tests: results };
  }

  /** Evaluates sources and tests afresh; gives back the tests in their order. */
  #register() {
    const tests = [];
    const path = [];
    const names = new Map();
    const it = (name, body) => {
      const full = [...path, name].join(' > ');
      const same = (names.get(full) ?? 0) + 1;
      names.set(full, same);
      tests.push({ name: same === 1 ? full : `${full} (${same})`, body });
    };
    const describe = (name, body) => {
      path.push(name);
      const failure = failureOf(body);
      if (failure !== undefined) {
        it('can be loaded', () => {
          throw new Error(failure);
        });
      }
      path.pop();
    };
    for (const register of [it, describe]) {
      register.each = (rows) => (name, body) => {
        for (const row of rows) register(name, () => body(...(Array.isArray(row) ? row : [row])));
      };
    }
    this.load(this.require, describe, it, expect, () => undefined);
    return tests;
  }
}

function failureOf(body) {
  try {
    const given = body();
    if (typeof given?.then === 'function') throw new Error('A test that waits cannot be run here.');
    return undefined;
  } catch (thrown) {
    return String(thrown?.message ?? thrown);
  }
}

function loadAll(folder) {
  const files = ['core', 'sync'].flatMap((room) =>
    readdirSync(join(folder, 'test', room))
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => `${room}/${name}`),
  );
  return [
    "require('fast-check').configureGlobal({ endOnFailure: true });",
    ...files.map((file) => `describe('${file}', () => void require('./test/${file}'));`),
  ].join('\n');
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner)];
