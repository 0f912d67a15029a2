import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: '.output/e2e',
  // Each spec starts browsers, a relay and a sandbox of its own, which is as much as two cores can run at a time.
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 10_000 },
  // A loaded machine may miss a deadline once. The report names a test that needed its second run as flaky.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
});
