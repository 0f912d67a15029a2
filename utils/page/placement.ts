import type { CallButton } from './button.ts';
import { type Box, contains, overlaps, type Ruler, viewOf } from './geometry.ts';
import type { Highlighter } from './highlight.ts';
import { isDarkBehind } from './is-dark-behind.ts';
import type { Mark } from './mark.ts';
import type { Overlay } from './overlay.ts';
import { callOn } from './property-of.ts';
import { boxedAround, coverAt, createClips, isWithin, topAt } from './sight.ts';
import { chooseSide, type Side, type Spot, spotAt } from './spot.ts';
import { exclusiveAround, topLayerAround } from './top-layer.ts';

interface PlacementDeps {
  window: Window & typeof globalThis;
  overlay: Overlay;
  ruler: Ruler;
  highlighter: Highlighter;
  /** The button of a mark, made when it is needed. */
  buttonOf: (mark: Mark) => CallButton;
  /** Gives up the button of a mark: otherwise all those of a long list that was scrolled through would stay watched. */
  dropButton: (mark: Mark) => void;
}

/** What was found out about a number in view once the page had settled; reused while it scrolls. */
interface Look {
  side: Side;
  dark: boolean;
  visible: boolean;
  /** The dialog, popover or fullscreen element that it is shown in. */
  top: Element | undefined;
}

const CORNERS = [-8, 8].flatMap((x) => [-8, 8].map((y) => [x, y] as const));

/** Time for hit tests per call: on a page of thousands of rows one takes a good part of a millisecond. */
const LOOKING_MS = 6;

/** While there is not time for all buttons, new ones appear in batches this far apart: each batch makes the page paint again. */
const TOGETHER_MS = 100;

/** Puts the buttons of the marks near the view where their numbers are shown, and hides those of numbers out of sight. */
export function createPlacement({ window, overlay, ruler, highlighter, buttonOf, dropButton }: PlacementDeps) {
  const shown = new Set<Mark>();
  let looks = new Map<Mark, Look>();
  /** Looks from before the last `forget` or earlier, used until there is time for new ones. */
  const lastLooks = new Map<Mark, Look>();
  /** Elements found lying over numbers (sticky headers, drawers, dialogs), each with the numbers known to lie above it. */
  const covers = new Map<Element, Set<Mark>>();
  const clips = createClips();
  /** The top-layer element that our host was last checked against, or lifted above. */
  let below: Element | undefined;
  let lookUntil = 0;
  let addedAt = Number.NEGATIVE_INFINITY;
  let isComplete = true;
  /** Whether this call found numbers above covers, so that another makes progress: covered ones are tested each time. */
  let isLearning = false;

  function spotOf(mark: Mark, view: Box, boxOf: (element: Element) => Box): Spot | undefined {
    const box = ruler.endOf(mark);
    if (!box || !overlaps(box, view)) return undefined;
    // The end of the number is where the button goes, so that is the part that has to be seen.
    const x = box.right - Math.min(3, (box.right - box.left) / 3);
    const y = (box.top + box.bottom) / 2;
    if (!contains(view, x, y) || !clips.of(mark.anchor).every((clip) => contains(boxOf(clip), x, y))) return undefined;
    const known = looks.get(mark);
    if (!known && performance.now() > lookUntil) {
      isComplete = false;
      const before = lastLooks.get(mark);
      return shown.has(mark) && before ? spotAt(before.side, box, view) : undefined;
    }
    const look = known ?? lookAt(mark, box, view);
    if (!known) looks.set(mark, look);
    return look.visible && !(known && isUnder(mark, x, y, boxOf)) ? spotAt(look.side, box, view) : undefined;
  }
  /** Whether a known cover lies over a number at the position it has been scrolled to. */
  function isUnder(mark: Mark, x: number, y: number, boxOf: (element: Element) => Box): boolean {
    for (const [cover, above] of covers) {
      if (above.has(mark) || !contains(boxOf(cover), x, y) || isWithin(mark.anchor, cover)) continue;
      // Without time for a hit test the number counts as covered for now.
      if (performance.now() > lookUntil) {
        if (isLearning) isComplete = false;
        return true;
      }
      if (coverAt(mark.anchor, x, y, overlay.host)) return true;
      above.add(mark);
      isLearning = true;
    }
    return false;
  }
  function lookAt(mark: Mark, box: Box, view: Box): Look {
    const { anchor } = mark;
    // A third into the number: its end may lie under the button on its corner.
    const cover = coverAt(anchor, box.left + (box.right - box.left) / 3, (box.top + box.bottom) / 2, overlay.host);
    if (cover && !covers.has(cover)) covers.set(cover, new Set());
    const visible = !cover && boxedAround(anchor).checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const side = visible ? chooseSide(mark, box, view, ruler, overlay.host) : 'after';
    return { side, dark: isDarkBehind(anchor), visible, top: visible ? topLayerAround(anchor) : undefined };
  }
  /** Lifts our host above a popover or fullscreen element opened after it: one hit test, and at most one lift, per opening. */
  function lift(top: Element | undefined, spot: Spot | undefined): void {
    const isNew = top !== undefined && top !== below;
    below = top;
    if (!isNew || !spot) return;
    const { host } = overlay;
    if (host && CORNERS.some(([x, y]) => topAt(host, spot.x + x, spot.y + y) !== host)) overlay.raise();
  }
  function hide(mark: Mark): void {
    if (!shown.delete(mark)) return;
    dropButton(mark);
    highlighter.set(mark, false);
  }

  return {
    shown: shown as ReadonlySet<Mark>,
    isDark: (mark: Mark): boolean => looks.get(mark)?.dark ?? false,
    /**
     * First measures everything, then moves everything: mixing the two would force one layout after the other. False when time
     * ran out and the rest needs another call.
     */
    place(near: ReadonlySet<Mark>): boolean {
      const view = viewOf(window);
      lookUntil = performance.now() + LOOKING_MS;
      isComplete = true;
      isLearning = false;
      const boxes = new Map<Element, Box>();
      const boxOf = (element: Element): Box => {
        const box = boxes.get(element) ?? callOn(element, 'getBoundingClientRect');
        boxes.set(element, box);
        return box;
      };
      const spots = [...near].map((mark) => ({ mark, spot: spotOf(mark, view, boxOf) }));
      ruler.rest();
      for (const mark of shown) if (!near.has(mark)) hide(mark);
      // The last: a popover stands after the numbers of the dialog that it is opened from.
      const lifted = spots.findLast(({ mark, spot }) => spot && looks.get(mark)?.top);
      const top = lifted && looks.get(lifted.mark)?.top;
      if (spots.some(({ spot }) => spot) && !overlay.settleIn(top && exclusiveAround(top)))
        for (const one of spots) one.spot = undefined;
      overlay.measure();
      const now = performance.now();
      const mayAdd = isComplete || shown.size === 0 || now - addedAt > TOGETHER_MS;
      for (const { mark, spot } of spots) {
        if (!spot) hide(mark);
        if (!spot || (!mayAdd && !shown.has(mark))) continue;
        if (!shown.has(mark)) addedAt = now;
        const button = buttonOf(mark);
        shown.add(mark);
        overlay.show(button.element);
        button.place(spot, overlay.toOwn(spot), (looks.get(mark) ?? lastLooks.get(mark))?.dark ?? false);
        highlighter.set(mark, true);
      }
      lift(top, lifted?.spot);
      return isComplete;
    },
    drop(mark: Mark): void {
      hide(mark);
      looks.delete(mark);
      lastLooks.delete(mark);
    },
    /** To be called when something may have changed other than by scrolling: visibility and free sides are determined anew. */
    forget(): void {
      // Older entries stay: there may not have been time to look at all numbers since the last `forget`.
      for (const [mark, look] of looks) lastLooks.set(mark, look);
      looks = new Map();
      covers.clear();
      clips.forget();
    },
  };
}
