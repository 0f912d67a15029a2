import { useEffect } from 'preact/hooks';

const readMs = 6000;

/** Closes a line that reports success, after it could be read. */
export function useCloseOnce(isDone: boolean, onClose: () => void): void {
  useEffect(() => {
    if (!isDone) return;
    const timer = setTimeout(onClose, readMs);
    return () => clearTimeout(timer);
  }, [isDone, onClose]);
}
