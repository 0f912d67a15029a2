import type { CallButton } from './button.ts';
import { documentOrder } from './document-order.ts';
import type { Mark, Stretch } from './mark.ts';
import type { Overlay } from './overlay.ts';
import { propertyOf } from './property-of.ts';

interface KeyboardDeps {
  window: Window;
  overlay: Pick<Overlay, 'host' | 'focused'>;
  allMarks: () => Iterable<Mark>;
  /** Brings a mark into view and gives its button, or nothing when it cannot be shown. */
  reveal: (mark: Mark) => CallButton | undefined;
  /** Escape: closes what is open; true when something was. */
  close: () => boolean;
  signal: AbortSignal;
}

/**
 * Alt + . and Alt + , walk the numbers of the page, Enter calls, Escape goes back to where the person was. Returns the key
 * handler, for a key that was pressed before this script was loaded.
 */
export function listenToKeyboard(deps: KeyboardDeps): (event: KeyboardEvent) => void {
  const { window, overlay, allMarks, reveal, close, signal } = deps;
  let current: { mark: Mark; button: CallButton } | undefined;
  let cameFrom: EventTarget | null | undefined;

  function walk(step: 1 | -1): boolean {
    const inOrder = sorted([...allMarks()]);
    let index = current ? inOrder.indexOf(current.mark) : -1;
    if (index < 0) index = step > 0 ? -1 : inOrder.length;
    for (let tries = 0; tries < inOrder.length; tries++) {
      index = (index + step + inOrder.length) % inOrder.length;
      const mark = inOrder[index] as Mark;
      const button = reveal(mark);
      if (!button) continue;
      current = { mark, button };
      button.element.focus({ preventScroll: true });
      return true;
    }
    return false;
  }
  function leave(): void {
    overlay.focused?.blur();
    (cameFrom as HTMLElement | undefined)?.focus({ preventScroll: true });
    current = undefined;
  }
  /** Whether the key types a character other than . or , into an editable element, as Option may on a Mac; Alt never does. */
  function writes(event: KeyboardEvent): boolean {
    if (!window.navigator.platform.startsWith('Mac')) return false;
    const target = (overlay.focused ?? event.composedPath()[0] ?? event.target) as HTMLElement;
    return event.key !== '.' && event.key !== ',' && (target.isContentEditable || target.matches('input,textarea'));
  }

  function onKey(event: KeyboardEvent): void {
    if (!event.isTrusted || event.isComposing) return;
    const isAlt = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (isAlt && (event.code === 'Period' || event.code === 'Comma')) {
      if (!writes(event) && walk(event.code === 'Period' ? 1 : -1)) take(event);
    } else if (event.key === 'Escape') {
      const closed = close();
      // A button that was scrolled out of view took the focus with it.
      if (overlay.focused || (cameFrom && current && !current.button.element.isConnected)) leave();
      else if (!closed) return;
      take(event);
    }
  }
  window.addEventListener('keydown', onKey, { capture: true, signal });
  window.addEventListener(
    'focusin',
    (event) => {
      // The focus went elsewhere in the page: the next walk starts from the first or last number.
      if (!event.composedPath().includes(overlay.host as Element)) current = cameFrom = undefined;
    },
    { capture: true, signal },
  );
  window.addEventListener(
    'focusout',
    (event) => {
      // Not `relatedTarget` of the focus that comes to us, which is only the host of the shadow root where the person was.
      if (overlay.host && event.relatedTarget === overlay.host) cameFrom = event.composedPath()[0];
    },
    { capture: true, signal },
  );
  window.addEventListener(
    'click',
    (event) => {
      // A click elsewhere in the page is where the person wants to be: Escape no longer leads back.
      if (event.isTrusted && !overlay.focused && !event.composedPath().includes(overlay.host as Element)) cameFrom = undefined;
    },
    { capture: true, passive: true, signal },
  );
  return onKey;
}

function take(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Marks as they follow each other on the page, those in a shadow root where its host stands. */
function sorted(marks: Mark[]): Mark[] {
  const paths = new Map(marks.map((mark) => [mark, pathOf(mark)]));
  const elements = [...paths.values()].flat().filter((element) => element !== null);
  const places = new Map(documentOrder(elements).map((element, at) => [element, at]));
  const placeOf = (element: Element | null | undefined): number => {
    if (element === null) return -1;
    // The path ends at a host: what follows it follows all that is in its root.
    return element ? (places.get(element) ?? 0) : elements.length;
  };
  return marks.sort((one, other) => {
    const [ours, theirs] = [paths.get(one) ?? [], paths.get(other) ?? []];
    const depth = Array.from(ours.length > theirs.length ? ours : theirs, (_, at) => at);
    const apart = depth.map((at) => placeOf(ours[at]) - placeOf(theirs[at])).find((difference) => difference !== 0);
    return apart ?? compareTexts(one.stretch, other.stretch);
  });
}

/** The element after whose tag a mark begins, null for the beginning of a shadow root; before it the hosts, from the outermost. */
function pathOf({ anchor, stretch }: Mark): (Element | null)[] {
  const path = [stretch ? elementBefore(stretch.startContainer) : anchor];
  let { host } = rootOf(stretch?.startContainer ?? anchor);
  for (; host; { host } = rootOf(host)) path.unshift(host);
  return path;
}

function rootOf(node: Node): Partial<ShadowRoot> {
  return node.getRootNode() as ShadowRoot;
}

function elementBefore(text: Text): Element | null {
  let before = text.previousElementSibling;
  if (!before) return text.parentElement;
  for (let last: Element | null = before; last; last = propertyOf(last, 'lastElementChild')) before = last;
  return before;
}

function compareTexts(one: Stretch | undefined, other: Stretch | undefined): number {
  if (!one || !other) return 0;
  const [ours, theirs] = [one.startContainer, other.startContainer];
  if (ours === theirs) return one.startOffset - other.startOffset;
  return ours.compareDocumentPosition(theirs) & 4 ? -1 : 1;
}
