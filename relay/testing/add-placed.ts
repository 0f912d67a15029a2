import type { Insertable } from 'kysely';
import type { Deps } from '../deps.ts';
import type { CallsTable } from '../store/tables.ts';
import type { TestDevice } from './device.ts';

/** Inserts a call placed through Dialside directly into the ledger: accepted, a minute ago, to +84912345678. */
export async function addPlaced(
  deps: Deps,
  { deviceId, agentId }: TestDevice,
  key: string,
  change: Partial<Insertable<CallsTable>> = {},
): Promise<void> {
  const at = deps.now() - 60_000;
  const answer = { state: 'accepted' as const, reason_code: null, answer_status: 201, answer_body: '{}', settled_at: at };
  const where = { dialled: null, surface: 'page', site: null, same_as: null, history_id: null };
  const who = { device_id: deviceId, agent_id: agentId, key, payload_hash: '', number: '+84912345678' };
  await deps.store
    .insertInto('calls')
    .values({ ...who, ...where, ...answer, clicked_at: at, created_at: at, deadline_at: at, ...change })
    .execute();
}
