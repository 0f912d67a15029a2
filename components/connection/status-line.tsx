import { useHasPanel } from '../player/use-has-panel.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { failureText } from '../view/failure-text.ts';
import { useView } from '../view/view.ts';
import type { ConnectionSummary } from './connection-summary.ts';

interface StatusLineProps {
  summary: ConnectionSummary;
  onRetry(): void;
  /** Whether the help on keys is unfolded. */
  hasKeys: boolean;
  onKeys(): void;
}

export function StatusLine({ summary: { tone, text, action }, onRetry, hasKeys, onKeys }: StatusLineProps) {
  const { t, openOptions, panel } = useView();
  const hasPanel = useHasPanel();
  const words = 'key' in text ? t(text.key, text.values) : failureText(t, text.failure);
  return (
    <header class={`status status-${tone}`} data-testid="status-line" data-tone={tone}>
      <span class="status-dot" aria-hidden="true" />
      <p class="status-text" role="status" title={words}>
        {action === 'options' ? (
          <button type="button" class="link" onClick={openOptions} data-testid="status-mend">
            {words}
          </button>
        ) : (
          words
        )}
      </p>
      {action === 'retry' && (
        <button type="button" class="button button-quiet" onClick={onRetry}>
          {t('retry')}
        </button>
      )}
      {hasPanel && <IconButton icon="panel" label={t('open_panel')} onClick={() => void panel?.open()} testId="open-panel" />}
      <IconButton icon="keyboard" label={t('keys_heading')} expanded={hasKeys} onClick={onKeys} testId="keys-open-help" />
      <IconButton icon="settings" label={t('open_options')} onClick={openOptions} testId="open-options" />
    </header>
  );
}
