import type { HistoryCall } from '../../relay/contract.ts';

/** AntBuddy's recordings appear some minutes after the call; one that is still missing after half an hour will not come. */
const lateMs = 30 * 60_000;

/** Whether the recording of a call that ended at `endedAt` may still come. @param now on the relay's clock */
export function mayStillCome(endedAt: number, now: number): boolean {
  return now - endedAt < lateMs;
}

/**
 * Whether a call without a recording should get one soon, in a company that records. Calls between colleagues are not recorded.
 */
export function isAwaited(
  { direction, disposition, hasRecording, startedAt, durationSeconds }: HistoryCall,
  now: number,
): boolean {
  if (hasRecording || disposition !== 'answered' || direction === 'internal') return false;
  return mayStillCome(startedAt + durationSeconds * 1000, now);
}
