import type { Selectable } from 'kysely';
import type { Note } from '../contract.ts';
import type { NotesTable } from '../store/tables.ts';

export type NoteColumns = Pick<Selectable<NotesTable>, 'text' | 'outcome' | 'version' | 'updated_at'>;

export const noNote: Note = { text: '', outcome: null, version: 0, updatedAt: 0 };

/** The note of a row; null if it was removed or the outer join found none. */
export function noteOf(row: { [Name in keyof NoteColumns]: NoteColumns[Name] | null } | undefined): Note | null {
  if (!row || row.version === null || isEmpty(row)) return null;
  return { text: row.text ?? '', outcome: row.outcome, version: row.version, updatedAt: row.updated_at ?? 0 };
}

export function isEmpty({ text, outcome }: { text: string | null; outcome: string | null }): boolean {
  return !text && outcome === null;
}
