import type { AgentRecord } from '../../relay/contract.ts';
import { plainText } from '../view/plain-text.ts';

/**
 * Whether the agent's names, and the words in which the table says what is missing, contain every word of the search, ignoring
 * accents and case: "huong" finds Hương.
 */
export function matchesSearch(
  { name, username, sipDevices }: Pick<AgentRecord, 'name' | 'username' | 'sipDevices'>,
  search: string,
  missing: readonly string[] = [],
): boolean {
  const text = plainText(
    [name, username, ...sipDevices.flatMap((device) => [device.name, device.sipUser]), ...missing].filter(Boolean).join(' '),
  );
  return plainText(search)
    .split(/\s+/)
    .every((word) => text.includes(word));
}
