import { browser } from 'wxt/browser';
import { createTurns } from '../create-turns.ts';
import { isCrmTemplate } from '../live/crm-link.ts';
import { fail, succeed } from '../reply.ts';
import { type AgentSettings, agentSettingsItem } from '../storage.ts';
import type { Handle } from './create-handle.ts';

/** How the agent wants to be told of calls, as the options show and change it. */
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
  // Taken away in the browser, it leaves no switch on that tells of nothing.
  browser.permissions.onRemoved.addListener(({ permissions }) => {
    if (permissions?.includes('notifications')) void save({ notifyMissed: false, notifyIncoming: false });
  });
}
