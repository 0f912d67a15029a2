import type { CallParty } from '../antbuddy/call-record.ts';
import { sipUserOf } from '../antbuddy/sip-user-of.ts';
import { readNumber } from './read-number.ts';

/** By which an agent's calls are found: its user name, or its SIP user as a number. */
export function partyKeys({ number, username }: Pick<CallParty, 'number' | 'username'>, homeRegion: string): string[] {
  const keys = username ? [`user:${username.toLowerCase()}`] : [];
  const { number: known } = readNumber(number, homeRegion);
  // A device may be written with its domain in one place and without in another.
  const name = known ?? sipUserOf(number).toLowerCase();
  return name ? [...keys, `number:${name}`] : keys;
}

/** By which names calls are an agent's own: its user name and the SIP users of all its devices. */
export interface AgentNames {
  username: string | null;
  sipUsers: string[];
}

/** Of the rows of one agent, one a device; a single one without a SIP user where it has none. */
export function agentNames(rows: readonly { username: string | null; sip_user: string | null }[]): AgentNames {
  return { username: rows[0]?.username ?? null, sipUsers: rows.flatMap(({ sip_user }) => sip_user ?? []).sort() };
}

/** The parties that a mapped agent is; none while it is not mapped. */
export function agentPartyKeys({ username, sipUsers }: AgentNames, homeRegion: string): string[] {
  const keys = ['', ...sipUsers].flatMap((number) => partyKeys({ username, number }, homeRegion));
  return [...new Set(keys)];
}
