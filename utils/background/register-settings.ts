import { createTurns } from '../create-turns.ts';
import { isCrmTemplate } from '../live/crm-link.ts';
import { fail, succeed } from '../reply.ts';
import { agentSettingsItem } from '../storage.ts';
import type { Handle } from './create-handle.ts';

const NO_TEMPLATE = 'That is not a search address of a CRM. It looks like https://crm.example.com/search?q={number}.';

/** How the agent wants to be told of calls, as the options show and change it. */
export function registerSettings(handle: Handle): void {
  handle('getAgentSettings', async () => succeed(await agentSettingsItem.getValue()));
  const inTurn = createTurns();
  handle('setAgentSettings', async (change) => {
    const template = change.crmSearch?.trim();
    if (template && !isCrmTemplate(template)) return fail('crm_template_invalid', NO_TEMPLATE);
    return inTurn(async () => {
      const next = {
        ...(await agentSettingsItem.getValue()),
        ...change,
        ...(template === undefined ? {} : { crmSearch: template }),
      };
      await agentSettingsItem.setValue(next);
      return succeed(next);
    });
  });
}
