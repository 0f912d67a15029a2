import type { Deps } from '../deps.ts';
import { repeat } from '../repeat.ts';
import { StoreError } from '../store/store-error.ts';
import { createRecordingCache } from './recording-cache.ts';

const everyMs = 3_600_000;

/** Limits the kept recordings to their space and to calls still in the history, hourly until the signal. */
export async function startRecordingUpkeep(deps: Deps, signal: AbortSignal): Promise<void> {
  const cache = createRecordingCache(deps);
  if (!cache) return;
  await repeat(
    everyMs,
    signal,
    () => cache.tidy((callIds) => findRecorded(deps, callIds)),
    (error) => {
      if (!(error instanceof StoreError) && !(error as NodeJS.ErrnoException).syscall) throw error;
      deps.log.warn({ err: error }, 'kept recordings could not be tidied');
    },
  );
}

/** Which of the calls are in the history and have a recording. */
export async function findRecorded({ store }: Pick<Deps, 'store'>, callIds: string[]): Promise<Set<string>> {
  const rows = await store
    .selectFrom('history')
    .select('id')
    .where('id', 'in', callIds)
    .where('recording', 'is not', null)
    .execute();
  return new Set(rows.map(({ id }) => id));
}
