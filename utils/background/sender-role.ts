import type { SenderRole } from '../messages.ts';

/** The part of the browsers' sender information that is used. */
export interface Sender {
  id?: string;
  url?: string;
  /** Origin of the sending frame; the string `null` in a sandboxed one. */
  origin?: string;
  tab?: { id?: number; url?: string; incognito?: boolean };
  frameId?: number;
}

export interface KnownSender {
  role: SenderRole;
  /** Host of the page, null for our own documents. */
  site: string | null;
  /** Origin of the page; null for our own documents. */
  origin: string | null;
  frame: { tabId: number; frameId: number } | null;
  /** Address of the tab, or of the frame if the tab's is not visible to us; null for our own documents and in private windows. */
  page: string | null;
}

const DOCUMENTS = new Map<string, SenderRole>([
  ['/popup.html', 'popup'],
  ['/sidepanel.html', 'sidepanel'],
  ['/options.html', 'options'],
]);

export interface SenderRules {
  extensionId: string;
  /** `chrome-extension://…` or `moz-extension://…`, no slash at the end. */
  extensionOrigin: string;
  isEnabled: (origin: string) => Promise<boolean>;
}

/**
 * Identifies the sender of a message; null if it must not be answered. Our own documents are recognised by their path, also in a
 * tab; a content script by the origin of its frame, which must be an enabled site.
 */
export async function senderRole(sender: Sender, rules: SenderRules): Promise<KnownSender | null> {
  if (sender.id !== rules.extensionId || !sender.url || !URL.canParse(sender.url)) return null;
  const url = new URL(sender.url);
  const origin = sender.origin ?? originOf(url);
  if (originOf(url) === rules.extensionOrigin || origin === rules.extensionOrigin) {
    const role = DOCUMENTS.get(url.pathname);
    const isOwn = originOf(url) === rules.extensionOrigin && origin === rules.extensionOrigin;
    // In a tab the document must be the top frame; one embedded in any frame is rejected.
    return role && isOwn && !(sender.tab && sender.frameId) ? { role, site: null, origin: null, frame: null, page: null } : null;
  }
  if (!sender.tab || !/^https?:\/\//.test(origin)) return null;
  if (!(await rules.isEnabled(origin))) return null;
  const { tab, frameId = 0 } = sender;
  return {
    role: 'page',
    site: new URL(origin).hostname,
    origin,
    frame: tab.id === undefined ? null : { tabId: tab.id, frameId },
    page: tab.incognito ? null : (tab.url ?? sender.url),
  };
}

/** `URL.origin` is `null` for extension schemes in Firefox and in Node. */
function originOf(url: URL): string {
  return `${url.protocol}//${url.host}`;
}
