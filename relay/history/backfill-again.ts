import type { Deps } from '../deps.ts';
import { backfillDays, dayMs, readProgress, writeProgress } from './mirror-status.ts';

const everyMs = 7 * dayMs;

/**
 * Begins the backfill anew a week after the last one began, for the calls that AntBuddy told of later than sweeps reach back.
 * False while it is not time, or one goes on.
 */
export async function backfillAgain({ store, now }: Pick<Deps, 'store' | 'now'>): Promise<boolean> {
  const progress = await readProgress(store);
  const elapsed = now() - (progress.backfillFrom ?? now());
  // Below zero: the clock was set back.
  if (progress.backfilledDays < backfillDays || (elapsed >= 0 && elapsed < everyMs)) return false;
  await writeProgress(store, { ...progress, backfillFrom: now(), backfilledDays: 0, isAgain: true });
  return true;
}
