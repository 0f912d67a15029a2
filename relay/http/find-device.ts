import { sql } from 'kysely';
import { isShared } from '../store/is-shared.ts';
import type { Store } from '../store/open-store.ts';
import { prepare } from '../store/prepare.ts';

/** The device that a token belongs to, and its agent. */
export const findDevice = prepare((store, { tokenHash }: { tokenHash: string }) => devicesOf(store, tokenHash));

interface Asked {
  tokenHash: string;
  thumbprint: string;
  /** The id of the proof, as in used-proofs.ts. */
  id: string;
  expires_at: number;
}

/**
 * Like findDevice, with everything else that a call needs, in one statement: the first SIP device that has a password, and
 * `is_new`, whether no relay on this store has used the proof before. The statement also marks the proof as used.
 */
export const findCaller = prepare((store, asked: Asked) => {
  const found = devicesOf(isShared(store) ? takingProof(store, asked) : store, asked.tokenHash);
  return found
    .leftJoin('sip_devices', (join) =>
      join.on('sip_devices.id', '=', ({ selectFrom }) =>
        selectFrom('sip_devices as first')
          .select('first.id')
          .whereRef('first.agent_id', '=', 'agents.id')
          .where('first.sip_password', 'is not', null)
          .orderBy('first.position')
          // A literal, not a bound value, for which SQLite would plan the statement anew each time.
          .limit(sql.lit(1)),
      ),
    )
    .select(['sip_devices.id as sip_id', 'sip_devices.sip_user', 'sip_devices.sip_password', 'agents.username'])
    .select((isShared(store) ? sql<boolean>`exists (select 1 from taken)` : sql<boolean>`1`).as('is_new'));
});

function takingProof(store: Store, { tokenHash, thumbprint, id, expires_at }: Asked) {
  return store.with('taken', (db) =>
    db
      .insertInto('used_proofs')
      .columns(['id', 'expires_at'])
      .expression(
        db
          .selectFrom('devices')
          .select([sql<string>`cast(${id} as text)`.as('id'), sql<number>`cast(${expires_at} as bigint)`.as('expires_at')])
          .where('token_hash', '=', tokenHash)
          .where('key_thumbprint', '=', thumbprint),
      )
      .onConflict((c) => c.doNothing())
      .returning('used_proofs.id'),
  );
}

function devicesOf(store: Pick<Store, 'selectFrom'>, tokenHash: string) {
  return store
    .selectFrom('devices')
    .innerJoin('agents', 'agents.id', 'devices.agent_id')
    .select([
      'devices.id',
      'devices.name as device_name',
      'devices.token_hash',
      'devices.key_thumbprint',
      'devices.last_seen_at',
      'devices.revoked_at',
      'devices.step_up_until',
      'agents.id as agent_id',
      'agents.name as agent_name',
      'agents.role',
      'agents.active',
    ])
    .where('devices.token_hash', '=', tokenHash);
}
