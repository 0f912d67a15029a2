import { options } from 'preact';

/**
 * Lets effects wait until the drawing is on screen. Preact's own wait gives up after 35 ms, which the first drawing takes on a slow
 * computer: everything that is asked of the background would then come before the first row. A hidden document draws no frames.
 */
export function runEffectsAfterPaint(document: Document = globalThis.document): void {
  options.requestAnimationFrame = (run) => {
    const { port1, port2 } = new MessageChannel();
    const ended = new AbortController();
    const next = () => {
      ended.abort();
      port2.postMessage(null);
    };
    port1.onmessage = () => {
      port1.close();
      run();
    };
    if (document.visibilityState === 'hidden') next();
    else {
      document.addEventListener('visibilitychange', next, { signal: ended.signal });
      requestAnimationFrame(next);
    }
  };
}
