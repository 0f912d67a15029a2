import { alphaOf } from './color.ts';
import { contains } from './geometry.ts';
import { callOn, propertyOf } from './property-of.ts';
import { shadowOf } from './shadow-of.ts';

/** The parent in the tree that is painted: slots and shadow hosts included. */
export function paintedParent(element: Element): Element | null {
  const around = propertyOf(element, 'assignedSlot') ?? propertyOf(element, 'parentElement');
  if (around) return around;
  const root = propertyOf(element, 'parentNode');
  return root?.nodeType === 11 ? (root as ShadowRoot).host : null;
}

/** Whether an element has no box of its own, but what is in it may. */
export function hasContents(element: Element): boolean {
  return styleOf(element).display === 'contents';
}

/** The element itself, or without a box of its own the nearest ancestor that has one. */
export function boxedAround(element: Element): Element {
  const parent = hasContents(element) && paintedParent(element);
  return parent ? boxedAround(parent) : element;
}

export function isWithin(element: Element, ancestor: Element): boolean {
  for (let at: Element | null = element; at; at = paintedParent(at)) if (at === ancestor) return true;
  return false;
}

/**
 * What is painted topmost at a point, looked up through open shadow roots and past our own host. On a long page the browser
 * takes up to a millisecond for it, so it is asked only once things have settled.
 */
export function topmostAt(document: Document, x: number, y: number, host: Element | undefined): Element | null {
  let top = topmostIn(document, x, y, host);
  for (let root = openRoot(top); root; root = openRoot(top)) {
    const inner = topmostIn(root, x, y, host);
    if (!inner || inner === top) break;
    top = inner;
  }
  return top;
}

function openRoot(element: Element | null): ShadowRoot | null {
  return element && propertyOf(element, 'shadowRoot');
}

function topmostIn(root: DocumentOrShadowRoot, x: number, y: number, host: Element | undefined): Element | null {
  const top = root.elementFromPoint(x, y);
  return top && top === host ? (root.elementsFromPoint(x, y).find((element) => element !== host) ?? null) : top;
}

/** The element that takes a press at a point, in the document or shadow root that `element` is in. */
export function topAt(element: Element, x: number, y: number): Element | null {
  return (callOn(element, 'getRootNode') as Document | ShadowRoot).elementFromPoint(x, y);
}

/** What covers the anchor at a point; undefined when its own ancestor or descendant is the first that shows anything there. */
export function coverAt(anchor: Element, x: number, y: number, host: Element | undefined): Element | undefined {
  const document = anchor.ownerDocument;
  const isPart = (element: Element) => isWithin(element, anchor) || isWithin(anchor, element);
  const top = topmostAt(document, x, y, host);
  // With `pointer-events: none` the anchor is visible but never topmost; inherited from `body`, that says nothing about it.
  if (!top || isPart(top) || (letsThrough(anchor) && !letsThrough(document.body))) return undefined;
  if (shows(top, x, y)) return top;
  // Hit tests of the document return no elements inside shadow roots: there the topmost one's ancestors are tested.
  for (let at = paintedParent(top); at && !isPart(at); at = paintedParent(at))
    if (callOn(at, 'getRootNode') !== document && paints(at, x, y)) return at;
  const found = document.elementsFromPoint(x, y).find((element) => element !== host && (isPart(element) || shows(element, x, y)));
  return found && !isPart(found) ? found : undefined;
}

const letsThrough = (element: Element) => styleOf(element).pointerEvents === 'none';

/** Whether an element shows something other than text at a point; links that are stretched over whole cards do not. */
function shows(element: Element, x: number, y: number): boolean {
  return shadowOf(element) !== null || paints(element, x, y);
}

/** The same, regardless of its shadow root. */
function paints(element: Element, x: number, y: number): boolean {
  if (callOn(element, 'matches', 'img, svg, canvas, video, iframe, :modal')) return true;
  const isHere = contains(callOn(element, 'getBoundingClientRect'), x, y);
  // Pseudo-elements may be placed anywhere.
  return ['', '::before', '::after'].some((part) => {
    const { backgroundColor, backgroundImage } = styleOf(element, part);
    return (part !== '' || isHere) && (alphaOf(backgroundColor) > 0 || backgroundImage !== 'none');
  });
}

/** The scrollers and other ancestors that clip an element; determined once for each anchor. */
export function createClips() {
  const known = new Map<Element, Element[]>();

  function clipsAround(element: Element): Element[] {
    const clips: Element[] = [];
    const { body, documentElement } = element.ownerDocument;
    // The `overflow` of a body applies to the viewport, unless the root sets its own (css-overflow-3 §3.3).
    const end = styleOf(documentElement).overflow === 'visible' ? body : documentElement;
    // An absolutely positioned element is not clipped by ancestors inside its containing block (css-overflow-3 §2).
    let escapes = false;
    for (let at: Element | null = element; at && at !== end; at = paintedParent(at)) {
      const { overflowX, overflowY, clipPath, position, transform } = styleOf(at);
      const holds = !escapes || position !== 'static' || transform !== 'none';
      if (holds) escapes = false;
      if (holds && (overflowX !== 'visible' || overflowY !== 'visible' || clipPath !== 'none')) clips.push(at);
      if (position === 'fixed') break;
      if (position === 'absolute') escapes = true;
    }
    return clips;
  }
  return {
    of(anchor: Element): Element[] {
      const clips = known.get(anchor) ?? clipsAround(anchor);
      known.set(anchor, clips);
      return clips;
    },
    forget: () => known.clear(),
  };
}

function styleOf(element: Element, part?: string): CSSStyleDeclaration {
  return (element.ownerDocument.defaultView as Window).getComputedStyle(element, part);
}
