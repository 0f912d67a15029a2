import { copyEvent } from './copy-event.ts';
import { callOn } from './property-of.ts';

/**
 * While the pointer is over our elements, the page does not learn that it left: else a hover card of it would close, and the
 * number vanish. When the pointer leaves us, the page gets the events of a direct move from the old place, in browser order
 * (w3.org/TR/uievents, mouse event order). Elements in shadow roots of the page still get their own leave events.
 */
export function keepPointerApart(window: Window & typeof globalThis, host: () => Element | undefined, signal: AbortSignal): void {
  for (const [kind, Kind] of [
    ['pointer', window.PointerEvent],
    ['mouse', window.MouseEvent],
  ] as const) {
    /** The elements that the pointer was in when it came to us, innermost first. */
    let held: EventTarget[] = [];
    /** Those of them that the pointer is still in after it left us. */
    let kept: EventTarget[] = [];

    const listen = (name: string, on: (event: PointerEvent, own: Element, path: EventTarget[]) => void) =>
      window.addEventListener(
        kind + name,
        (event) => {
          const own = host();
          if (own && event.isTrusted) on(event as PointerEvent, own, event.composedPath());
        },
        { capture: true, signal },
      );
    function goOn(event: PointerEvent, own: Element, path: EventTarget[]): void {
      const there = held.filter((node) => node instanceof window.Element && node.isConnected) as Element[];
      const [from] = there;
      held = [];
      kept = there.filter((element) => path.includes(element));
      const to = path[0] ?? null;
      if (!from || from === to) return;
      const left = there.filter((element) => !kept.includes(element) && !callOn(element, 'contains', own));
      tell(event, 'out', from, to);
      for (const element of left) if (callOn(element, 'getRootNode') === window.document) tell(event, 'leave', element, to);
      if (to) tell(event, 'over', to, from);
    }
    function tell(event: PointerEvent, name: string, target: EventTarget, relatedTarget: EventTarget | null): void {
      const bubbles = name !== 'leave';
      const changes = { type: kind + name, relatedTarget, bubbles, cancelable: bubbles, composed: bubbles };
      target.dispatchEvent(copyEvent<MouseEvent>(event, Kind, changes));
    }

    listen('out', (event, own, path) => {
      const isOurs = path.includes(own);
      kept = [];
      if (!isOurs && event.relatedTarget !== own) return;
      event.stopImmediatePropagation();
      if (!isOurs) held = path;
      // The pointer left the window.
      else if (!event.relatedTarget) goOn(event, own, []);
    });
    listen('leave', (event, own) => {
      if (event.relatedTarget === own) event.stopImmediatePropagation();
    });
    listen('over', (event, own, path) => {
      const isOurs = path.includes(own);
      if (!isOurs && held.length === 0) return;
      event.stopImmediatePropagation();
      if (!isOurs) goOn(event, own, path);
    });
    listen('enter', (event, _, [target]) => {
      if (target && kept.includes(target)) event.stopImmediatePropagation();
    });
  }
}
