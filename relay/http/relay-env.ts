import type { SealedSip } from '../agents/sip-credentials.ts';
import type { Role } from '../contract.ts';

/** How long an admin's confirmed passphrase permits admin writes. */
export const stepUpLivesMs = 10 * 60_000;

/** The sender of an authenticated request, as stored when the request arrived. */
export interface Principal {
  deviceId: string;
  deviceName: string;
  agentId: string;
  agentName: string;
  role: Role;
  /** Null while admin writes are not permitted. */
  stepUpUntil: number | null;
  /** The agent's first SIP device that has a password; null when there is none, absent when it was not fetched. */
  sealedSip?: SealedSip | null;
}

export interface RelayEnv {
  /** Provided by the HTTP server; absent for in-memory requests. */
  Bindings: { incoming?: { socket?: { remoteAddress?: string | undefined } } };
  /** Values that middleware puts into hono's context. */
  Variables: {
    requestId: string;
    principal: Principal;
    /** The request's body, unless it is too large to be read before authentication (limit-body.ts). */
    bodyText?: string;
  };
}
