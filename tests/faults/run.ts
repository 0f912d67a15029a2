/**
 * Runs the fault checks one after the other and sums them up: `node tests/faults/run.ts [kills]`. Each runs in a process of
 * its own, and its output is shown as it comes; the exit code is 1 when one failed.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findPostgres } from '../../relay/testing/start-postgres.ts';

const kills = process.argv[2] ?? '5';
const onPostgres = findPostgres() !== null;

interface Check {
  name: string;
  script: string;
  args: string[];
  skip?: boolean;
}
const checks: Check[] = [
  { name: `relay killed ${kills} times, SQLite`, script: 'relay-kill.ts', args: [kills, 'sqlite'] },
  { name: `relay killed ${kills} times, PostgreSQL`, script: 'relay-kill.ts', args: [kills, 'postgres'], skip: !onPostgres },
  { name: 'a naive relay is caught', script: 'relay-kill.ts', args: [kills, 'naive'] },
  { name: 'two relays, one killed', script: 'two-relays.ts', args: [], skip: !onPostgres },
];

const table: Record<string, { result: string; seconds: number }> = {};
for (const { name, script, args, skip } of checks) {
  if (skip) {
    table[name] = { result: 'skipped: no PostgreSQL here', seconds: 0 };
    continue;
  }
  console.log(`\n${name}`);
  const began = performance.now();
  const code = await run(script, args);
  table[name] = { result: code === 0 ? 'passed' : 'FAILED', seconds: Math.round((performance.now() - began) / 1000) };
  if (code !== 0) process.exitCode = 1;
}
console.log();
console.table(table);

function run(script: string, args: string[]): Promise<number | null> {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...args], { stdio: 'inherit' });
  return new Promise((resolve) => child.once('exit', resolve));
}
