import { type AnnouncingTabs, announce, onAnnouncement } from '../announcement.ts';
import type { HiddenRule } from './hidden-rule.ts';

const TYPE = 'dialside:hidden';

interface Hidden {
  origin: string;
  hidden: HiddenRule;
}

/** Sends the current hidden numbers of a site to its page scripts in every tab and frame. */
export function announceHidden(tabs: AnnouncingTabs, origin: string, hidden: HiddenRule): Promise<void> {
  return announce(tabs, TYPE, { origin, hidden } satisfies Hidden);
}

/** For the page script: subscribes to changes of the hidden numbers of its own origin. Returns the undo. */
export function onHiddenChanged(change: (hidden: HiddenRule) => void): () => void {
  return onAnnouncement<Hidden>(TYPE, (message) => {
    if (message.origin === self.origin) change(message.hidden);
  });
}
