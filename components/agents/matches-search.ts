import type { AgentRecord } from '../../relay/contract.ts';

/** Whether every word searched for stands in the agent's names, accents and case aside: "huong" finds Hương. */
export function matchesSearch(
  { name, username, sipUser }: Pick<AgentRecord, 'name' | 'username' | 'sipUser'>,
  search: string,
): boolean {
  const text = plain([name, username, sipUser].filter(Boolean).join(' '));
  return plain(search)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/đ/gi, 'd')
    .toLowerCase()
    .trim();
}
