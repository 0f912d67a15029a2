import { useEffect, useState } from 'preact/hooks';

/** The current time, updated every `everyMs`. */
export function useNow(everyMs: number): number {
  const [time, setTime] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setTime(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return time;
}
