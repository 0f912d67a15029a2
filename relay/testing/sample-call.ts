import type { Insertable } from 'kysely';
import type { CallsTable } from '../store/tables.ts';

/** A placed call as stored in the ledger: by default accepted, to a mobile number. */
export function sampleCall(
  values: Partial<Insertable<CallsTable>> & Pick<Insertable<CallsTable>, 'agent_id' | 'device_id' | 'key'>,
): Insertable<CallsTable> {
  const at = values.created_at ?? 0;
  return {
    payload_hash: '',
    number: '+84912345678',
    dialled: '0912345678',
    surface: 'page',
    site: null,
    state: 'accepted',
    reason_code: null,
    answer_status: 201,
    answer_body: '{}',
    clicked_at: at,
    created_at: at,
    deadline_at: at + 15_000,
    settled_at: at,
    same_as: null,
    history_id: null,
    ...values,
  };
}
