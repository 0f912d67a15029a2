import { childrenOf } from './children-of.ts';
import { grown, overlaps } from './geometry.ts';
import { KEPT } from './kept-events.ts';
import { shadowOf } from './shadow-of.ts';
import { hasBackdrop } from './top-layer.ts';

/** A number lies within about this of its button. */
const NUMBER_PX = 160;
/** Id of the style in our closed shadow root, where only extensions can see it: it identifies a host as ours. */
const STYLE_ID = 'dialside';
/** Events that tell when a press or drag of something of the page begins and ends. */
const HOLDS = [
  ...['pointerdown', 'pointermove', 'pointerup', 'pointercancel', 'touchend', 'touchcancel'],
  ...['dragenter', 'dragend', 'drop'],
];

export interface Overlay {
  /** Absent until the first thing has to be shown, so that a page without numbers gets nothing. */
  readonly host: HTMLElement | undefined;
  /** Where our elements are. */
  readonly root: ShadowRoot | undefined;
  /** Which of our elements has the focus. */
  readonly focused: HTMLElement | null;
  /** Adds an element of ours, putting the host into the page when it is not there; nothing once stopped. */
  show(element: HTMLElement): void;
  /** Finds out where the host is, for `toOwn`. */
  measure(): void;
  /** From view coordinates to those inside the host, which page styles on the root element may move or scale. */
  toOwn(point: { x: number; y: number }): { x: number; y: number };
  /** Lifts the host over whatever entered the top layer after it. */
  raise(): void;
  /** Moves the host to where it can be pressed: into the dialog or popover given, or beside `body`. False where that is nowhere. */
  settleIn(around: Element | undefined): boolean;
  stop(): void;
}

/**
 * One host beside `body` for all that we show, its content in a closed shadow root. In the top layer where the browser has
 * popovers: there no stacking, filter, transform or clip of the page applies to it. While a modal dialog is open, everything
 * outside of it is inert, the top layer too (html.spec.whatwg.org, modal dialogs and inert subtrees), and a press outside of a
 * popover closes it (popover light dismiss): only as their last or first child can the host be pressed. It takes no room there; a
 * dialog or popover whose layout changes nevertheless gets no buttons.
 */
export function createOverlay(document: Document, styles: string): Overlay {
  let host: HTMLElement | undefined;
  let root: ShadowRoot | undefined;
  let around: Element | undefined;
  const refused = new WeakSet<Element>();
  const stopping = new AbortController();
  let origin = { left: 0, top: 0, scale: 1 };

  function build(): { host: HTMLElement; root: ShadowRoot } {
    const element = document.createElement('div');
    // Set before it enters the page, whose observers would otherwise see it change.
    element.popover = 'manual';
    const shadow = element.attachShadow({ mode: 'closed' });
    const [style, through] = [styles, '*{pointer-events:none!important}'].map((text) => {
      const sheet = document.createElement('style');
      sheet.textContent = text;
      shadow.append(sheet);
      return sheet;
    }) as [HTMLStyleElement, HTMLStyleElement];
    style.id = STYLE_ID;
    through.media = 'not all';
    // While a press or drag begun in the page lasts (a column's edge, a selection, a card), our elements let the pointer through.
    for (const type of HOLDS)
      (document.defaultView as Window).addEventListener(
        type,
        (event) => {
          // The release may go unheard; a later move without buttons pressed, or the end of a touch, ends the drag as well.
          if (type === 'pointermove' && (event as PointerEvent).buttons > 0) return;
          const isHeld = (type === 'pointerdown' || type === 'dragenter') && event.isTrusted;
          const media = isHeld && !event.composedPath().includes(element) ? '' : 'not all';
          if (through.media !== media) through.media = media;
        },
        { capture: true, passive: true, signal: stopping.signal },
      );
    // The page saw Alt being pressed for our shortcut, so it has to see the release as well.
    for (const type of KEPT)
      shadow.addEventListener(type, (event) => (event as KeyboardEvent).key === 'Alt' || event.stopPropagation(), {
        passive: true,
      });
    // The page keeps focus and selection, unless somebody wants to type or choose here.
    for (const type of ['pointerdown', 'mousedown'])
      shadow.addEventListener(type, (event) => (event.target as Element).matches('input,select') || event.preventDefault());
    return { host: element, root: shadow };
  }
  function attach(): ShadowRoot {
    if (!host || !root) {
      ({ host, root } = build());
      document.addEventListener('toggle', onToggle, { capture: true, signal: stopping.signal });
    }
    if (host.parentNode !== home()) put(host, home());
    open(host);
    return root;
  }
  function home(): Element {
    return around && !refused.has(around) && around.isConnected ? around : document.documentElement;
  }
  function put(element: HTMLElement, into: Element): void {
    if (into === document.documentElement) {
      into.append(element);
      return;
    }
    const before = layoutOf(into, element);
    for (const place of ['append', 'prepend'] as const) {
      into[place](element);
      open(element);
      if (layoutOf(into, element) === before) return;
    }
    refused.add(into);
    document.documentElement.append(element);
  }
  /**
   * Lifts the host above a popover that opened elsewhere: even a transparent backdrop counts as a cover of what opened before. A
   * popover that does lie over our buttons stays above, so that a number it hid is not trusted as soon as it closes.
   */
  function onToggle({ target, oldState }: ToggleEvent): void {
    // `oldState` is `open` for a popover that lifts itself as `raise` does: two of them would lift themselves for ever.
    if (oldState === 'open' || target === host || !root || !(target instanceof Element) || !target.matches(':popover-open'))
      return;
    const box = target.getBoundingClientRect();
    const buttons = [...root.querySelectorAll('.b')];
    const covers = buttons.some((button) => overlaps(grown(button.getBoundingClientRect(), NUMBER_PX), box));
    if (!covers && !hasBackdrop(target)) raise();
  }
  function raise(): void {
    if (!host?.isConnected || !host.showPopover) return;
    host.hidePopover();
    open(host);
  }
  function open(element: HTMLElement): void {
    if (!element.showPopover) return;
    // The page may have removed the attribute, without which `showPopover` throws.
    if (element.popover !== 'manual') element.popover = 'manual';
    if (!element.matches(':popover-open')) element.showPopover();
  }

  // Removes hosts whose script was stopped by an update: Firefox leaves them in the page.
  for (const left of document.querySelectorAll('[popover]')) if (shadowOf(left)?.getElementById(STYLE_ID)) left.remove();

  return {
    get host() {
      return host;
    },
    get root() {
      return root;
    },
    get focused() {
      return (root?.activeElement ?? null) as HTMLElement | null;
    },
    show(element) {
      // Asynchronous work may finish after `stop`.
      if (stopping.signal.aborted) return;
      const into = attach();
      if (element.parentNode !== into) into.append(element);
    },
    measure() {
      if (!host) return;
      const box = host.getBoundingClientRect();
      origin = { left: box.left, top: box.top, scale: box.width / 100 || 1 };
    },
    toOwn: ({ x, y }) => ({ x: (x - origin.left) / origin.scale, y: (y - origin.top) / origin.scale }),
    raise,
    settleIn(next) {
      around = next;
      if (!stopping.signal.aborted) attach();
      return !refused.has(around as Element);
    },
    stop() {
      stopping.abort();
      host?.remove();
      host = undefined;
      root = undefined;
    },
  };
}

/** Where an element and what stands directly in it are, our host apart, as text to compare. */
function layoutOf(element: Element, host: Element): string {
  const around = [element, ...[...childrenOf(element)].slice(0, 50).filter((child) => child !== host)];
  return JSON.stringify([...around.map((one) => one.getBoundingClientRect()), element.scrollWidth, element.scrollHeight]);
}
