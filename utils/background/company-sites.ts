import { readCompany } from '../company/read-company.ts';
import { createTurns } from '../create-turns.ts';
import type { Company } from '../messages.ts';
import type { Sites } from '../sites/create-sites.ts';
import { chosenSitesItem, companySitesItem, refusedSitesItem } from '../storage.ts';

/**
 * The sites of the company's browser policy. No policy grants an extension a site that it asks for at run time, so each is enabled
 * as soon as the browser has granted it, and shown to the agent until then. What an agent switched off again stays off.
 */
export function createCompanySites(sites: Pick<Sites, 'enable' | 'listEnabled'>) {
  // Each reads the stored list and then writes it.
  const inTurn = createTurns();

  /** Enables what has been granted meanwhile. */
  const adopt = (): Promise<Company> =>
    inTurn(async () => {
      const { relayUrl, sites: listed, crmSearchLocked, faults } = await readCompany();
      const [before, refused] = await Promise.all([companySitesItem.getValue(), refusedSitesItem.getValue()]);
      // Never forgotten: a browser that starts may report a policy late.
      const adopted = [...new Set([...before, ...listed.filter((origin) => refused.includes(origin))])];
      for (const origin of listed) {
        if (!adopted.includes(origin) && (await sites.enable(origin)).ok) adopted.push(origin);
      }
      if (adopted.length > before.length) await companySitesItem.setValue(adopted);
      const [chosen, enabled] = await Promise.all([chosenSitesItem.getValue(), sites.listEnabled()]);
      // Chosen but not enabled: the browser took its permission away.
      const isAwaited = (origin: string) => !enabled.includes(origin) && (!adopted.includes(origin) || chosen.includes(origin));
      return { relayUrl, sites: listed, awaitedSites: listed.filter(isAwaited), crmSearchLocked, faults };
    });
  return { adopt };
}
