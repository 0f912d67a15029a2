import { copyEvent } from './copy-event.ts';
import { KEPT } from './kept-events.ts';
import type { Overlay } from './overlay.ts';

/** Those of the kept events that elements of ours listen to. */
const kinds = {
  pointerdown: 'PointerEvent',
  mousedown: 'MouseEvent',
  click: 'PointerEvent',
  keydown: 'KeyboardEvent',
  input: 'InputEvent',
} as const;

const handed = new WeakSet<Event>();

/** Whether a person caused an event: the browser says so, or it was handed on here for one of which the browser says so. */
export function isGenuine(event: Event): boolean {
  return event.isTrusted || handed.has(event);
}

/**
 * Hides presses and keys on our elements also from listeners that hear them on their way down: a dialog of the page would swallow
 * them or close, a shortcut hear what is typed. They stop at the window, and our element gets a copy, which never leaves our
 * root. Where it is not certain which element of ours is meant, the event goes its own way.
 */
export function keepPressesApart(
  window: Window & typeof globalThis,
  overlay: Pick<Overlay, 'host' | 'root'>,
  signal: AbortSignal,
): void {
  /** Where the press or key began that a click may follow. */
  let began: Element | undefined;

  function targetOf(event: Event, root: ShadowRoot): Element | undefined {
    const isClick = event.type === 'click';
    const isPointed = event instanceof window.MouseEvent && (!isClick || event.detail > 0);
    const target = isPointed ? pointedAt(event, root) : (root.activeElement ?? undefined);
    if (isClick) return target === began ? target : undefined;
    if (event.type !== 'input') began = target;
    return target;
  }
  function handOn(event: Event, target: Element, kind: keyof typeof kinds): void {
    const copy = copyEvent(event, window[kinds[kind]] as new (type: string, init: EventInit) => Event, { composed: false });
    handed.add(copy);
    // Last of all listeners: what the copy causes by default is caused by the event itself already.
    const onEnd = () => {
      if (copy.defaultPrevented) event.preventDefault();
      copy.preventDefault();
    };
    target.getRootNode().addEventListener(kind, onEnd, { once: true });
    target.dispatchEvent(copy);
  }

  for (const type of KEPT)
    window.addEventListener(
      type,
      (event) => {
        const { host, root } = overlay;
        // The page saw Alt being pressed for our shortcut, so it has to see the release as well.
        if (!event.isTrusted || (event as KeyboardEvent).key === 'Alt') return;
        if (!host || !root || !event.composedPath().includes(host)) {
          began = undefined;
          return;
        }
        const isHeard = type in kinds;
        const target = isHeard && targetOf(event, root);
        if (isHeard && !target) return;
        event.stopImmediatePropagation();
        if (target) handOn(event, target, type as keyof typeof kinds);
      },
      { capture: true, passive: type.startsWith('touch'), signal },
    );
}

/** The element of ours that a pointer is on, if the browser had it there when the event began, and nothing has moved since. */
function pointedAt({ clientX, clientY }: MouseEvent, root: ShadowRoot): Element | undefined {
  const hovered = [...root.querySelectorAll(':hover')].at(-1);
  return hovered === root.elementFromPoint(clientX, clientY) ? hovered : undefined;
}
