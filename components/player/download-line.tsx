import { useEffect, useMemo } from 'preact/hooks';
import { saveFile } from '../export/save-file.ts';
import { failureText } from '../view/failure-text.ts';
import { useCloseOnce } from '../view/use-close-once.ts';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import { createDownload } from './download.ts';

interface DownloadLineProps {
  recordingId: string;
  /** The address that the recording plays from. */
  url: string;
  /** File name without its extension. */
  name: string;
  onClose(): void;
}

/** Saves a recording as soon as it is mounted and shows the progress; closes by itself once the file is saved. */
export function DownloadLine({ recordingId, url, name, onClose }: DownloadLineProps) {
  const { send, t } = useView();
  const download = useMemo(
    () =>
      createDownload(send, {
        recordingId,
        url,
        save: ({ content, ending }) => saveFile(`${name}.${ending}`, content, content.type),
      }),
    [send, recordingId],
  );
  const { phase, share, failure } = useStore(download.store);
  useEffect(() => {
    void download.run();
    return download.cancel;
  }, [download]);
  useCloseOnce(phase === 'saved', onClose);

  return (
    <div class={`download-line download-${phase}`} data-testid="download-line">
      <p role={phase === 'failed' ? 'alert' : 'status'}>
        {failure ? failureText(t, failure) : phase === 'saved' ? t('download_saved', { name }) : t('download_reading')}
      </p>
      {phase === 'reading' && <progress aria-label={t('download_progress')} max={1} value={share ?? undefined} />}
      {phase === 'failed' && failure?.code !== 'download_not_allowed' && (
        <button type="button" class="button button-quiet" onClick={() => void download.run()}>
          {t('retry')}
        </button>
      )}
      <button type="button" class="button button-quiet" onClick={onClose} data-testid="download-close">
        {t(phase === 'reading' ? 'cancel' : 'close')}
      </button>
    </div>
  );
}
