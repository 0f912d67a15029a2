import { recordAudit } from '../audit/record-audit.ts';
import type { Note, NoteChange } from '../contract.ts';
import type { Deps, StoreDeps } from '../deps.ts';
import { foldText } from '../history/fold-text.ts';
import { RelayError } from '../http/relay-error.ts';
import { isUniqueViolation } from '../store/store-error.ts';
import { findSubject, lockPlaced } from './find-subject.ts';
import { isEmpty, type NoteColumns, noNote, noteOf } from './note-of.ts';

interface NoteRequest {
  agentId: string;
  subject: string;
  /** The version that the change was based on; 0 if there was no note. */
  version: number;
  change: NoteChange;
}

/** Writes the agent's note on their call. Throws `call_not_found`, `version_conflict`. The audit records it without its text. */
export async function saveNote(deps: StoreDeps, { agentId, subject, version, change }: NoteRequest): Promise<Note> {
  try {
    return await deps.store.transaction().execute(async (store) => {
      await lockPlaced(store, agentId, subject);
      const call = await findSubject({ ...deps, store }, agentId, subject);
      if (!call) throw new RelayError('call_not_found');
      const known = await selectNote(store, agentId, call.subject);
      if ((noteOf(known)?.version ?? 0) !== version) throw new RelayError('version_conflict');
      const row = {
        text: change.text.trim(),
        outcome: change.outcome,
        version: (known?.version ?? 0) + 1,
        updated_at: deps.now(),
      };
      const search = foldText(row.text);
      const action = isEmpty(row) ? 'note.remove' : 'note.write';
      // Before the note, which locks its agent: an admin's change of the agent takes the locks in the same order.
      await recordAudit({ ...deps, store }, { actor: `agent:${agentId}`, action, subject: `call:${call.subject}` });
      if (known) {
        const { numUpdatedRows } = await store
          .updateTable('notes')
          .set({ ...row, search })
          .where('agent_id', '=', agentId)
          .where('subject', '=', call.subject)
          .where('version', '=', known.version)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) throw new RelayError('version_conflict');
      } else {
        const place = { agent_id: agentId, subject: call.subject, number: call.number, called_at: call.calledAt };
        await store
          .insertInto('notes')
          .values({ ...place, ...row, search })
          .execute();
      }
      return noteOf(row) ?? { ...noNote, updatedAt: row.updated_at };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new RelayError('version_conflict', { cause: error });
    throw error;
  }
}

/** The agent's note on one of their calls; an empty one of version 0 if there is none. Throws `call_not_found`. */
export async function readNote(deps: StoreDeps, agentId: string, subject: string): Promise<Note> {
  const call = await findSubject(deps, agentId, subject);
  if (!call) throw new RelayError('call_not_found');
  return noteOf(await selectNote(deps.store, agentId, call.subject)) ?? noNote;
}

function selectNote(store: Deps['store'], agentId: string, subject: string): Promise<NoteColumns | undefined> {
  return store
    .selectFrom('notes')
    .select(['text', 'outcome', 'version', 'updated_at'])
    .where('agent_id', '=', agentId)
    .where('subject', '=', subject)
    .executeTakeFirst();
}
