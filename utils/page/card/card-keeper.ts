import { type Box, contains, grown, seenOf } from '../geometry.ts';
import { listenToKeyboard } from '../keyboard.ts';
import { type Mark, writtenAs } from '../mark.ts';
import { createMovementWatch } from '../movement.ts';
import { callOn } from '../property-of.ts';
import { boxedAround } from '../sight.ts';
import { buttonBox } from '../spot.ts';
import { listenToTelLinks, watchLinkFocus } from '../tel-links.ts';
import { createCard } from './card.ts';
import type { CardKeeper, CardKeeperDeps, CardPort } from './card-port.ts';
import { contextOf } from './mark-context.ts';
import { around, markAt } from './number-boxes.ts';
import { createStudy } from './study.ts';
import { REST_MS, watchPointer } from './watch-pointer.ts';

/**
 * Opens the card of the number under the pointer or the focus, and closes it when both are elsewhere. Also handles the keys that
 * walk the numbers, and clicks on call links.
 */
export function createCardKeeper(deps: CardKeeperDeps, port: CardPort): CardKeeper {
  const { window, overlay, ruler, trust, translate, buttons, speakInstead, stateOf, onCall, onClosed, signal } = deps;
  const { marks, allMarks, reveal, dismiss, telLinks, ask, onMoved, onPointed } = deps;
  const place = () => deps.place();
  const { document } = window;
  const reasons = new Map<string, string>();
  const card = createCard({ document, port, translate, stateOf, reasons, onCall: press, onResize: place, close });
  const study = createStudy(window);
  const movement = createMovementWatch(window, onMoved);
  let opened: Mark | undefined;
  /** The number, its button and the card as they were last placed, so that the pointer can be followed without measuring. */
  let areas: Box[] = [];
  let focusTimer = 0;

  function open(mark: Mark, isWanted = false): void {
    if (opened === mark || !buttons.get(mark)?.spot || (!isWanted && speakInstead(mark))) return;
    close();
    opened = mark;
    card.show(contextOf(mark), writtenAs(mark));
    // Moved to the end, so that Tab reaches the card after its button.
    card.element.remove();
    overlay.show(card.element);
    trust.watch(card.callButton);
    place();
  }
  function close(): void {
    if (card.element.hidden) return;
    const beside = buttons.get(opened as Mark)?.element;
    if (card.element.contains(overlay.focused)) beside?.focus({ preventScroll: true });
    opened = undefined;
    if (beside) beside.style.zIndex = '';
    trust.unwatch(card.callButton);
    card.hide();
    areas = [];
    trust.uncovered();
    onClosed();
  }
  function press(event: MouseEvent): void {
    if (!opened) return;
    const reason = reasons.get(opened.number)?.trim();
    // A getter, because the press re-reads the page, which may move the card and so change `settledAt`.
    const button = {
      element: card.callButton,
      get placedAt() {
        return card.settledAt;
      },
    };
    onCall(opened, button, reason || undefined, event);
  }
  function leave(): void {
    const hasFocus =
      opened && (overlay.focused === buttons.get(opened)?.element || callOn(opened.anchor, 'closest', 'a:focus-visible'));
    if (!card.isFarewell && !hasFocus && !card.element.contains(overlay.focused)) close();
  }

  watchPointer({
    window,
    signal,
    onRest(x, y) {
      // A hover menu of the page may have opened, of which no event tells.
      onPointed();
      const isOverCard = areas.some((area) => contains(area, x, y));
      const mark = isOverCard ? undefined : markAt(buttons, ruler, x, y);
      ruler.rest();
      if (mark) open(mark);
    },
    onLeave: leave,
    isInside: (x, y) => (opened ? areas.some((area) => contains(area, x, y)) : undefined),
  });

  function onFocus(mark: Mark, isFocused: boolean): void {
    window.clearTimeout(focusTimer);
    if (signal.aborted) return;
    if (isFocused) focusTimer = window.setTimeout(() => open(mark), REST_MS);
    // In a timer: at blur the focus has not yet arrived at the next element.
    else focusTimer = window.setTimeout(() => opened === mark && leave());
  }
  function closeAny(): boolean {
    const wasOpen = !card.element.hidden;
    close();
    return wasOpen;
  }
  const onKey = listenToKeyboard({ window, overlay, allMarks, reveal, close: () => closeAny() || dismiss(), signal });
  if (telLinks) listenToTelLinks({ window, marks, ask, signal });
  watchLinkFocus({ window, marks, focused: onFocus, signal });

  return {
    forgetReason: (number) => reasons.delete(number),
    close: closeAny,
    onKey,
    focused: onFocus,
    enter(mark, at) {
      open(mark, true);
      if (opened === mark) card.enter(at);
    },
    told(number) {
      if (opened?.number === number) card.told();
    },
    dropped(mark) {
      if (opened === mark && !card.isFarewell) close();
    },
    settled: (shown) => movement.watch(new Set([...shown].map(({ anchor }) => boxedAround(anchor)))),
    place(isDark) {
      if (!opened || card.isFarewell || !card.element.isConnected) return;
      const beside = buttons.get(opened);
      const spot = beside?.spot;
      const boxes = spot ? ruler.boxesOf(opened) : [];
      ruler.rest();
      if (!spot || boxes.length === 0) return close();
      // Above the card's shadow: under it the browser could not tell whether the page covers the button. The bubble may have lowered it.
      if (!beside.element.style.zIndex) beside.element.style.zIndex = '1';
      const number = around([...boxes, buttonBox(spot)]);
      card.place({ number, view: seenOf(window), toOwn: overlay.toOwn, dark: isDark(opened) });
      areas = [number, card.box as Box].map((box) => grown(box, 8));
    },
    get shown() {
      return card.element.hidden ? undefined : card.element;
    },
    approached: (mark) => study.begin(mark, overlay.host),
    isDisguised: (mark, host) => study.isDisguised(mark, host),
    stop() {
      close();
      study.stop();
      movement.stop();
      // Last: `close` may return the focus to a button, which starts this timer.
      window.clearTimeout(focusTimer);
    },
  };
}
