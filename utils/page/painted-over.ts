import { alphaOf } from './color.ts';
import { type Box, contains } from './geometry.ts';
import { isWithin, paintedParent } from './sight.ts';

/** Fainter than this a layer over a number leaves it readable: watermarks. */
const FAINT = 0.3;

const painting = 'img, svg, canvas, video, iframe, object, embed, picture';

/**
 * Whether something that lets the pointer through is painted over a number: hit tests do not see it. Looks at every element
 * of the document and at what is generated before and after those around the number.
 */
export function isPaintedOver(document: Document, anchor: Element, box: Box, host: Element | undefined): boolean {
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const window = document.defaultView as Window;
  for (let at: Element | null = anchor; at; at = paintedParent(at)) {
    for (const pseudo of ['::before', '::after']) {
      const style = window.getComputedStyle(at, pseudo);
      if (style.content === 'none' || style.content === 'normal' || !/absolute|fixed/.test(style.position)) continue;
      if (isAbove(style) && coversAt(style, at, x, y) && paints(style)) return true;
    }
  }
  for (const element of document.querySelectorAll('body *')) {
    if (element === host || !contains(element.getBoundingClientRect(), x, y)) continue;
    if (isWithin(anchor, element) || isWithin(element, anchor)) continue;
    const style = window.getComputedStyle(element);
    if (style.pointerEvents !== 'none' || style.visibility !== 'visible' || !isLayered(element, window)) continue;
    const shows = paints(style) || element.matches(painting) || hasOwnText(element);
    if (shows && isAbove(style) && opacityAround(element, window) > FAINT) return true;
  }
  return false;
}

/** Only what is positioned, or a layer for another reason, is painted over text that comes later or stands elsewhere. */
function isLayered(element: Element, window: Window): boolean {
  for (let at: Element | null = element; at && at.localName !== 'body'; at = paintedParent(at)) {
    const { position, transform, opacity } = window.getComputedStyle(at);
    if (position !== 'static' || transform !== 'none' || opacity !== '1') return true;
  }
  return element.getBoundingClientRect().height > 0 && hasOwnText(element);
}

function isAbove({ zIndex }: CSSStyleDeclaration): boolean {
  return !(Number(zIndex) < 0);
}

function paints({ backgroundColor, backgroundImage, content, opacity, backdropFilter }: CSSStyleDeclaration): boolean {
  if (Number(opacity) <= FAINT) return false;
  return (
    alphaOf(backgroundColor) > FAINT ||
    backgroundImage !== 'none' ||
    /url|^["'][^"']/.test(content) ||
    !/^(none)?$/.test(backdropFilter ?? '')
  );
}

/** A generated box has no rectangle of its own: told from its offsets in the element's box, wherever that can be. */
function coversAt({ left, top, right, bottom, width, height }: CSSStyleDeclaration, at: Element, x: number, y: number): boolean {
  const box = at.getBoundingClientRect();
  const px = (length: string) => Number.parseFloat(length);
  const fromLeft = box.left + px(left);
  const fromTop = box.top + px(top);
  if ([left, top, right, bottom, width, height].some((length) => Number.isNaN(px(length)))) return true;
  return contains({ left: fromLeft, top: fromTop, right: fromLeft + px(width), bottom: fromTop + px(height) }, x, y);
}

function opacityAround(element: Element, window: Window): number {
  let opacity = 1;
  for (let at: Element | null = element; at; at = paintedParent(at)) opacity *= Number(window.getComputedStyle(at).opacity);
  return opacity;
}

function hasOwnText(element: Element): boolean {
  return [...element.childNodes].some((node) => node.nodeType === 3 && (node as Text).data.trim() !== '');
}
