import type { CallParty } from '../antbuddy/call-record.ts';
import { sipUserOf } from '../antbuddy/sip-user-of.ts';
import { readNumber } from './read-number.ts';

/** The keys under which a party's calls are found: its user name, and its number or SIP user. */
export function partyKeys({ number, username }: Pick<CallParty, 'number' | 'username'>, homeRegion: string): string[] {
  const keys = username ? [`user:${username.toLowerCase()}`] : [];
  const { number: known } = readNumber(number, homeRegion);
  // A device may be written with its domain in one place and without it in another.
  const name = known ?? sipUserOf(number).toLowerCase();
  return name ? [...keys, `number:${name}`] : keys;
}

/** The names under which calls are an agent's own: its user name and the SIP users of all its devices. */
interface AgentNames {
  username: string | null;
  sipUsers: string[];
}

/** Takes the rows of one agent, one per device; an agent without a device has a single row without a SIP user. */
export function agentNames(rows: readonly { username: string | null; sip_user: string | null }[]): AgentNames {
  return { username: rows[0]?.username ?? null, sipUsers: rows.flatMap(({ sip_user }) => sip_user ?? []).sort() };
}

/** The parties of a mapped agent; empty while it is not mapped. */
export function agentPartyKeys({ username, sipUsers }: AgentNames, homeRegion: string): string[] {
  const keys = ['', ...sipUsers].flatMap((number) => partyKeys({ username, number }, homeRegion));
  return [...new Set(keys)];
}
