/** What the eye and the hand need until a button that moved is no longer pressed where another one was. */
const noticedMs = 500;
/** A button that moved by less is still the one under the pointer: rows are measured once they are drawn. */
const slackPx = 8;

interface Place {
  onScreen: number;
  inPage: number;
  movedAt: number;
}

/**
 * Watches where the buttons in a box stand. A press that lands on one which came there just now was meant for another: it is
 * stopped before the button knows of it, and `onPress` told of each press whether that happened. Scrolling moves nothing, and keys
 * press what has the focus, wherever it stands; one that is held down, once. Returns the undo.
 */
export function watchPlaces(
  box: HTMLElement,
  buttons: string,
  onPress: (isStopped: boolean) => void,
  now: () => number = () => performance.now(),
): () => void {
  let places = new Map<Element, Place>();
  let scrolled = 0;

  function look() {
    const isFirst = places.size === 0;
    const isScrolled = window.scrollY !== scrolled;
    scrolled = window.scrollY;
    places = new Map(
      [...box.querySelectorAll(buttons)].map((button) => {
        const onScreen = Math.round(button.getBoundingClientRect().top);
        const place = { onScreen, inPage: Math.round(onScreen + scrolled) };
        const before = places.get(button);
        // One that was not there can stand where another was, unless scrolling brought it.
        const hasMoved = before
          ? isApart(before.onScreen, place.onScreen) && isApart(before.inPage, place.inPage)
          : !isFirst && !isScrolled;
        return [button, { ...place, movedAt: hasMoved ? now() : (before?.movedAt ?? Number.NEGATIVE_INFINITY) }];
      }),
    );
  }
  const observer = new MutationObserver(look);
  observer.observe(box, { subtree: true, childList: true, characterData: true, attributeFilter: ['style', 'class'] });
  look();

  const ended = new AbortController();
  const onClick = (event: MouseEvent) => {
    if (event.detail === 0) return;
    look();
    const place = event.target instanceof Element ? places.get(event.target.closest(buttons) ?? box) : undefined;
    // The first press of a double click did, or was told, all there is.
    const isStopped = place !== undefined && (event.detail > 1 || now() - place.movedAt < noticedMs);
    if (isStopped) event.stopPropagation();
    if (event.detail === 1) onPress(isStopped);
  };
  // A browser presses a button, and sends a form, at each repeat of the key.
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.repeat && !(event.target instanceof HTMLTextAreaElement)) event.preventDefault();
  };
  box.addEventListener('click', onClick, { capture: true, signal: ended.signal });
  box.addEventListener('keydown', onKey, { capture: true, signal: ended.signal });
  return () => {
    observer.disconnect();
    ended.abort();
  };
}

function isApart(one: number, other: number): boolean {
  return Math.abs(one - other) > slackPx;
}
