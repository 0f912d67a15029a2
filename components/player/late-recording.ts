import type { HistoryCall } from '../../relay/contract.ts';

/** AntBuddy's recordings come some minutes after the call; a recording that lacks half an hour later will not come. */
const lateMs = 30 * 60_000;

/** Whether the recording of a call that ended then may still come. @param now on the relay's clock */
export function mayStillCome(endedAt: number, now: number): boolean {
  return now - endedAt < lateMs;
}

/** Whether a call without a recording should have one soon, in a company that records. Calls among colleagues are not recorded. */
export function isAwaited(
  { direction, disposition, hasRecording, startedAt, durationSeconds }: HistoryCall,
  now: number,
): boolean {
  if (hasRecording || disposition !== 'answered' || direction === 'internal') return false;
  return mayStillCome(startedAt + durationSeconds * 1000, now);
}
