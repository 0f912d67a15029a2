import { type AnnouncingTabs, announce, onAnnouncement } from '../announcement.ts';
import { isChosen } from './site-pattern.ts';

const TYPE = 'dialside:sites';

interface Sites {
  enabled: string[];
  refused: string[];
}

/** Tells the page scripts of all tabs which origins are enabled. */
export function announceSites(tabs: AnnouncingTabs, enabled: string[], refused: string[] = []): Promise<void> {
  return announce(tabs, TYPE, { enabled, refused } satisfies Sites);
}

/** For the page script: calls `stop` once when its origin is no longer enabled. Returns the undo. */
export function onSiteDisabled(stop: () => void, origin: string = self.origin): () => void {
  const undo = onAnnouncement<Sites>(TYPE, ({ enabled, refused }) => {
    if (isChosen(origin, enabled, refused)) return;
    undo();
    stop();
  });
  return undo;
}
