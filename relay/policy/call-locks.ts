import { recordAudit } from '../audit/record-audit.ts';
import type { LockList } from '../contract.ts';
import type { StoreDeps } from '../deps.ts';
import { RelayError } from '../http/relay-error.ts';
import type { Store } from '../store/open-store.ts';

/** The burst lock: the agent places no more calls until an admin lifts it. */
export async function lockAgent(deps: StoreDeps, agentId: string): Promise<void> {
  await recordAudit(deps, { actor: 'relay', action: 'agent.lock', subject: `agent:${agentId}`, detail: { why: 'burst' } });
  await deps.store
    .insertInto('call_locks')
    .values({ agent_id: agentId, locked_at: deps.now() })
    .onConflict((c) => c.doNothing())
    .execute();
}

/** Lifts a lock and resets the burst count that caused it. Throws `not_found` if the agent is not locked. */
export async function unlockAgent(deps: StoreDeps, agentId: string, actor: string): Promise<void> {
  await deps.store.transaction().execute(async (store) => {
    const lifted = await store.deleteFrom('call_locks').where('agent_id', '=', agentId).executeTakeFirst();
    if (lifted.numDeletedRows !== 1n) throw new RelayError('not_found');
    await store.deleteFrom('counters').where('bucket', 'like', `calls:burst:${agentId}@%`).execute();
    // After the counters: calls take the locks in the same order.
    await recordAudit({ ...deps, store }, { actor, action: 'agent.unlock', subject: `agent:${agentId}` });
  });
}

export async function listLocks(store: Store): Promise<LockList['locks']> {
  return store
    .selectFrom('call_locks')
    .innerJoin('agents', 'agents.id', 'call_locks.agent_id')
    .select(['agents.id as agentId', 'agents.name', 'call_locks.locked_at as lockedAt'])
    .orderBy('call_locks.locked_at', 'desc')
    .execute();
}
