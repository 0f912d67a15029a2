import type { Sites } from '../sites/create-sites.ts';
import { sitePattern } from '../sites/site-pattern.ts';
import { wantedSiteItem } from '../storage.ts';

/** Switches on the site that was asked for, once it is granted: in Firefox the browser's question closes the popup that asked it. */
export async function enableWanted(sites: Pick<Sites, 'enable'>, granted: readonly string[]): Promise<void> {
  const wanted = await wantedSiteItem.getValue();
  if (wanted === null || !granted.includes(sitePattern(wanted))) return;
  await wantedSiteItem.setValue(null);
  await sites.enable(wanted);
}
