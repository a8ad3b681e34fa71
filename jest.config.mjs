/** Tests read as a specification; see test/README.md for how they are ordered. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  globalSetup: '<rootDir>/test/build-once.mjs',
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/test/tsconfig.json' }] },
  cacheDirectory: '<rootDir>/.build/jest',
};
