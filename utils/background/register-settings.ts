import { browser } from 'wxt/browser';
import { createTurns } from '../create-turns.ts';
import { isCrmTemplate } from '../live/crm-link.ts';
import { fail, succeed } from '../reply.ts';
import { type AgentSettings, agentSettingsItem, missedOfferItem } from '../storage.ts';
import type { Handle } from './create-handle.ts';

/** The agent's notification and call settings, shown and changed in the options. */
export function registerSettings(handle: Handle): void {
  handle('getAgentSettings', async () => succeed(await agentSettingsItem.getValue()));
  const inTurn = createTurns();
  const save = (change: Partial<AgentSettings>) =>
    inTurn(async () => {
      const next = { ...(await agentSettingsItem.getValue()), ...change };
      await agentSettingsItem.setValue(next);
      return next;
    });
  handle('setAgentSettings', async (change) => {
    const template = change.crmSearch?.trim();
    if (template && !isCrmTemplate(template)) return fail('crm_template_invalid');
    return succeed(await save({ ...change, ...(template === undefined ? {} : { crmSearch: template }) }));
  });
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
