/**
 * Elements in document order, grouped by shadow root, with those that have left the page at the end. In a single walk: to compare
 * two among ten thousand siblings the browser counts all the siblings in between.
 */
export function documentOrder(elements: Iterable<Element>): Element[] {
  const left = new Set(elements);
  const ordered: Element[] = [];
  for (const root of new Set([...left].map((element) => element.getRootNode() as Document | ShadowRoot)))
    for (const element of root.querySelectorAll('*')) {
      if (left.delete(element)) ordered.push(element);
      if (left.size === 0) return ordered;
    }
  return [...ordered, ...left];
}
