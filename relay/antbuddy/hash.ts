import { createHash } from 'node:crypto';

/** Where the histories' hash may have the appId: before the other values or after them. */
export const hashOrders = ['appId-first', 'appId-last'] as const;
export type HashOrder = (typeof hashOrders)[number];

/**
 * Hash of a signed GET ("Tạo Hash"): SHA-256, lower-case hex, of the values of all parameters sent, in the order of the
 * document's table, between appId and appSecret. `appId-last` is the order that the vendor's Vietnamese page gives once, for the
 * histories.
 */
export function hashParameters(
  appId: string,
  values: readonly string[],
  appSecret: string,
  order: HashOrder = 'appId-first',
): string {
  const parts = order === 'appId-first' ? [appId, ...values] : [...values, appId];
  return sha256([...parts, appSecret].join(''));
}

/** Value of the header that signs a POST, `x-auth-app-hash` (sections 3.2 and 4.2). */
export function hashHeader(appId: string, appSecret: string): string {
  return sha256(appId + appSecret);
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
