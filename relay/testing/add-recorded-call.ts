import type { Deps } from '../deps.ts';

/** Inserts a mirrored call of `party` (as in history_parties) directly into the store. */
export async function addRecordedCall({ store }: Pick<Deps, 'store'>, id: string, recording: string | null, party: string) {
  const sides = {
    caller_type: '',
    caller_number: '',
    caller_username: null,
    callee_type: '',
    callee_number: '',
    callee_username: null,
  };
  const rest = {
    direction: '',
    class: '',
    did_number: null,
    status: '',
    duration_seconds: 0,
    billing_seconds: 0,
    first_seen_at: 0,
    updated_at: 0,
  };
  await store
    .insertInto('history')
    .values({ id, started_at: 5, recording, ...rest, ...sides })
    .execute();
  const seen = {
    direction: 'outbound',
    disposition: 'answered',
    recorded: 1,
    status: 'SUCCESS',
    duration_seconds: 20,
    billing_seconds: 12,
    peer_number: '',
    peer_name: null,
    search: '',
  } as const;
  await store
    .insertInto('history_parties')
    .values({ party, started_at: 5, history_id: id, ...seen })
    .execute();
}
