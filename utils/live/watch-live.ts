import { browser } from '@wxt-dev/browser';
import { type LiveState, liveItem } from '../storage.ts';

/** Name of the port that a view keeps open while it is visible. */
export const livePort = 'live';
/**
 * Message over that port: the view has the focus. A view without the focus sends `beatWord`, since the agent may be elsewhere.
 */
export const focusWord = 'focus';
const beatWord = 'beat';
/** Browsers end a worker after 30 s without an event; this keeps it alive. */
const beatMs = 20_000;
const againMs = 1_000;

/**
 * Reports the agent's live calls to a view: the state now and after every change. While the document is visible it keeps a port
 * open, which keeps the background listening; when hidden or closed, nothing runs for it. Returns the undo.
 */
export function watchLive(show: (state: LiveState) => void, document: Document = globalThis.document): () => void {
  let port: ReturnType<typeof browser.runtime.connect> | undefined;
  let beat: ReturnType<typeof setInterval> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;

  const tell = () => port?.postMessage(document.hasFocus() ? focusWord : beatWord);

  function connect() {
    if (port || document.visibilityState !== 'visible' || browser.runtime?.id === undefined) return;
    port = browser.runtime.connect({ name: livePort });
    // The worker was killed: reconnecting wakes it, and it listens again.
    port.onDisconnect.addListener(() => {
      port = undefined;
      clearInterval(beat);
      again = setTimeout(connect, againMs);
    });
    beat = setInterval(tell, beatMs);
    tell();
  }
  function leave() {
    clearInterval(beat);
    clearTimeout(again);
    port?.disconnect();
    port = undefined;
  }
  const onVisibility = () => (document.visibilityState === 'visible' ? connect() : leave());

  const unwatch = liveItem.watch(show);
  void liveItem.getValue().then(show);
  const ending = new AbortController();
  document.addEventListener('visibilitychange', onVisibility, { signal: ending.signal });
  for (const change of ['focus', 'blur']) document.defaultView?.addEventListener(change, tell, { signal: ending.signal });
  connect();
  return () => {
    unwatch();
    ending.abort();
    leave();
  };
}
