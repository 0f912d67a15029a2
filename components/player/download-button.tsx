import { IconButton } from '../ui/icon-button.tsx';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import type { Playback } from './playback.ts';

interface DownloadButtonProps {
  playback: Playback;
  isSaving: boolean;
  /** @param url the address that the recording plays from */
  onSave(url: string): void;
}

export function DownloadButton({ playback, isSaving, onSave }: DownloadButtonProps) {
  const { t } = useView();
  const { url, phase } = useStore(playback.store);
  return (
    <IconButton
      icon="download"
      label={t('player_download')}
      disabled={url === null || phase === 'missing'}
      expanded={isSaving}
      onClick={() => url !== null && !isSaving && onSave(url)}
      testId="player-download"
    />
  );
}
