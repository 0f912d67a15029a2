import { createHash } from 'node:crypto';

/** The account of section "Register API". */
export interface Account {
  appId: string;
  appSecret: string;
}

/**
 * Position of the appId in the query hash: first as in the document's English tables, or just before the secret as printed once
 * on the vendor's Vietnamese page (reading note 3).
 */
export type HashOrder = 'appId-first' | 'appId-last';

/** sha256 in lower-case hex, the `checksum` of section "Tạo Hash". */
export function checksum(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/**
 * Hash of a GET request: `appId`, the values of the parameters that were sent in the order of the document's table, `appSecret`.
 * Absent parameters add nothing.
 */
export function queryHash(account: Account, sent: readonly string[], order: HashOrder = 'appId-first'): string {
  const values = sent.join('');
  const named = order === 'appId-first' ? account.appId + values : values + account.appId;
  return checksum(named + account.appSecret);
}

/** Value of `x-auth-app-hash` for POST requests: sha256(appId + appSecret). */
export function headerHash(account: Account): string {
  return checksum(account.appId + account.appSecret);
}
