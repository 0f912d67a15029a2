import type { SealedSip } from '../agents/sip-credentials.ts';
import type { Role } from '../contract.ts';

/** How long an admin's passphrase opens admin writes. */
export const stepUpLivesMs = 10 * 60_000;

/** Who sent an authenticated request, as the store said when it arrived. */
export interface Principal {
  deviceId: string;
  deviceName: string;
  agentId: string;
  agentName: string;
  role: Role;
  /** Null while admin writes are not open. */
  stepUpUntil: number | null;
  /** The agent's first SIP device that has a password; null when there is none, absent when it was not asked for. */
  sealedSip?: SealedSip | null;
}

export interface RelayEnv {
  /** What the HTTP server hands over; absent when a request is made in memory. */
  Bindings: { incoming?: { socket?: { remoteAddress?: string | undefined } } };
  /** What middleware puts into hono's context. */
  Variables: {
    requestId: string;
    principal: Principal;
    /** The request's body, unless it is too large to be read before it is known who sent it (limit-body.ts). */
    bodyText?: string;
  };
}
