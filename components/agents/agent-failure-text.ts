import type { AgentRecord } from '../../relay/contract.ts';
import type { TextKey } from '../../utils/i18n/en.ts';
import type { Translate } from '../../utils/i18n/translate.ts';
import type { Failure } from '../../utils/reply.ts';
import { failureText } from '../view/failure-text.ts';
import type { DeviceDraft } from './device-drafts.ts';
import { sipHolders, sipUserKey } from './sip-holders.ts';

/**
 * Why an agent could not be written; names the agent who already has the SIP user.
 * @param id of the agent; undefined for a new one
 */
export function agentFailureText(
  t: Translate<TextKey>,
  failure: Failure,
  { agents, devices, id }: { agents: readonly AgentRecord[]; devices: readonly DeviceDraft[]; id?: string },
): string {
  if (failure.code !== 'agent_exists') return failureText(t, failure);
  const holders = sipHolders(agents.filter((agent) => agent.id !== id));
  for (const { sipUser } of devices) {
    const holder = holders.get(sipUserKey(sipUser));
    if (holder) return t('import_sip_taken', { sipUser: sipUser.trim(), name: holder.name });
  }
  return failureText(t, failure);
}
