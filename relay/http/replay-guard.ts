import { createHash } from 'node:crypto';
import { RelayError } from './relay-error.ts';

/**
 * Remembers used proofs (RFC 9449 §11.1) in two generations of `windowMs`, so that a proof is remembered at least as long as its
 * time stamp is accepted. Memory is bounded: above `limit`, new proofs are refused until the next generation; none is forgotten
 * early.
 */
export function createReplayGuard(windowMs = 61_000, limit = 300_000) {
  let young = new Set<string>();
  let old = new Set<string>();
  let youngSince = 0;

  return {
    isFirst(id: string, now: number): boolean {
      if (now - youngSince >= windowMs || now < youngSince) {
        old = now - youngSince < 2 * windowMs ? young : new Set();
        young = new Set();
        youngSince = now;
      }
      const key = createHash('sha256').update(id).digest().toString('latin1', 0, 12);
      if (young.has(key) || old.has(key)) return false;
      if (young.size >= limit) throw new RelayError('too_many_attempts');
      young.add(key);
      return true;
    },
  };
}
export type ReplayGuard = ReturnType<typeof createReplayGuard>;
