import type { AgentRecord } from '../../../relay/contract.ts';
import type { Reply } from '../../../utils/reply.ts';
import { type AgentDraft, changeOf, draftOf } from '../agent-draft.ts';
import type { Agents } from '../agents-store.ts';
import { createOf } from '../quick-add.tsx';
import type { ImportRow } from './parse-agent-rows.ts';

/** What became of one row. `same`: the agent stood so already. */
export type RowResult = 'same' | Reply<AgentRecord>;

/**
 * Writes the rows that have no problem, one after the other, and tells each result as it comes. Stops when the signal fires
 * or the passphrase was not given: every later row would be refused for the same reason.
 */
export async function importAgents(
  rows: ImportRow[],
  agents: Pick<Agents, 'create' | 'change'>,
  onResult: (line: number, result: RowResult) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const { line, draft, existing, problem } of rows) {
    if (signal.aborted) return;
    if (problem !== null) continue;
    const result = existing ? await update(existing, draft, agents) : await agents.create(createOf(draft));
    onResult(line, result);
    if (result !== 'same' && !result.ok && result.error.code === 'step_up_required') return;
  }
}

async function update(existing: AgentRecord, draft: AgentDraft, agents: Pick<Agents, 'change'>): Promise<RowResult> {
  const before = draftOf(existing);
  const change = changeOf(
    {
      ...before,
      name: draft.name || before.name,
      username: draft.username || before.username,
      sipUser: draft.sipUser || before.sipUser,
      sipPassword: draft.sipPassword,
    },
    existing,
  );
  return Object.keys(change).length === 0 ? 'same' : agents.change(existing, change);
}
