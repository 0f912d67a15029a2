import type { Call } from '../../relay/contract.ts';
import { extensionErrorCodes } from '../../utils/reply.ts';

/** Codes of clicks that ended before the relay recorded them. */
const unwritten: readonly string[] = [
  ...extensionErrorCodes,
  'click_too_old',
  'store_unavailable',
  'unauthenticated',
  'device_revoked',
  'proof_rejected',
  'proof_used',
  'proof_stale',
  'origin_refused',
  'bad_request',
  'too_large',
  'not_found',
  'method_not_allowed',
  'too_many_attempts',
  // The call with that key is a different one.
  'idempotency_key_reused',
];

/** Whether the relay has, or may have, the call that a note would belong to. */
export function isOnRecord({ state, reason }: Pick<Call, 'state' | 'reason'>): boolean {
  return state !== 'not_sent' || reason === null || !unwritten.includes(reason.code);
}
