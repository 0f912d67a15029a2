/** The parent in the tree that is painted: slots and shadow hosts included. */
export function paintedParent(element: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot;
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return root.nodeType === 11 ? (root as ShadowRoot).host : null;
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
  for (let root = top?.shadowRoot; root; root = top?.shadowRoot) {
    const inner = topmostIn(root, x, y, host);
    if (!inner || inner === top) break;
    top = inner;
  }
  return top;
}

function topmostIn(root: DocumentOrShadowRoot, x: number, y: number, host: Element | undefined): Element | null {
  const top = root.elementFromPoint(x, y);
  return top && top === host ? (root.elementsFromPoint(x, y).find((element) => element !== host) ?? null) : top;
}

/** What takes a press at a point, among an element and what stands in the same tree. */
export function topAt(element: Element, x: number, y: number): Element | null {
  return (element.getRootNode() as Document | ShadowRoot).elementFromPoint(x, y);
}

/** What lies over an element's point: nothing, when the element or something it is part of is topmost there. */
export function coverAt(anchor: Element, x: number, y: number, host: Element | undefined): Element | undefined {
  const top = topmostAt(anchor.ownerDocument, x, y, host);
  if (!top || isWithin(top, anchor) || isWithin(anchor, top)) return undefined;
  // What lets clicks through is never topmost, and still seen.
  return styleOf(anchor).pointerEvents === 'none' ? undefined : top;
}

/** The scrollers and other elements that cut off what an element shows outside of them, for elements with the same parent once. */
export function createClips() {
  const known = new Map<Element, Element[]>();

  function clipsAround(element: Element): Element[] {
    const clips: Element[] = [];
    // An absolutely placed element is not cut by ancestors inside the box that it is placed in (css-overflow-3 §2).
    let escapes = false;
    for (let at: Element | null = element; at && at !== at.ownerDocument.documentElement; at = paintedParent(at)) {
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

function styleOf(element: Element): CSSStyleDeclaration {
  return (element.ownerDocument.defaultView as Window).getComputedStyle(element);
}
