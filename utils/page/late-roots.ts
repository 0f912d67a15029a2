const PAUSES_MS = [200, 400, 800, 1_600, 3_200, 6_400];

/**
 * Attaching a shadow root causes no mutation record. Elements that may get one later are therefore checked again a few times,
 * counted from when each was met: most never do.
 */
export function watchLateRoots(onRoot: (element: Element) => void) {
  const timers = new Set<ReturnType<typeof setTimeout>>();
  /** Elements that are still being checked. */
  const waiting = new Set<Element>();
  /** Those of them that were met since the last `look`. */
  let met: Element[] = [];

  function lookLater(elements: Element[], turn = 0): void {
    const pause = PAUSES_MS[turn];
    if (elements.length === 0 || pause === undefined) {
      for (const element of elements) waiting.delete(element);
      return;
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      const rest = elements.filter((element) => {
        if (element.isConnected && !element.shadowRoot) return true;
        waiting.delete(element);
        if (element.shadowRoot) onRoot(element);
        return false;
      });
      lookLater(rest, turn + 1);
    }, pause);
    timers.add(timer);
  }

  return {
    /** An element that may get a root was met on the page. */
    meet(element: Element): void {
      if (waiting.has(element)) return;
      waiting.add(element);
      met.push(element);
    },
    /** To be called when the page was read: starts the checks. */
    look(): void {
      lookLater(met);
      met = [];
    },
    stop(): void {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      waiting.clear();
      met = [];
    },
  };
}
