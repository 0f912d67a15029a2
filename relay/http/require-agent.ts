import type { Context, MiddlewareHandler } from 'hono';
import { hashToken } from '../agents/device-token.ts';
import type { Deps } from '../deps.ts';
import { isOngoing } from '../is-ongoing.ts';
import { isSameSecret } from '../is-same-secret.ts';
import type { Store } from '../store/open-store.ts';
import { StoreError } from '../store/store-error.ts';
import { findCaller, findDevice } from './find-device.ts';
import { verifyProof } from './proof.ts';
import { type Principal, type RelayEnv, stepUpLivesMs } from './relay-env.ts';
import { RelayError } from './relay-error.ts';
import { isFirstUse, usedProof } from './used-proofs.ts';

const lastSeenEvery = 60_000;

/**
 * Admits a request that carries a device token and a fresh proof by that device's key (RFC 9449 §7), and puts the agent into
 * `c.get('principal')`.
 */
export function requireAgent(deps: Deps): MiddlewareHandler<RelayEnv> {
  return async (c, next) => {
    const principal = await authenticate(deps, c);
    // Not limited for a confirmed admin: an import sends one request per agent.
    const isAdmins = principal.stepUpUntil !== null && c.req.path.startsWith('/v1/admin/');
    if (!isAdmins) deps.requests.count(principal.deviceId, isRead(c.req.method) ? 'read' : 'write');
    c.set('principal', principal);
    await next();
  };
}

/** The agent of a request, as the audit log names it; use after requireAgent. */
export const actorOf = (c: Context<RelayEnv>) => `agent:${c.get('principal').agentId}`;

/** Admits admins only; use after requireAgent. */
export const requireAdmin: MiddlewareHandler<RelayEnv> = async (c, next) => {
  if (c.get('principal').role !== 'admin') throw new RelayError('admin_only');
  await next();
};

/** Admits admins who confirmed their passphrase in the last 10 minutes; use after requireAgent. */
export const requireStepUp: MiddlewareHandler<RelayEnv> = async (c, next) => {
  const { role, stepUpUntil } = c.get('principal');
  if (role !== 'admin') throw new RelayError('admin_only');
  if (stepUpUntil === null) throw new RelayError('step_up_required');
  await next();
};

async function authenticate(deps: Deps, c: Context<RelayEnv>): Promise<Principal> {
  const token = /^DPoP ([\w-]{43})$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (!token) throw new RelayError('unauthenticated');
  const tokenHash = hashToken(token);
  const readProof = () => {
    const { method, path } = c.req;
    const url = deps.config.publicUrl + path;
    const { thumbprint, jti } = verifyProof(c.req.header('dpop'), { method, url, token, now: deps.now() });
    return { thumbprint, use: `${thumbprint}.${jti}` };
  };
  // Replaying a read at another relay changes nothing and reveals only what the token already gave access to.
  const mustBeNew = !isRead(c.req.method);

  if (mustBeNew && isKnown(tokenHash)) {
    // Checks the signature, the costliest step, before the store only for tokens that were valid before; one statement then
    // fetches everything.
    const { thumbprint, use } = readProof();
    const {
      rows: [caller],
    } = await findCaller(deps.store, { tokenHash, thumbprint, ...usedProof(deps, use) });
    if (!caller || !isSameSecret(caller.token_hash, tokenHash)) throw new RelayError('unauthenticated');
    if (!isSameSecret(thumbprint, caller.key_thumbprint)) throw new RelayError('proof_rejected');
    if (!deps.proofs.isFirst(use, deps.now()) || !caller.is_new) throw new RelayError('proof_used');
    const { sip_id, sip_user, sip_password, username } = caller;
    const isMapped = sip_id !== null && sip_user !== null && sip_password !== null;
    const principal = admit(deps, caller, { sealedSip: isMapped ? { id: sip_id, sip_user, sip_password, username } : null });
    await touch(deps, caller);
    return principal;
  }

  const {
    rows: [device],
  } = await findDevice(deps.store, { tokenHash });
  if (!device || !isSameSecret(device.token_hash, tokenHash)) throw new RelayError('unauthenticated');
  const { thumbprint, use } = readProof();
  if (!isSameSecret(thumbprint, device.key_thumbprint)) throw new RelayError('proof_rejected');
  if (!deps.proofs.isFirst(use, deps.now())) throw new RelayError('proof_used');
  if (mustBeNew && !(await isFirstUse(deps, use))) throw new RelayError('proof_used');
  keep(tokenHash);
  const principal = admit(deps, device, {});
  await (mustBeNew ? touch(deps, device) : touchIfPossible(deps, device));
  return principal;
}

type FoundDevice = Awaited<ReturnType<typeof findDevice>>['rows'][number];

function admit({ now }: Deps, row: FoundDevice, more: Pick<Principal, 'sealedSip'>): Principal {
  if (row.revoked_at !== null || row.active !== 1) throw new RelayError('device_revoked');
  return {
    deviceId: row.id,
    deviceName: row.device_name,
    agentId: row.agent_id,
    agentName: row.agent_name,
    role: row.role,
    stepUpUntil: isOngoing(row.step_up_until ?? 0, stepUpLivesMs, now()) ? row.step_up_until : null,
    ...more,
  };
}

const isRead = (method: string) => method === 'GET' || method === 'HEAD';

/** Hashes of tokens that were valid with a proof. Each request still checks in the store that they are. */
const mostKnown = 5_000;
const known = new Set<string>();
const isKnown = (tokenHash: string) => known.has(tokenHash);

function keep(tokenHash: string): void {
  if (known.size >= mostKnown) known.clear();
  known.add(tokenHash);
}

async function touch({ store, now }: Deps, { id, last_seen_at }: FoundDevice): Promise<void> {
  if (last_seen_at !== null && Math.abs(now() - last_seen_at) < lastSeenEvery) return;
  await store.updateTable('devices').set({ last_seen_at: now() }).where('id', '=', id).execute();
  unwritable.delete(store);
}

/** Stores already reported as not writable, until a write succeeds. */
const unwritable = new WeakSet<Store>();

/** Does not fail the request: a store with a full disk or on a standby can still be read. */
async function touchIfPossible(deps: Deps, device: FoundDevice): Promise<void> {
  try {
    await touch(deps, device);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (!unwritable.has(deps.store)) deps.log.error({ err: error }, 'the store cannot note when a device was last seen');
    unwritable.add(deps.store);
  }
}
