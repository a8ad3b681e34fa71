/** Tests read as a specification; docs/architecture.md says which folder holds what. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  globalSetup: '<rootDir>/test/build-once.mjs',
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/test/tsconfig.json' }] },
  cacheDirectory: '<rootDir>/.build/jest',
  // Jest leaves one core alone by itself, and of two that is half of the machine.
  maxWorkers: '100%',
};
