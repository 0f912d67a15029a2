import type { Insertable } from 'kysely';
import type { Deps } from '../deps.ts';
import type { CallsTable } from '../store/tables.ts';
import type { TestDevice } from './device.ts';
import { sampleCall } from './sample-call.ts';

/** Inserts a call placed through Dialside directly into the ledger: accepted, a minute ago, to +84912345678. */
export async function addPlaced(
  deps: Deps,
  { deviceId, agentId }: TestDevice,
  key: string,
  change: Partial<Insertable<CallsTable>> = {},
): Promise<void> {
  const call = { device_id: deviceId, agent_id: agentId, key, dialled: null, created_at: deps.now() - 60_000, ...change };
  await deps.store.insertInto('calls').values(sampleCall(call)).execute();
}
