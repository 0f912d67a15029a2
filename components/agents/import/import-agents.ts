import type { AgentRecord } from '../../../relay/contract.ts';
import type { Reply } from '../../../utils/reply.ts';
import { changeOf, draftOf, emptyDraft } from '../agent-draft.ts';
import type { Agents } from '../agents-store.ts';
import { createOf } from '../quick-add.tsx';
import { findMeant } from './find-meant.ts';
import type { ImportRow } from './parse-agent-rows.ts';
import { placeDevice } from './place-device.ts';

/** The result of one row. `isSame`: the agent already had these values. */
export type RowResult = Reply<AgentRecord> & { isSame?: boolean };

/**
 * Writes the rows that have no problem, one after the other, and tells each result as it comes; goes on where an earlier run
 * stopped. Stops when the signal fires or the passphrase was not given: every later row would be refused for the same reason.
 */
export async function importAgents(
  rows: ImportRow[],
  agents: Pick<Agents, 'store' | 'create' | 'change'>,
  onResult: (line: number, result: RowResult) => void,
  signal: AbortSignal,
  earlier: ReadonlyMap<number, RowResult> = new Map(),
): Promise<void> {
  const results = new Map(earlier);
  for (const row of rows) {
    if (signal.aborted) return;
    const before = results.get(row.line);
    if (row.problem !== null || before?.ok) continue;
    const first = row.furtherOf === null ? undefined : results.get(row.furtherOf);
    const known = agents.store.getState().agents ?? [];
    const meant = first?.ok ? first.value : row.existing;
    // The agent may have changed since the rows were parsed, by an earlier row or another admin.
    const now = meant && (known.find(({ id }) => id === meant.id) ?? meant);
    // A failed earlier attempt may have been carried out, with only its answer lost.
    const agent = now ?? (before && !first ? findMeant(row, known) : null);
    const { name, username, device, role } = row;
    const draft = { ...emptyDraft, name, username, devices: [device], role: role ?? 'agent' };
    // The first row of this agent failed: this device would be added beside the one that the first row should have replaced.
    const result = first?.ok === false ? first : agent ? await update(agent, row, agents) : await agents.create(createOf(draft));
    results.set(row.line, result);
    onResult(row.line, result);
    if (!result.ok && result.error.code === 'step_up_required') return;
  }
}

async function update(existing: AgentRecord, row: ImportRow, agents: Pick<Agents, 'change'>): Promise<RowResult> {
  const before = draftOf(existing);
  const change = changeOf(
    {
      ...before,
      name: row.name || before.name,
      username: row.username || before.username,
      role: row.role ?? before.role,
      devices: placeDevice(before.devices, row.device, row.isFurther),
    },
    existing,
  );
  return Object.keys(change).length === 0 ? { ok: true, value: existing, isSame: true } : agents.change(existing, change);
}
