const PAUSES_MS = [200, 400, 800, 1_600, 3_200, 6_400];

/**
 * Attaching a shadow root causes no mutation record. Custom elements that were still undefined when the page was read are
 * therefore checked again a few times, counted from when each was met: some are never defined. All others had their root already.
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
      const rest = elements.filter((element) => element.isConnected && !element.shadowRoot);
      for (const element of elements) {
        if (element.shadowRoot) onRoot(element);
        if (element.shadowRoot || !element.isConnected) waiting.delete(element);
      }
      lookLater(rest, turn + 1);
    }, pause);
    timers.add(timer);
  }

  return {
    /** A custom element without a root was met on the page. */
    meet(element: Element): void {
      if (waiting.has(element) || !element.matches(':not(:defined)')) return;
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
