import { browser } from '@wxt-dev/browser';

/** Global, so that a second run of the page script in the same document finds it. */
declare global {
  var dialsidePage: AbortController | undefined;
}

/**
 * Events at which an orphan stops: a new run after an update shows its first button, a key is pressed, the page becomes visible.
 */
const CHANCES = ['toggle', 'keydown', 'visibilitychange'];

interface RunDeps {
  page?: Pick<EventTarget, 'addEventListener'>;
  /** Whether the extension was updated or removed, so that this script still receives page events but can no longer reach it. */
  isOrphan?: () => boolean;
}

/**
 * Starts the page script in this document and stops an earlier run. It restarts on `again` and when the page returns from the
 * back/forward cache: answers that were pending are lost, and the settings it started with may have changed.
 */
export function runInPage(start: (stopping: AbortController, again: () => void) => void, deps: RunDeps = {}): void {
  const { page = window, isOrphan = () => browser.runtime?.id === undefined } = deps;
  // A frame may also hold an image or data document, such as SVG or XML.
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
