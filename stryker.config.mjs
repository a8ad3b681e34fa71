/**
 * Mutation testing: how many small changes of src/core and src/sync do test/core and test/sync notice?
 *
 * Run by test/mutation/run.mjs. The results, and what was thought of the survivors: docs/mutation.md.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default {
  mutate: ['src/core/*.ts', 'src/sync/*.ts'],
  plugins: ['./test/mutation/runner.mjs'],
  testRunner: 'in-process',
  coverageAnalysis: 'perTest',
  reporters: ['clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
  jsonReporter: { fileName: '.build/mutation/report.json' },
  htmlReporter: { fileName: '.build/mutation/report.html' },
  concurrency: 1,
  // Generous: a busy machine must not count as a change that was noticed.
  timeoutMS: 60_000,
  // Outside the project: a second package.json below it confuses jest.
  tempDirName: join(tmpdir(), 'lockstep-mutation'),
  ignorePatterns: ['dist', '.build', '.lockstep', 'sandbox', 'bench', 'docs', 'examples'],
  disableTypeChecks: false,
};
