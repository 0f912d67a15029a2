import { useEffect } from 'preact/hooks';

/** Calls `refresh` whenever the person comes back to this view, and every `everyMs` while it is visible. */
export function useShown(refresh: () => void, everyMs: number): void {
  useEffect(() => {
    const ended = new AbortController();
    const run = () => {
      if (document.visibilityState === 'visible') refresh();
    };
    document.addEventListener('visibilitychange', run, { signal: ended.signal });
    window.addEventListener('focus', run, { signal: ended.signal });
    const timer = setInterval(run, everyMs);
    return () => {
      ended.abort();
      clearInterval(timer);
    };
  }, [refresh, everyMs]);
}
