/**
 * Mutation testing: how many small changes of src/core and src/sync do test/core and test/sync notice?
 *
 *   npm run mutate                              both folders; takes long
 *   npm run mutate -- --mutate src/core/plan.ts one file
 *
 * The results, and what was thought of each survivor: docs/mutation.md.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default {
  mutate: ['src/core/*.ts', 'src/sync/*.ts'],
  testRunner: 'jest',
  coverageAnalysis: 'perTest',
  jest: {
    projectType: 'custom',
    enableFindRelatedTests: false,
    // Laid over jest.config.mjs, without the build it begins with: these tests run the sources.
    config: {
      globalSetup: null,
      testMatch: ['<rootDir>/test/mutation/examples.ts'],
    },
  },
  incremental: true,
  incrementalFile: '.build/mutation/incremental.json',
  reporters: ['clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
  jsonReporter: { fileName: '.build/mutation/report.json' },
  htmlReporter: { fileName: '.build/mutation/report.html' },
  concurrency: 1,
  timeoutMS: 10_000,
  thresholds: { high: 95, low: 85, break: 85 },
  // Outside the project: a second package.json below it confuses jest.
  tempDirName: join(tmpdir(), 'lockstep-mutation'),
  ignorePatterns: ['dist', '.build', '.lockstep', 'sandbox', 'bench', 'docs', 'examples'],
  disableTypeChecks: false,
};
