import { accept, type Checked, refuse } from './api-problem.ts';
import { type Account, type HashOrder, headerHash, queryHash } from './hash.ts';

const headerNames = { appId: 'x-auth-app-id', hash: 'x-auth-app-hash' } as const;

interface AuthenticationRules {
  account: Account;
  /** Order inside the hash of the histories only; the vendor's Vietnamese page gives the other order once. */
  hashOrder?: HashOrder;
}

/**
 * Checks a signed query (sections 1.2 and 2.2): the appId, that each parameter is known and sent at most once, and the hash over
 * what was sent. `order` lists the parameters of the document's table without appId and hash. Returns the parameters by name.
 */
export function authenticateQuery(
  query: URLSearchParams,
  order: readonly string[],
  rules: AuthenticationRules,
): Checked<Map<string, string>> {
  const appId = query.get('appId');
  if (!appId) return refuse('APPID_MISSING', 'The query has no appId.');
  if (appId !== rules.account.appId) return refuse('APPID_NOT_FOUND', `The appId ${appId} is not known.`);
  const sent = order.filter((name) => query.has(name));
  const values = sent.map((name) => query.get(name) ?? '');
  const hash = query.get('hash');
  if (hash === null) return refuse('HASH_NOT_MATCH', 'The query has no hash.');
  if (hash !== queryHash(rules.account, values, rules.hashOrder)) {
    return refuse('HASH_NOT_MATCH', `The hash does not match appId, ${sent.join(', ') || 'nothing'} and the secret.`);
  }
  const names = [...query.keys()];
  const strange = names.find((name) => name !== 'appId' && name !== 'hash' && !order.includes(name));
  if (strange !== undefined) return refuse('INVALID_PARAMETER', `The document knows no parameter ${strange}.`);
  if (new Set(names).size !== names.length) return refuse('INVALID_PARAMETER', 'A parameter was sent twice.');
  return accept(new Map(sent.map((name, index) => [name, values[index] ?? ''])));
}

/** Checks the two headers of sections 3.2 and 4.2. */
export function authenticateHeaders(headers: Headers, account: Account): Checked<true> {
  const appId = headers.get(headerNames.appId);
  if (!appId) return refuse('APPID_MISSING', `The header ${headerNames.appId} is missing.`);
  if (appId !== account.appId) return refuse('APPID_NOT_FOUND', `The appId ${appId} is not known.`);
  if (headers.get(headerNames.hash) !== headerHash(account)) {
    return refuse('HASH_NOT_MATCH', `The header ${headerNames.hash} is not sha256(appId + appSecret) in lower-case hex.`);
  }
  return accept(true);
}
