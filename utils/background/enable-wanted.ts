import type { Sites } from '../sites/create-sites.ts';
import { sitePattern } from '../sites/site-pattern.ts';
import { wantedSiteItem } from '../storage.ts';

/**
 * Enables the requested site once its permission is granted: Firefox closes the popup when it shows the permission prompt, so the
 * popup cannot.
 */
export async function enableWanted(sites: Pick<Sites, 'enable'>, granted: readonly string[]): Promise<void> {
  const wanted = await wantedSiteItem.getValue();
  if (wanted === null || !granted.includes(sitePattern(wanted))) return;
  await wantedSiteItem.setValue(null);
  await sites.enable(wanted);
}
