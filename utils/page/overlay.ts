import { overlayStyle } from './overlay-style.ts';

export interface Overlay {
  /** Absent until the first thing has to be shown, so that a page without numbers gets nothing. */
  readonly host: HTMLElement | undefined;
  /** Adds an element of ours, putting the host into the page when it is not there. */
  show(element: HTMLElement): void;
  /** Finds out where the host is, for `toOwn`. */
  measure(): void;
  /** From view coordinates to those inside the host, which page styles on the root element may move or scale. */
  toOwn(point: { x: number; y: number }): { x: number; y: number };
  /** Lifts the host over whatever entered the top layer after it. */
  raise(): void;
  /** Whether the page has moved, hidden or replaced the host. */
  isTampered(): boolean;
  stop(): void;
}

/**
 * One host beside `body` for all that we show, its content in a closed shadow root. In the top layer where the browser has
 * popovers: there no stacking, filter, transform or clip of the page applies to it.
 */
export function createOverlay(document: Document): Overlay {
  let host: HTMLElement | undefined;
  let root: ShadowRoot | undefined;
  let origin = { left: 0, top: 0, scale: 1 };

  function build(): { host: HTMLElement; root: ShadowRoot } {
    const element = document.createElement('div');
    // Set before it enters the page, whose observers would otherwise see it change.
    element.popover = 'manual';
    const shadow = element.attachShadow({ mode: 'closed' });
    const style = document.createElement('style');
    style.textContent = overlayStyle;
    shadow.append(style);
    return { host: element, root: shadow };
  }
  function attach(): ShadowRoot {
    if (!host || !root) ({ host, root } = build());
    if (host.parentNode !== document.documentElement) document.documentElement.append(host);
    if (!isOpen()) host.showPopover?.();
    return root;
  }
  function isOpen(): boolean {
    return host?.matches(':popover-open') ?? false;
  }

  return {
    get host() {
      return host;
    },
    show(element) {
      const into = attach();
      if (element.parentNode !== into) into.append(element);
    },
    measure() {
      if (!host) return;
      const box = host.getBoundingClientRect();
      origin = { left: box.left, top: box.top, scale: box.width / 100 || 1 };
    },
    toOwn: ({ x, y }) => ({ x: (x - origin.left) / origin.scale, y: (y - origin.top) / origin.scale }),
    raise() {
      if (!host?.isConnected || !host.showPopover) return;
      host.hidePopover();
      host.showPopover();
    },
    isTampered: () =>
      host !== undefined && (host.parentNode !== document.documentElement || (host.popover !== null && !isOpen())),
    stop() {
      host?.remove();
      host = undefined;
      root = undefined;
    },
  };
}
