import type { AgentRecord } from '../../relay/contract.ts';

/** The relay ignores case, scheme and domain. */
export function sipUserKey(sipUser: string): string {
  return sipUser
    .trim()
    .toLowerCase()
    .replace(/^sips?:|@.*$/g, '');
}

/** The agents by the key of each of their SIP users; deactivated agents keep theirs. */
export function sipHolders(agents: readonly AgentRecord[]): Map<string, AgentRecord> {
  return new Map(agents.flatMap((agent) => agent.sipDevices.map(({ sipUser }) => [sipUserKey(sipUser), agent] as const)));
}
