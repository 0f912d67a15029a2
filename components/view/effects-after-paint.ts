import { options } from 'preact';

/**
 * Delays effects until the render is on screen. Preact's own wait gives up after 35 ms, which the first render exceeds on a slow
 * computer: all requests to the background would then precede the first row. A hidden document renders no frames.
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
