import type { TextKey } from '../../utils/i18n/en.ts';
import type { Failure } from '../../utils/reply.ts';
import { failureText } from '../view/failure-text.ts';
import { useRelayNow } from '../view/use-relay-now.ts';
import { useView } from '../view/view.ts';
import { mayStillCome } from './late-recording.ts';

interface PlayerFailureProps {
  failure: Failure;
  endedAt: number;
  onRetry(): void;
}

/** Says why nothing plays; offers a retry only where one can help. */
export function PlayerFailure({ failure, endedAt, onRetry }: PlayerFailureProps) {
  const { t } = useView();
  const mayCome = mayStillCome(endedAt, useRelayNow(60_000));
  const own: Record<string, TextKey> = {
    recording_unplayable: 'recording_unplayable',
    recording_missing: mayCome ? 'recording_not_yet' : 'recording_removed',
  };
  const key = own[failure.code];
  return (
    <div class="player-failure" role="alert" data-testid="player-failure">
      <p>{key ? t(key) : failureText(t, failure)}</p>
      {(failure.code !== 'recording_missing' || mayCome) && (
        <button type="button" class="button" onClick={onRetry}>
          {t('retry')}
        </button>
      )}
    </div>
  );
}
