import { alphaOf } from './color.ts';
import { type Box, overlaps } from './geometry.ts';
import { callOn } from './property-of.ts';
import { isWithin, paintedParent } from './sight.ts';

const inTopLayer = ':popover-open, :modal, :fullscreen';

/** The nearest element in the top layer: this one or an ancestor, across shadow roots. */
export function topLayerAround(element: Element): Element | undefined {
  return nearest(element, inTopLayer);
}

/** Outside of these nothing can be pressed while they are shown, or a press closes them. Only Chromium takes fullscreen for modal. */
const exclusive = 'dialog:modal, :fullscreen, :popover-open:not([popover=manual i])';

export function isExclusive(element: Element): boolean {
  return callOn(element, 'matches', exclusive);
}

export function exclusiveAround(element: Element): Element | undefined {
  return nearest(element, exclusive);
}

function nearest(element: Element, selector: string): Element | undefined {
  for (let at: Element | null = element; at; at = paintedParent(at)) if (callOn(at, 'matches', selector)) return at;
  return undefined;
}

/**
 * Whether something in the top layer may be painted over a box of ours unnoticed. The order in the top layer cannot be queried. A
 * hit test finds elements above that take the pointer; this finds those that let it through, and backdrops.
 */
export function isOnTopLayerAbove(document: Document, host: Element, box: Box): boolean {
  const view = document.defaultView as Window;
  for (const element of document.querySelectorAll(inTopLayer)) {
    if (element === host || isWithin(host, element)) continue;
    const letsThrough = view.getComputedStyle(element).pointerEvents === 'none';
    if (hasBackdrop(element) || (letsThrough && overlaps(callOn(element, 'getBoundingClientRect'), box))) return true;
  }
  return false;
}

/** Whether an element in the top layer darkens or hides all that lies below it. */
export function hasBackdrop(element: Element): boolean {
  // The backdrop of a fullscreen element is black, but hidden by the element, which fills the viewport.
  if (callOn(element, 'matches', ':fullscreen')) return false;
  const view = element.ownerDocument.defaultView as Window;
  const { backgroundColor, backgroundImage } = view.getComputedStyle(element, '::backdrop');
  return alphaOf(backgroundColor) > 0.3 || backgroundImage !== 'none';
}
