const codes = ['not_connected', 'relay_permission_missing', 'unauthenticated', 'device_revoked'];

/** Whether waiting mends nothing: somebody has to connect this browser or allow the relay's address first. */
export const isHopeless = (code: string): boolean => codes.includes(code);
