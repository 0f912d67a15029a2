/** The reaction time within which a person may still press where another button was before this one moved. */
const noticedMs = 500;
/** A button that moved by less is still under the pointer: rows shift slightly when they are measured after rendering. */
const slackPx = 8;

interface Place {
  onScreen: number;
  inPage: number;
  movedAt: number;
}

/**
 * Watches the positions of the buttons in a box. A click on a button that moved there a moment ago was meant for another one: it
 * is stopped before the button receives it, and `onPress` is told for each click whether it was stopped. Scrolling does not
 * count as moving. Keys press the focused button wherever it is; a key that is held down presses once. Returns the undo.
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
        // A new button may appear where another one was, unless it was scrolled into view.
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
    // The first click of a double click has already acted or been stopped.
    const isStopped = place !== undefined && (event.detail > 1 || now() - place.movedAt < noticedMs);
    if (isStopped) event.stopPropagation();
    if (event.detail === 1) onPress(isStopped);
  };
  // Browsers press a button, and submit a form, at each repeat of a held key.
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
