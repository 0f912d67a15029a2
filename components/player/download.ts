import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure } from '../../utils/reply.ts';
import type { Send } from '../view/view.ts';
import { fetchRecording, type RecordingFile } from './fetch-recording.ts';

interface DownloadState {
  phase: 'reading' | 'saved' | 'failed';
  /** Fraction read, 0 to 1; null until known. */
  share: number | null;
  failure: Failure | null;
}

interface Download {
  store: StoreApi<DownloadState>;
  run(): Promise<void>;
  cancel(): void;
}

interface DownloadOptions {
  recordingId: string;
  /** The address that the recording plays from. */
  url: string;
  save(file: RecordingFile): void;
  read?: typeof fetchRecording;
}

/**
 * Fetches a recording to save it. Its address may have expired since the player opened: the first refusal is answered by
 * requesting a fresh one.
 */
export function createDownload(send: Send, { recordingId, url, save, read = fetchRecording }: DownloadOptions): Download {
  const store = createStore<DownloadState>(() => ({ phase: 'reading', share: null, failure: null }));
  let running = new AbortController();
  const failed = (failure: Failure) => store.setState({ phase: 'failed', failure });

  async function run() {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    store.setState({ phase: 'reading', share: null, failure: null });
    const onProgress = (bytes: number, size: number | null) => {
      if (size && !signal.aborted) store.setState({ share: bytes / size });
    };
    let file = await read(url, signal, onProgress);
    if (!file.ok && file.error.code === 'ticket_invalid' && !signal.aborted) {
      const fresh = await send('openRecording', recordingId);
      if (signal.aborted) return;
      if (!fresh.ok) return failed(fresh.error);
      file = await read(fresh.value.url, signal, onProgress);
    }
    if (signal.aborted) return;
    if (file.ok) {
      save(file.value);
      return store.setState({ phase: 'saved' });
    }
    failed(file.error);
    // The policy changed since the player opened: refreshing the session updates whether the button is shown.
    if (file.error.code === 'download_not_allowed') await send('refreshSession');
  }

  return { store, run, cancel: () => running.abort() };
}
