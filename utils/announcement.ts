import { browser } from '@wxt-dev/browser';

export type AnnouncingTabs = Pick<typeof browser.tabs, 'query' | 'sendMessage'>;

/**
 * Sends a message to the page scripts of all tabs; needs no permission and reaches only our own scripts. Does not wait for
 * answers: a page that is blocked by a dialog gives none.
 */
export async function announce(tabs: AnnouncingTabs, type: string, content: object): Promise<void> {
  const open = await tabs.query({});
  // Most tabs have no script of ours, so a rejection is the normal case.
  for (const { id } of open) if (id !== undefined) tabs.sendMessage(id, { type, ...content }).catch(() => {});
}

/** For the page script: subscribes to announcements of that type. Returns the undo. */
export function onAnnouncement<Content>(type: string, heard: (content: Content) => void): () => void {
  const listener = (message: unknown): void => {
    if ((message as { type?: unknown } | null)?.type === type) heard(message as Content);
  };
  const { onMessage } = browser.runtime;
  onMessage.addListener(listener);
  return () => onMessage.removeListener(listener);
}
