import { browser } from '@wxt-dev/browser';

export type AnnouncingTabs = Pick<typeof browser.tabs, 'query' | 'sendMessage'>;

/** Tells something to the page scripts of all tabs; needs no permission and reaches only our own scripts. */
export async function announce(tabs: AnnouncingTabs, type: string, content: object): Promise<void> {
  const open = await tabs.query({});
  // Most tabs have no script of ours: their rejection is the normal case.
  await Promise.allSettled(open.flatMap(({ id }) => (id === undefined ? [] : [tabs.sendMessage(id, { type, ...content })])));
}

/** For the page script: hears what is announced by that type. Returns the undo. */
export function onAnnouncement<Content>(type: string, heard: (content: Content) => void): () => void {
  const listener = (message: unknown): void => {
    if ((message as { type?: unknown } | null)?.type === type) heard(message as Content);
  };
  const { onMessage } = browser.runtime;
  onMessage.addListener(listener);
  return () => onMessage.removeListener(listener);
}
