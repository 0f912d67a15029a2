import { browser } from '@wxt-dev/browser';
import type { HiddenNumber } from './hidden-filter.ts';

const TYPE = 'dialside:hidden';

/** Tells the page scripts of a site, in every tab and frame, what is hidden there from now on. */
export async function announceHidden(
  tabs: Pick<typeof browser.tabs, 'query' | 'sendMessage'>,
  origin: string,
  hidden: readonly HiddenNumber[],
): Promise<void> {
  const open = await tabs.query({});
  // Most tabs have no script of ours: their rejection is the normal case.
  await Promise.allSettled(
    open.flatMap(({ id }) => (id === undefined ? [] : [tabs.sendMessage(id, { type: TYPE, origin, hidden })])),
  );
}

/** For the page script: hears what is hidden on its own origin. Returns the undo. */
export function onHiddenChanged(change: (hidden: HiddenNumber[]) => void, origin: string = self.origin): () => void {
  const listener = (message: unknown): void => {
    if (isAnnouncement(message) && message.origin === origin) change(message.hidden);
  };
  browser.runtime.onMessage.addListener(listener);
  return () => browser.runtime.onMessage.removeListener(listener);
}

function isAnnouncement(message: unknown): message is { origin: string; hidden: HiddenNumber[] } {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === TYPE;
}
