import type { Context } from 'hono';
import { BadRequest } from './bad-request.ts';
import type { RelayEnv } from './relay-env.ts';
import { RelayError } from './relay-error.ts';

/** The version that a change applies to: `If-Match: "7"` (RFC 9110 §13.1.1). Throws `version_missing`. */
export function readIfMatch(c: Context<RelayEnv>): number {
  const header = c.req.header('if-match');
  if (!header) throw new RelayError('version_missing');
  const version = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (!version) throw new BadRequest('If-Match must hold one version as given in ETag.');
  return Number(version);
}
