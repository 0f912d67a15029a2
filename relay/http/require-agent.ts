import { timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { hashToken } from '../agents/device-token.ts';
import type { Deps } from '../deps.ts';
import { prepare } from '../store/prepare.ts';
import { replayGuardOf, verifyProof } from './proof.ts';
import type { Principal, RelayEnv } from './relay-env.ts';
import { RelayError } from './relay-error.ts';
import { isFirstUse } from './used-proofs.ts';

const lastSeenEvery = 60_000;

/**
 * Lets a request pass that carries a device token and a fresh proof by that device's key (RFC 9449 §7), and puts the
 * agent into `c.get('principal')`. May stand on a route more than once.
 */
export function requireAgent(deps: Deps): MiddlewareHandler<RelayEnv> {
  return async (c, next) => {
    if (!c.get('principal')) c.set('principal', await authenticate(deps, c));
    await next();
  };
}

/** Passes admins only; after requireAgent. */
export const requireAdmin: MiddlewareHandler<RelayEnv> = async (c, next) => {
  if (c.get('principal').role !== 'admin') throw new RelayError('admin_only');
  await next();
};

/** Passes admins who confirmed their passphrase in the last 10 minutes; after requireAgent. */
export function requireStepUp(deps: Pick<Deps, 'now'>): MiddlewareHandler<RelayEnv> {
  return async (c, next) => {
    const { role, stepUpUntil } = c.get('principal');
    if (role !== 'admin') throw new RelayError('admin_only');
    if (!stepUpUntil || stepUpUntil <= deps.now()) throw new RelayError('step_up_required');
    await next();
  };
}

async function authenticate(deps: Deps, c: Context<RelayEnv>): Promise<Principal> {
  const token = /^DPoP ([\w-]{43})$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (!token) throw new RelayError('unauthenticated');
  const tokenHash = hashToken(token);
  const {
    rows: [row],
  } = await findDevice(deps.store, { tokenHash });
  if (!row || !sameText(row.token_hash, tokenHash)) throw new RelayError('unauthenticated');

  const proof = verifyProof(c.req.header('dpop'), {
    method: c.req.method,
    url: deps.config.publicUrl + c.req.path,
    token,
    now: deps.now(),
  });
  if (!sameText(proof.thumbprint, row.key_thumbprint)) throw new RelayError('proof_rejected');
  const use = `${proof.thumbprint}.${proof.jti}`;
  if (!replayGuardOf(deps).isFirst(use, deps.now())) throw new RelayError('proof_rejected');
  // A read that is repeated at another relay changes nothing and tells only what the same token told before.
  if (!isRead(c.req.method) && !(await isFirstUse(deps, use))) throw new RelayError('proof_rejected');
  if (row.revoked_at !== null || row.active !== 1) throw new RelayError('device_revoked');

  await touch(deps, row.id, row.last_seen_at);
  return {
    deviceId: row.id,
    deviceName: row.device_name,
    agentId: row.agent_id,
    agentName: row.agent_name,
    role: row.role,
    stepUpUntil: row.step_up_until,
  };
}

const isRead = (method: string) => method === 'GET' || method === 'HEAD';

const findDevice = prepare((store, { tokenHash }: { tokenHash: string }) =>
  store
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
    .where('devices.token_hash', '=', tokenHash),
);

async function touch({ store, now }: Deps, deviceId: string, lastSeenAt: number | null): Promise<void> {
  if (lastSeenAt !== null && now() - lastSeenAt < lastSeenEvery) return;
  await store.updateTable('devices').set({ last_seen_at: now() }).where('id', '=', deviceId).execute();
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
