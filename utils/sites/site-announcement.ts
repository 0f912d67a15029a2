import { type AnnouncingTabs, announce, onAnnouncement } from '../announcement.ts';
import { isChosen } from './site-pattern.ts';

const TYPE = 'dialside:sites';

interface Sites {
  enabled: string[];
  refused: string[];
  /** Whether the settings that page scripts receive at their start have changed. */
  isAnew: boolean;
}

/** Tells the page scripts in all tabs and frames which origins are enabled, and whether to restart there. */
export function announceSites(tabs: AnnouncingTabs, sites: Sites): Promise<void> {
  return announce(tabs, TYPE, sites);
}

/**
 * For the page script: calls `stop` once when its origin is no longer enabled, `again` when it should restart. Returns the undo.
 */
export function onSites(stop: () => void, again: () => void, origin: string = self.origin): () => void {
  const undo = onAnnouncement<Sites>(TYPE, ({ enabled, refused, isAnew }) => {
    if (isChosen(origin, enabled, refused)) return isAnew && again();
    undo();
    stop();
  });
  return undo;
}
