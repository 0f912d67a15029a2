import type { Selectable } from 'kysely';
import { foldText } from '../history/fold-text.ts';
import type { Store } from '../store/open-store.ts';
import type { NotesTable } from '../store/tables.ts';

type Row = Selectable<NotesTable>;

/**
 * A placed call was found in the history: its note goes on there. To be called in the transaction that links the two. Where
 * the agent has written on both meanwhile, the note of the history keeps all the words.
 */
export async function moveNote(store: Store, move: { agentId: string; key: string; historyId: string }): Promise<void> {
  const { agentId, key, historyId } = move;
  // Written as they are, so that nobody else writes them before the transaction ends.
  const rows = await store
    .updateTable('notes')
    .set(({ ref }) => ({ version: ref('version') }))
    .where('agent_id', '=', agentId)
    .where('subject', 'in', [key, historyId])
    .returningAll()
    .execute();
  const onKey = rows.find(({ subject }) => subject === key);
  if (!onKey) return;
  const onHistory = rows.find(({ subject }) => subject === historyId);
  const note = onHistory ? mergeNotes(onHistory, onKey) : onKey;
  await store.deleteFrom('notes').where('agent_id', '=', agentId).where('subject', 'in', [key, historyId]).execute();
  await store
    .insertInto('notes')
    .values({ ...note, subject: historyId })
    .execute();
}

function mergeNotes(kept: Row, added: Row): Row {
  const text = [kept.text, added.text].filter(Boolean).join('\n');
  return {
    ...kept,
    text,
    search: foldText(text),
    outcome: kept.outcome ?? added.outcome,
    version: Math.max(kept.version, added.version) + 1,
    updated_at: Math.max(kept.updated_at, added.updated_at),
  };
}
