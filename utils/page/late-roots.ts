const PAUSES_MS = [200, 400, 800, 1_600, 3_200, 6_400];

/**
 * Attaching a shadow root is no mutation anybody is told of. Elements that wait for their definition when the page was read are
 * looked at again a few times, each from when it was met: some wait for ever. All others had their root when they were read.
 */
export function watchLateRoots(onRoot: (element: Element) => void) {
  const timers = new Set<ReturnType<typeof setTimeout>>();
  /** Met and still looked at again. */
  const waiting = new Set<Element>();
  /** Those of them that were met since the last reading. */
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
    /** The page was read. */
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
