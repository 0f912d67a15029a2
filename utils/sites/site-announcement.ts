import { browser } from '@wxt-dev/browser';
import { isChosen } from './site-pattern.ts';

const TYPE = 'dialside:sites';

/** Tells the page scripts of all tabs which origins are enabled; needs no permission and reaches only our own scripts. */
export async function announceSites(
  tabs: Pick<typeof browser.tabs, 'query' | 'sendMessage'>,
  enabled: string[],
  refused: string[] = [],
): Promise<void> {
  const open = await tabs.query({});
  // Most tabs have no script of ours: their rejection is the normal case.
  await Promise.allSettled(
    open.flatMap(({ id }) => (id === undefined ? [] : [tabs.sendMessage(id, { type: TYPE, enabled, refused })])),
  );
}

/** For the page script: calls `stop` once when its origin is no longer enabled. Returns the undo. */
export function onSiteDisabled(stop: () => void, origin: string = self.origin): () => void {
  const listener = (message: unknown): void => {
    if (!isAnnouncement(message) || isChosen(origin, message.enabled, message.refused)) return;
    remove();
    stop();
  };
  const remove = () => browser.runtime.onMessage.removeListener(listener);
  browser.runtime.onMessage.addListener(listener);
  return remove;
}

function isAnnouncement(message: unknown): message is { enabled: string[]; refused?: string[] } {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === TYPE;
}
