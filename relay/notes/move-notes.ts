import type { Selectable } from 'kysely';
import { foldText } from '../history/fold-text.ts';
import type { Store } from '../store/open-store.ts';
import type { NotesTable } from '../store/tables.ts';

type Row = Selectable<NotesTable>;

interface Move {
  agentId: string;
  key: string;
  historyId: string;
}

/**
 * Moves the notes of placed calls to the mirrored calls found for them. Call it in the transaction that links them. If the agent
 * has written on both meanwhile, the texts are joined in the note of the mirrored call. The later outcome holds, but nobody's
 * wish not to be called is lost.
 */
export async function moveNotes(store: Store, moves: readonly Move[]): Promise<void> {
  const subjects = moves.flatMap(({ key, historyId }) => [key, historyId]);
  if (subjects.length === 0) return;
  // A no-op update locks the rows until the transaction ends.
  const rows = await store
    .updateTable('notes')
    .set(({ ref }) => ({ version: ref('version') }))
    .where('agent_id', 'in', [...new Set(moves.map(({ agentId }) => agentId))])
    .where('subject', 'in', subjects)
    .returningAll()
    .execute();
  for (const { agentId, key, historyId } of moves) {
    const noteOn = (id: string) => rows.find(({ agent_id, subject }) => agent_id === agentId && subject === id);
    const onKey = noteOn(key);
    if (!onKey) continue;
    const onHistory = noteOn(historyId);
    const note = onHistory ? mergeNotes(onHistory, onKey) : onKey;
    await store.deleteFrom('notes').where('agent_id', '=', agentId).where('subject', 'in', [key, historyId]).execute();
    await store
      .insertInto('notes')
      .values({ ...note, subject: historyId })
      .execute();
  }
}

function mergeNotes(kept: Row, added: Row): Row {
  const text = [kept.text, added.text].filter(Boolean).join('\n');
  const newestFirst = [kept, added].sort((one, other) => other.updated_at - one.updated_at);
  const outcomes = newestFirst.flatMap(({ outcome }) => outcome ?? []);
  return {
    ...kept,
    text,
    search: foldText(text),
    outcome: outcomes.includes('do_not_call') ? 'do_not_call' : (outcomes[0] ?? null),
    version: Math.max(kept.version, added.version) + 1,
    updated_at: Math.max(kept.updated_at, added.updated_at),
  };
}
