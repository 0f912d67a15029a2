const PAUSES_MS = [200, 400, 800, 1_600, 3_200, 6_400];

/**
 * Attaching a shadow root is no mutation anybody is told of. Elements that wait for their definition when the page was read are
 * looked at again a few times; all others had their root when they were read.
 */
export function watchLateRoots(onRoot: (element: Element) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;
  let waiting: Element[] = [];
  /** Met since the last look. */
  const met = new Set<Element>();

  function again(): void {
    timer = undefined;
    for (const element of waiting) if (element.shadowRoot) onRoot(element);
    waiting = waiting.filter((element) => !element.shadowRoot && element.isConnected);
    plan();
  }
  function plan(): void {
    const pause = PAUSES_MS[turn++];
    if (waiting.length > 0 && pause !== undefined) timer = setTimeout(again, pause);
    else waiting = [];
  }

  return {
    /** A custom element without a root was met on the page. */
    meet(element: Element): void {
      if (element.matches(':not(:defined)')) met.add(element);
    },
    look(): void {
      if (timer) return;
      waiting = [...met];
      met.clear();
      turn = 0;
      plan();
    },
    stop(): void {
      clearTimeout(timer);
      waiting = [];
      met.clear();
    },
  };
}
