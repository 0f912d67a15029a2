import type { SenderRole } from '../messages.ts';

/** What the browsers tell of a message's sender, as far as it is used. */
export interface Sender {
  id?: string;
  url?: string;
  /** Of the sending frame; `null` as text in a sandboxed one. */
  origin?: string;
  tab?: { id?: number; url?: string; incognito?: boolean };
  frameId?: number;
}

export interface KnownSender {
  role: SenderRole;
  /** Host of the page, null for our own documents. */
  site: string | null;
  /** The page's; null for our own documents. */
  origin: string | null;
  frame: { tabId: number; frameId: number } | null;
  /** Address of the tab, or of the frame where the tab's is not ours to see; null for our own documents and in private windows. */
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
 * Who sent a message, or null for nobody we answer. Our own documents are known by their path, also when open in a tab; a
 * content script by the origin of its frame, which has to be an enabled site.
 */
export async function senderRole(sender: Sender, rules: SenderRules): Promise<KnownSender | null> {
  if (sender.id !== rules.extensionId || !sender.url || !URL.canParse(sender.url)) return null;
  const url = new URL(sender.url);
  const origin = sender.origin ?? originOf(url);
  if (originOf(url) === rules.extensionOrigin || origin === rules.extensionOrigin) {
    const role = DOCUMENTS.get(url.pathname);
    const isOwn = originOf(url) === rules.extensionOrigin && origin === rules.extensionOrigin;
    // In a tab of its own the document is the top frame; framed by anything it is nobody.
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
