import type { CallParty } from '../antbuddy/call-record.ts';
import { readNumber } from './read-number.ts';

/** By which an agent's calls are found: its user name, or its SIP user as a number. */
export function partyKeys({ number, username }: Pick<CallParty, 'number' | 'username'>, homeRegion: string): string[] {
  const keys = username ? [`user:${username.toLowerCase()}`] : [];
  const { number: known } = readNumber(number, homeRegion);
  // A device may be written with its domain in one place and without in another.
  const name =
    known ??
    number
      .toLowerCase()
      .replace(/^sips?:/, '')
      .replace(/@.*$/, '');
  return name ? [...keys, `number:${name}`] : keys;
}

/** The parties that a mapped agent is; none while it is not mapped. */
export function agentPartyKeys(agent: { username: string | null; sipUser: string | null }, homeRegion: string): string[] {
  return partyKeys({ username: agent.username, number: agent.sipUser ?? '' }, homeRegion);
}
