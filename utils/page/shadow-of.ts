import { propertyOf } from './property-of.ts';

/** Elements that may have a shadow root besides custom elements (DOM §4.9, attach a shadow root). */
const hosts = new Set(
  ['article', 'aside', 'blockquote', 'body', 'div', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'main', 'nav'].concat(
    ['p', 'section', 'span'],
  ),
);

interface Opener {
  openOrClosedShadowRoot(element: Element): ShadowRoot | null;
}

/** An element's shadow root, even a closed one: both browsers give content scripts access to those. */
export function shadowOf(element: Element): ShadowRoot | null {
  const shadowRoot = propertyOf(element, 'shadowRoot');
  const localName = propertyOf(element, 'localName');
  if (shadowRoot || !(hosts.has(localName) || localName.includes('-'))) return shadowRoot;
  const { openOrClosedShadowRoot } = element as Element & { openOrClosedShadowRoot?: ShadowRoot | null };
  if (openOrClosedShadowRoot !== undefined) return openOrClosedShadowRoot;
  const { chrome } = globalThis as { chrome?: { dom?: Opener } };
  return (element instanceof HTMLElement && chrome?.dom?.openOrClosedShadowRoot(element)) || null;
}
