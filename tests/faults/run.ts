/**
 * Runs the fault checks one after the other and prints a summary: `npm run faults [name] [-- --full]`. With a name, only checks
 * whose number and name contain it run; with `--full`, each runs its full count. Each runs in its own process, and its output is
 * passed on; the exit code is 1 when a check failed.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findPostgres } from '../../relay/testing/start-postgres.ts';
import { buildExtension } from '../../scripts/build-extension.ts';
import { type Check, checks } from './checks.ts';

const given = process.argv.slice(2);
const isFull = given.includes('--full');
const [name = ''] = given.filter((word) => !word.startsWith('--'));
const chosen = checks.filter((check) => `${check.number} ${check.name}`.toLowerCase().includes(name.toLowerCase()));
if (chosen.length === 0) {
  console.error(
    `No check is called “${name}”. There are:\n${checks.map((check) => `  ${check.number} ${check.name}`).join('\n')}`,
  );
  process.exit(1);
}

const onPostgres = findPostgres() !== null;
const table: Record<string, object> = {};
for (const check of chosen) {
  const title = `${check.number} ${check.name}`;
  const times = isFull ? check.full : check.small;
  if (check.needsPostgres && !onPostgres) {
    table[title] = { result: 'skipped: no PostgreSQL here' };
    continue;
  }
  console.log(`\n${title}`);
  const began = performance.now();
  const code = await run(check, times);
  const seconds = Math.round((performance.now() - began) / 1000);
  const by = check.script ?? (check.tests ?? check.specs)?.join(' ');
  table[title] = { result: code === 0 ? 'passed' : 'FAILED', times, seconds, by };
  if (code !== 0) process.exitCode = 1;
}
console.log();
console.table(table);

function run(check: Check, times: number): Promise<number | null> {
  const { specs, variable } = check;
  if (specs) for (const target of ['chrome', 'firefox'] as const) buildExtension(target);
  const command = commandOf(check, times);
  const env = { ...process.env, ...(variable && { [variable]: String(times) }) };
  const child = spawn(process.execPath, command, { stdio: 'inherit', env, cwd: join(import.meta.dirname, '../..') });
  return new Promise((resolve) => child.once('exit', resolve));
}

function commandOf({ script, tests, specs, only, args = [] }: Check, times: number): string[] {
  if (script) return [join(import.meta.dirname, script), String(times), ...args];
  const modules = join(import.meta.dirname, '../../node_modules');
  return specs
    ? [join(modules, '@playwright/test/cli.js'), 'test', '--retries=0', ...specs, ...(only ? ['-g', only] : [])]
    : [join(modules, 'vitest/vitest.mjs'), 'run', '--retry=0', '--reporter=dot', ...(tests ?? []), ...(only ? ['-t', only] : [])];
}
