import type { CallButton } from './button.ts';
import { documentOrder } from './document-order.ts';
import type { Mark } from './mark.ts';

export interface KeyboardDeps {
  window: Window;
  allMarks: () => Iterable<Mark>;
  /** Brings a mark into view and gives its button, or nothing when it cannot be shown. */
  reveal: (mark: Mark) => CallButton | undefined;
  /** Escape: closes what is open; true when something was. */
  close: () => boolean;
  signal: AbortSignal;
}

/**
 * Alt + . and Alt + , walk the numbers of the page, Enter calls, Escape goes back to where the person was. Gives what it does with
 * a key, for one that was pressed before.
 */
export function listenToKeyboard({ window, allMarks, reveal, close, signal }: KeyboardDeps): (event: KeyboardEvent) => void {
  const { document } = window;
  let current: { mark: Mark; button: CallButton } | undefined;
  let cameFrom: Element | null = null;

  function walk(step: 1 | -1): boolean {
    const inOrder = sorted([...allMarks()]);
    let index = current ? inOrder.indexOf(current.mark) : -1;
    if (index < 0) index = step > 0 ? -1 : inOrder.length;
    if (!current) cameFrom = document.activeElement;
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
    current?.button.element.blur();
    if (current) (cameFrom as HTMLElement | null)?.focus?.({ preventScroll: true });
    current = undefined;
  }

  function onKey(event: KeyboardEvent): void {
    if (!event.isTrusted || event.isComposing) return;
    if (event.altKey && !event.ctrlKey && !event.metaKey && (event.code === 'Period' || event.code === 'Comma')) {
      if (walk(event.code === 'Period' ? 1 : -1)) take(event);
    } else if (event.key === 'Escape') {
      const closed = close();
      if (current) leave();
      else if (!closed) return;
      take(event);
    }
  }
  window.addEventListener('keydown', onKey, { capture: true, signal });
  window.addEventListener(
    'focusin',
    (event) => {
      // Focus went elsewhere in the page: the walk starts anew from there.
      if (current && !(event.target as Element).contains(current.button.element.getRootNode() as Node)) {
        if ((current.button.element.getRootNode() as ShadowRoot).host !== event.target) current = undefined;
      }
    },
    { capture: true, signal },
  );
  return onKey;
}

function take(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function sorted(marks: Mark[]): Mark[] {
  const places = new Map(documentOrder(marks.map(({ anchor }) => anchor)).map((anchor, at) => [anchor, at]));
  const placeOf = ({ anchor }: Mark) => places.get(anchor) ?? 0;
  const startOf = ({ stretch }: Mark) => stretch?.startOffset ?? 0;
  return marks.sort((one, other) => placeOf(one) - placeOf(other) || startOf(one) - startOf(other));
}
