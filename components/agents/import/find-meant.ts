import { plainText } from '../../view/plain-text.ts';

export interface Named {
  name: string;
  username: string | null;
}

/**
 * The agent that a row refers to: by the AntBuddy user name, which is unique; by name only when the row or the agent has no user
 * name. Names that agree only without accents often belong to different people: such a match must be the only one.
 */
export function findMeant<Known extends Named>(row: Named, known: readonly Known[]): Known | undefined {
  const byUser = row.username ? known.find((other) => isSameUser(other, row)) : undefined;
  if (byUser) return byUser;
  const open = row.username ? known.filter(({ username }) => !username) : known;
  const name = plain(row.name);
  const alike = open.filter((other) => plain(other.name) === name);
  return open.find((other) => isSameName(other, row)) ?? (alike.length === 1 ? alike[0] : undefined);
}

export function isSameUser(one: Named, other: Named): boolean {
  return one.username?.toLowerCase() === other.username?.toLowerCase();
}

export function isSameName(one: Named, other: Named): boolean {
  return exact(one.name) === exact(other.name);
}

function exact(name: string): string {
  return name.normalize('NFC').toLowerCase().trim();
}

/** Without accents, case, spaces and punctuation. */
export function plain(text: string): string {
  return plainText(text).replace(/[^\p{L}\p{N}]/gu, '');
}
