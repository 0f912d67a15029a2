import { sipCredentialsOf } from '../agents/sip-credentials.ts';
import type { VoiceToken } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { RelayError } from '../http/relay-error.ts';
import { isDue } from '../is-due.ts';

/** A token this close to its end is not handed out. */
const marginMs = 30_000;

interface Kept {
  /** The credentials it was obtained with; changed credentials need a new token. */
  of: string;
  token: Promise<VoiceToken>;
  askedAt: number;
  /** How long it is handed out, counted from `askedAt`. */
  livesMs: number;
}

type TokenDeps = Pick<Deps, 'store' | 'config' | 'antbuddy' | 'now'>;

export interface VoiceTokens {
  tokenFor(agentId: string): Promise<VoiceToken>;
  /** For tokens that were refused although they should still be valid. */
  forgetAll(): void;
}

/**
 * Voice tokens (section 4), one per agent, kept in memory until shortly before they end; one request in flight per agent. Throws
 * `agent_not_mapped` and the errors that AntBuddy's refusals map to.
 */
export function createVoiceTokens(deps: TokenDeps): VoiceTokens {
  const kept = new Map<string, Kept>();
  return {
    forgetAll: () => kept.clear(),
    async tokenFor(agentId) {
      const credentials = await sipCredentialsOf(deps, agentId);
      if (!credentials) throw new RelayError('agent_not_mapped');
      const { sipUser, sipPassword } = credentials;
      const of = JSON.stringify([sipUser, sipPassword]);
      const askedAt = deps.now();
      const known = kept.get(agentId);
      if (known && known.of === of && !isDue(askedAt, known.askedAt, known.livesMs)) return known.token;
      const token = deps.antbuddy.voiceToken({ sipUser, sipPassword });
      const entry: Kept = { of, token, askedAt, livesMs: Number.POSITIVE_INFINITY };
      kept.set(agentId, entry);
      try {
        const { expiresAt } = await token;
        entry.livesMs = expiresAt - marginMs - askedAt;
        return await token;
      } catch (error) {
        if (kept.get(agentId) === entry) kept.delete(agentId);
        throw error;
      }
    },
  };
}
