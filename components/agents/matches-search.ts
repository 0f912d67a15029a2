import type { AgentRecord } from '../../relay/contract.ts';
import { plainText } from '../view/plain-text.ts';

/** Whether every word searched for stands in the agent's names, accents and case aside: "huong" finds Hương. */
export function matchesSearch(
  { name, username, sipUser }: Pick<AgentRecord, 'name' | 'username' | 'sipUser'>,
  search: string,
): boolean {
  const text = plainText([name, username, sipUser].filter(Boolean).join(' '));
  return plainText(search)
    .split(/\s+/)
    .every((word) => text.includes(word));
}
