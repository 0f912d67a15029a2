/** The relay no longer knows this browser: only a new code helps. */
const needsCode = ['device_revoked', 'unauthenticated', 'proof_rejected', 'not_connected'];

/** What the user must do in the options to restore this browser's access to its relay; null when waiting or retrying may help. */
export function lostAccess(code: string): 'code' | 'permission' | null {
  if (code === 'relay_permission_missing') return 'permission';
  return needsCode.includes(code) ? 'code' : null;
}

/**
 * Whether the background asks in vain until then. `proof_rejected` is excluded: it also occurs when the network delivers one
 * request twice.
 */
export function isHopeless(code: string): boolean {
  return code !== 'proof_rejected' && lostAccess(code) !== null;
}
