import type { Deps } from '../deps.ts';
import { isDue } from '../is-due.ts';
import { backfillDays, dayMs, readProgress, writeProgress } from './mirror-status.ts';

const everyMs = 7 * dayMs;

/**
 * Starts the backfill again a week after the last one started, to find calls that AntBuddy reported later than sweeps reach back.
 * False when it is not due yet or a backfill is running.
 */
export async function backfillAgain({ store, now }: Pick<Deps, 'store' | 'now'>): Promise<boolean> {
  const progress = await readProgress(store);
  const at = now();
  if (progress.backfilledDays < backfillDays || !isDue(at, progress.backfillFrom ?? at, everyMs)) return false;
  await writeProgress(store, { ...progress, backfillFrom: at, backfilledDays: 0, isAgain: true });
  return true;
}
