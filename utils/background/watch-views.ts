import { browser } from 'wxt/browser';
import { focusWord, livePort } from '../live/watch-live.ts';
import type { KnownSender, Sender } from './sender-role.ts';

export interface ViewsParts {
  /** Identifies who opened a port. */
  roleOf(sender: Sender): Promise<KnownSender | null>;
  /** Called for every view that opens; the function it returns is called once that view is gone. */
  hold(): () => void;
}

/** Follows the views of the extension by the port that each keeps open. Returns whether one of them has the focus. */
export function watchViews({ roleOf, hold }: ViewsParts): () => boolean {
  const views = new Set<{ hasFocus: boolean }>();
  browser.runtime.onConnect.addListener(async (port) => {
    if (port.name !== livePort) return;
    let release = () => {};
    let isGone = false;
    const view = { hasFocus: false };
    port.onMessage.addListener((word: unknown) => {
      view.hasFocus = word === focusWord;
    });
    port.onDisconnect.addListener(() => {
      isGone = true;
      views.delete(view);
      release();
    });
    const role = (await roleOf(port.sender ?? {}))?.role;
    if (!role || role === 'page' || isGone) return;
    views.add(view);
    release = hold();
  });
  return () => [...views].some(({ hasFocus }) => hasFocus);
}
