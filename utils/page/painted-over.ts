import { childrenOf } from './children-of.ts';
import { alphaOf } from './color.ts';
import { type Box, contains } from './geometry.ts';
import { callOn, propertyOf } from './property-of.ts';
import { shadowOf } from './shadow-of.ts';
import { isWithin, paintedParent } from './sight.ts';

/** A layer over a number up to this opacity leaves it readable, as watermarks do. */
const FAINT = 0.3;

const painting = 'img, svg, canvas, video, iframe, object, embed, picture';

/** Elements examined between two yields. */
const STRIDE = 32;

/**
 * Whether an element that lets the pointer through, and so escapes hit tests, is painted over a number. Examines every element
 * of the document, which takes long on a long page: hence a generator that can be paused.
 */
export function* searchCovers(anchor: Element, box: Box, host: Element | undefined): Generator<void, boolean> {
  const isCover = coverTest(anchor, box, host);
  const roots: ParentNode[] = [anchor.ownerDocument.body];
  let count = 0;
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) {
      if (++count % STRIDE === 0) yield;
      if (isCover(element)) return true;
      const shadow = element === host ? null : shadowOf(element);
      // The outer loop reaches it later.
      if (shadow) roots.push(shadow);
    }
  }
  return false;
}

/**
 * A quick version of `searchCovers`: tests `::before` and `::after` of the number and its ancestors, and the elements laid out at
 * the number's place. It misses elements positioned outside of a parent that lies elsewhere.
 */
export function isPaintedOver(anchor: Element, box: Box, host: Element | undefined): boolean {
  const [x, y] = middleOf(box);
  const { body, defaultView } = anchor.ownerDocument;
  for (let at: Element | null = anchor; at; at = paintedParent(at)) {
    for (const pseudo of ['::before', '::after']) {
      const style = (defaultView as Window).getComputedStyle(at, pseudo);
      if (style.content === 'none' || style.content === 'normal' || !/absolute|fixed/.test(style.position)) continue;
      if (isAbove(style) && coversAt(style, at, x, y) && paints(style)) return true;
    }
  }
  return someAt(body, { x, y, host, isCover: coverTest(anchor, box, host) });
}

interface Look {
  x: number;
  y: number;
  host: Element | undefined;
  isCover: (element: Element) => boolean;
}

function someAt(parent: ParentNode, look: Look): boolean {
  const { x, y, host, isCover } = look;
  const isBody = parent instanceof Element && parent.localName === 'tbody';
  for (const child of isBody ? rowAt(parent as HTMLTableSectionElement, y) : childrenOf(parent)) {
    if (child === host) continue;
    const isHere = contains(callOn(child, 'getBoundingClientRect'), x, y);
    if (isHere && isCover(child)) return true;
    const shadow = shadowOf(child);
    if (shadow && someAt(shadow, look)) return true;
    if ((isHere || overflows(child)) && someAt(child, look)) return true;
  }
  return false;
}

/** The table row at a height, by binary search where the rows stand below each other in order; else all rows. */
function rowAt({ rows }: HTMLTableSectionElement, y: number): Iterable<Element> {
  let [from, to] = [0, rows.length];
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if ((rows[middle] as Element).getBoundingClientRect().top <= y) from = middle;
    else to = middle;
  }
  const row = rows[from];
  const box = row?.getBoundingClientRect();
  return row && box && box.top <= y && box.bottom >= y ? [row] : rows;
}

/** Whether an element may show something outside of its own box; assumed of inline elements and those without a box. */
function overflows(element: Element): boolean {
  const of = <Name extends keyof Element>(name: Name) => propertyOf(element, name);
  const width = of('clientWidth');
  return (
    of('firstElementChild') !== null && (width === 0 || of('scrollWidth') > width || of('scrollHeight') > of('clientHeight'))
  );
}

function coverTest(anchor: Element, box: Box, host: Element | undefined): (element: Element) => boolean {
  const [x, y] = middleOf(box);
  const window = anchor.ownerDocument.defaultView as Window;
  return (element) => {
    if (element === host || !contains(callOn(element, 'getBoundingClientRect'), x, y)) return false;
    if (isWithin(anchor, element) || isWithin(element, anchor)) return false;
    const style = window.getComputedStyle(element);
    if (style.pointerEvents !== 'none' || style.visibility !== 'visible' || !isLayered(element, window)) return false;
    const shows = paints(style) || callOn(element, 'matches', painting) || hasOwnText(element);
    return shows && isAbove(style) && opacityAround(element, window) > FAINT;
  };
}

const middleOf = ({ left, top, right, bottom }: Box): [x: number, y: number] => [(left + right) / 2, (top + bottom) / 2];

/** Whether an element may be painted over other text: it or an ancestor is positioned or a layer, or it has text of its own. */
function isLayered(element: Element, window: Window): boolean {
  for (let at: Element | null = element; at && at.localName !== 'body'; at = paintedParent(at)) {
    const { position, transform, opacity } = window.getComputedStyle(at);
    if (position !== 'static' || transform !== 'none' || opacity !== '1') return true;
  }
  return callOn(element, 'getBoundingClientRect').height > 0 && hasOwnText(element);
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

/** The box of a pseudo-element cannot be asked for: computed from its offsets; without offsets in px it counts as covering. */
function coversAt({ left, top, right, bottom, width, height }: CSSStyleDeclaration, at: Element, x: number, y: number): boolean {
  const box = callOn(at, 'getBoundingClientRect');
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
  return [...propertyOf(element, 'childNodes')].some((node) => node.nodeType === 3 && (node as Text).data.trim() !== '');
}
