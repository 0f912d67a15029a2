import type { AgentRecord } from '../../../relay/contract.ts';
import type { Reply } from '../../../utils/reply.ts';
import { changeOf, draftOf } from '../agent-draft.ts';
import type { Agents } from '../agents-store.ts';
import { type DeviceDraft, emptyDevice } from '../device-drafts.ts';
import { createOf } from '../quick-add.tsx';
import type { ImportRow } from './parse-agent-rows.ts';

/** What became of one row. `same`: the agent stood so already. */
export type RowResult = 'same' | Reply<AgentRecord>;

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
  /** As the agent stands now: an earlier row, or somebody else, may have changed it since the rows were read. */
  const current = (known: AgentRecord | null) =>
    known && (agents.store.getState().agents?.find(({ id }) => id === known.id) ?? known);
  for (const row of rows) {
    if (signal.aborted) return;
    if (row.problem !== null || isWritten(results.get(row.line))) continue;
    const first = row.furtherOf === null ? undefined : results.get(row.furtherOf);
    const existing = current(first !== undefined && first !== 'same' && first.ok ? first.value : row.existing);
    // Without its agent a further device has no place to go.
    const result = existing ? await update(existing, row, agents) : (first ?? (await agents.create(createOf(row.draft))));
    results.set(row.line, result);
    onResult(row.line, result);
    if (result !== 'same' && !result.ok && result.error.code === 'step_up_required') return;
  }
}

export function isWritten(result: RowResult | undefined): boolean {
  return result === 'same' || result?.ok === true;
}

async function update(existing: AgentRecord, row: ImportRow, agents: Pick<Agents, 'change'>): Promise<RowResult> {
  const before = draftOf(existing);
  const { name, username, devices } = row.draft;
  const change = changeOf(
    {
      ...before,
      name: name || before.name,
      username: username || before.username,
      role: row.role ?? before.role,
      devices: withDevice(before.devices, devices[0] ?? emptyDevice, row.furtherOf !== null),
    },
    existing,
  );
  return Object.keys(change).length === 0 ? 'same' : agents.change(existing, change);
}

/** A row means the device of its SIP user; one that is not there yet takes the place of an only device, unless the row is a further one. */
function withDevice(known: readonly DeviceDraft[], row: DeviceDraft, isFurther: boolean): DeviceDraft[] {
  const same = known.find(({ sipUser }) => sipUser.toLowerCase() === row.sipUser.toLowerCase());
  const isOnly = known.length === 1 && !isFurther;
  const meant = same ?? (row.sipUser === '' || isOnly ? known[0] : undefined);
  if (!meant) return [...known, row];
  const { name, sipUser, sipPassword } = row;
  const changed = { ...meant, name: name || meant.name, sipUser: sipUser || meant.sipUser, sipPassword };
  return known.map((device) => (device === meant ? changed : device));
}
