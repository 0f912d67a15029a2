import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { HistoryCall, HistoryQuery } from '../contract.ts';
import { noteOf } from '../notes/note-of.ts';
import type { HistoryPartiesTable, NotesTable } from '../store/tables.ts';

type NoteRow = Pick<Selectable<NotesTable>, 'text' | 'outcome' | 'version'> & { noted_at: number };
export type CallColumns = Omit<Selectable<HistoryPartiesTable>, 'party' | 'search'> & {
  [Name in keyof NoteRow]: NoteRow[Name] | null;
};

/** The columns that callOfRow reads, from `history_parties as p` and an outer join of `notes as n`. */
export const callColumns = sql`p.history_id, p.started_at, p.direction, p.disposition, p.status, p.peer_number, p.peer_name,
  p.recorded, p.duration_seconds, p.billing_seconds, n.text, n.outcome, n.version, n.updated_at as noted_at`;

/** Whether the note `n` of an outer join has the outcome; `none`: it has none, or there is no note. */
export function hasOutcome(outcome: NonNullable<HistoryQuery['outcome']>): RawBuilder<SqlBool> {
  return outcome === 'none' ? sql`n.outcome is null` : sql`n.outcome = ${outcome}`;
}

export function callOfRow(row: CallColumns): HistoryCall {
  return {
    id: row.history_id,
    startedAt: row.started_at,
    direction: row.direction,
    disposition: row.disposition,
    status: row.status,
    peer: { number: row.peer_number, name: row.peer_name },
    durationSeconds: row.duration_seconds,
    talkSeconds: row.billing_seconds,
    hasRecording: row.recorded === 1,
    note: noteOf({ ...row, updated_at: row.noted_at }),
  };
}
