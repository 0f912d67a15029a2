import { boxedAround, paintedParent } from './sight.ts';

/**
 * Whether a person could bring an element into view. Scripts also scroll what hides its overflow, such as the frame of a closed
 * drawer, which nobody could scroll back.
 */
export function isWithinReach(element: Element): boolean {
  const window = element.ownerDocument.defaultView as Window;
  let at: Element | null = boxedAround(element);
  if (!at.checkVisibility({ visibilityProperty: true })) return false;
  let inner = at.getBoundingClientRect();
  // An absolutely positioned element is not clipped by ancestors inside its containing block (css-overflow-3 §2).
  let escapes = false;
  for (; at; at = paintedParent(at)) {
    const { overflowX, overflowY, position, transform } = window.getComputedStyle(at);
    if (!escapes || position !== 'static' || transform !== 'none') {
      escapes = false;
      const box = at.getBoundingClientRect();
      const isAside = inner.right <= box.left || inner.left >= box.right;
      const isAway = inner.bottom <= box.top || inner.top >= box.bottom;
      if ((isAside && overflowX === 'hidden') || (isAway && overflowY === 'hidden')) return false;
      if (/auto|scroll/.test(overflowX + overflowY)) inner = box;
    }
    if (position === 'fixed') return true;
    if (position === 'absolute') escapes = true;
  }
  return true;
}
