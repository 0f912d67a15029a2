import { createHash, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { hashToken, mintToken } from '../agents/device-token.ts';
import { seal } from '../agents/seal.ts';
import { sipPasswordPlace } from '../agents/sip-credentials.ts';
import type { Role } from '../contract.ts';
import type { Deps } from '../deps.ts';

export interface ProofChanges {
  /** Merged over the correct claims. */
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  token?: string | null;
}

/** A browser's key: signs proofs as the extension does (RFC 9449 §4.2). */
export async function makeKey() {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk: JWK = await exportJWK(publicKey);
  const prove = (method: string, url: string, now: number, { claims, header, token = null }: ProofChanges = {}) =>
    new SignJWT({
      htm: method,
      htu: url,
      iat: Math.floor(now / 1000),
      jti: randomUUID(),
      ...(token === null ? {} : { ath: createHash('sha256').update(token).digest('base64url') }),
      ...claims,
    })
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk, ...header })
      .sign(privateKey);
  return { jwk, thumbprint: await calculateJwkThumbprint(jwk), prove };
}
type TestKey = Awaited<ReturnType<typeof makeKey>>;

export interface TestDevice {
  agentId: string;
  deviceId: string;
  token: string;
  key: TestKey;
  /** Headers of an authenticated request. `path` starts with /v1 and has no query. */
  headers: (method: string, path: string, changes?: ProofChanges) => Promise<Record<string, string>>;
}

interface TestAgent {
  name?: string;
  role?: Role;
  username?: string | null;
  sipUser?: string | null;
  /** Already sealed. */
  sipPassword?: string | null;
  passphraseHash?: string | null;
  /** The device may make admin changes for the next ten minutes. */
  steppedUp?: boolean;
  /** Another device of this agent instead of a new agent. */
  agentId?: string;
}

/** Inserts an agent with one connected device directly into the store. */
export async function addDevice(deps: Deps, options: TestAgent = {}): Promise<TestDevice> {
  const { store, config, now } = deps;
  const agentId = options.agentId ?? (await addAgent(deps, options));
  const key = await makeKey();
  const token = mintToken();
  const deviceId = randomUUID();
  await store
    .insertInto('devices')
    .values({
      id: deviceId,
      agent_id: agentId,
      name: 'Test browser',
      token_hash: hashToken(token),
      key_thumbprint: key.thumbprint,
      created_at: now(),
      last_seen_at: null,
      revoked_at: null,
      step_up_until: options.steppedUp ? now() + 600_000 : null,
    })
    .execute();
  const headers: TestDevice['headers'] = async (method, path, changes = {}) => ({
    authorization: `DPoP ${token}`,
    dpop: await key.prove(method, config.publicUrl + path, now(), { token, ...changes }),
  });
  return { agentId, deviceId, token, key, headers };
}

/** Inserts a further SIP device directly into the store. */
export async function addSipDevice(
  { store, config, now }: Deps,
  agentId: string,
  { sipUser, sipPassword = `password-${sipUser}`, name = '' }: { sipUser: string; sipPassword?: string | null; name?: string },
): Promise<string> {
  const id = randomUUID();
  const { count } = await store
    .selectFrom('sip_devices')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('agent_id', '=', agentId)
    .executeTakeFirstOrThrow();
  const sealed = sipPassword === null ? null : seal(config.relayKey, sipPasswordPlace(id), sipPassword);
  const row = { id, agent_id: agentId, position: Number(count), name, sip_user: sipUser, sip_password: sealed };
  await store
    .insertInto('sip_devices')
    .values({ ...row, created_at: now() })
    .execute();
  return id;
}

async function addAgent(
  { store, now }: Deps,
  { name, role = 'agent', username = null, sipUser = null, sipPassword = null, passphraseHash = null }: TestAgent,
) {
  const id = randomUUID();
  const row = {
    id,
    name: name ?? `Agent ${id}`,
    role,
    username,
    passphrase_hash: passphraseHash,
  };
  await store
    .insertInto('agents')
    .values({ ...row, active: 1, version: 1, created_at: now(), updated_at: now() })
    .execute();
  if (sipUser !== null) {
    // Has the agent's id, like the devices from the time when an agent had only one.
    const first = { id, agent_id: id, position: 0, name: '', sip_user: sipUser, sip_password: sipPassword };
    await store
      .insertInto('sip_devices')
      .values({ ...first, created_at: now() })
      .execute();
  }
  return id;
}
