/** The relay does not know this browser any more: only a new code helps. */
const needsCode = ['device_revoked', 'unauthenticated', 'proof_rejected', 'not_connected'];

/** What keeps this browser from its relay until somebody does something in the options; null when waiting or trying again may do. */
export function lostAccess(code: string): 'code' | 'permission' | null {
  if (code === 'relay_permission_missing') return 'permission';
  return needsCode.includes(code) ? 'code' : null;
}

/** Whether the background asks in vain until then. A proof is also rejected when the network carried one request twice. */
export function isHopeless(code: string): boolean {
  return code !== 'proof_rejected' && lostAccess(code) !== null;
}
