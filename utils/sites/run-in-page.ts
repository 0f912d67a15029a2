import { browser } from '@wxt-dev/browser';

/** Kept where a second run of the page script in the same document finds it. */
declare global {
  var dialsidePage: AbortController | undefined;
}

/** What comes when a run after an update shows its first button, when a key is pressed, and when the page is looked at again. */
const CHANCES = ['toggle', 'keydown', 'visibilitychange'];

export interface RunDeps {
  page?: Pick<EventTarget, 'addEventListener'>;
  /** Whether the extension was updated or taken away under the script, which goes on hearing the page and reaches nobody any more. */
  isOrphan?: () => boolean;
}

/**
 * Starts what the page script does in this document and stops an earlier run of it. It is started anew by `again`, and when the page
 * comes back from the back/forward cache: answers it was waiting for are lost, and what it was told at its start may be another now.
 */
export function runInPage(start: (stopping: AbortController, again: () => void) => void, deps: RunDeps = {}): void {
  const { page = window, isOrphan = () => browser.runtime?.id === undefined } = deps;
  // Frames show drawings and data, too.
  if (!(document.documentElement instanceof HTMLElement)) return;
  globalThis.dialsidePage?.abort();
  const stopping = new AbortController();
  globalThis.dialsidePage = stopping;
  const listening = { capture: true, signal: stopping.signal };
  const stopOrphan = () => isOrphan() && stopping.abort();
  for (const chance of CHANCES) page.addEventListener(chance, stopOrphan, listening);
  const again = () => runInPage(start, deps);
  page.addEventListener('pageshow', (event) => (event as PageTransitionEvent).persisted && again(), listening);
  start(stopping, again);
}
