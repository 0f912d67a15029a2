import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

// A short run of the fault check; `npm run faults -- --full` clicks two hundred times.
test('clicks whose worker is ended under them come to one call each, and to the truth', () => {
  const script = join(import.meta.dirname, '../faults/worker-kill.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, '5', 'chromium', '--built'], { encoding: 'utf8' });
  expect(status, stdout + stderr).toBe(0);
});
