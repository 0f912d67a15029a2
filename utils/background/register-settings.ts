import { browser } from 'wxt/browser';
import { onCompanyChanged, readCompany } from '../company/read-company.ts';
import { createTurns } from '../create-turns.ts';
import { isCrmTemplate } from '../live/crm-link.ts';
import { fail, succeed } from '../reply.ts';
import { type AgentSettings, agentSettingsItem, companyCrmSearchItem, missedOfferItem } from '../storage.ts';
import type { Handle } from './create-handle.ts';

/** The agent's notification and call settings, shown and changed in the options. */
export function registerSettings(handle: Handle): void {
  const inTurn = createTurns();
  const save = (change: Partial<AgentSettings>) =>
    inTurn(async () => {
      const next = { ...(await agentSettingsItem.getValue()), ...change };
      await agentSettingsItem.setValue(next);
      return next;
    });
  handle('setAgentSettings', async (change) => {
    const { crmSearch, crmSearchLocked } = await readCompany();
    const template = crmSearchLocked ? crmSearch : change.crmSearch?.trim();
    if (template && !isCrmTemplate(template)) return fail('crm_template_invalid');
    return succeed(await save({ ...change, ...(template === undefined ? {} : { crmSearch: template }) }));
  });
  /** The company's search applies until the agent sets another one or none; a locked one always applies. */
  const followCompany = () =>
    inTurn(async () => {
      const [company, settings, taken] = await Promise.all([
        readCompany(),
        agentSettingsItem.getValue(),
        companyCrmSearchItem.getValue(),
      ]);
      const { crmSearch } = company;
      const isOwn = settings.crmSearch !== taken && !company.crmSearchLocked;
      // In this order: after an end between the two, the settings would otherwise look like the agent's own.
      if (!isOwn && settings.crmSearch !== crmSearch) await agentSettingsItem.setValue({ ...settings, crmSearch });
      // Once it is the agent's own it stays so, also when a browser that starts reports the policy late.
      if (crmSearch !== taken && !(isOwn && crmSearch === '')) await companyCrmSearchItem.setValue(crmSearch);
    });
  // Not after `followCompany`: a Chromium that has just started takes seconds to read a policy, and the view follows what is stored.
  handle('getAgentSettings', async () => succeed(await agentSettingsItem.getValue()));
  void followCompany();
  onCompanyChanged(() => void followCompany());
  // The prompt that a view opened may have closed it.
  browser.permissions.onAdded.addListener(async ({ permissions }) => {
    if (!permissions?.includes('notifications') || (await missedOfferItem.getValue()) !== 'wanted') return;
    await missedOfferItem.setValue('answered');
    await save({ notifyMissed: true });
  });
  // When the permission is removed in the browser, the switches that need it are turned off.
  browser.permissions.onRemoved.addListener(({ permissions }) => {
    if (permissions?.includes('notifications')) void save({ notifyMissed: false, notifyIncoming: false });
  });
}
