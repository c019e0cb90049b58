/** @type {import('jest').Config} */
export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/transform.js' },
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/support/globalSetup.ts',
  globalTeardown: '<rootDir>/test/support/globalTeardown.ts',
  modulePathIgnorePatterns: ['<rootDir>/.runtime/', '<rootDir>/.data/'],
  maxWorkers: 2,
  // A worker keeps some of every file it has run; it is begun anew before that fills the machine
  workerIdleMemoryLimit: '1500MB',
  reporters: ['default', '<rootDir>/test/support/closingLine.js'],
  testTimeout: 300_000,
};
