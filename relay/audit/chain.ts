import { createHash, createHmac } from 'node:crypto';
import type { AuditTable } from '../store/tables.ts';

/** One line of the log, as stored (times in epoch milliseconds, `detail` canonical JSON). */
export type AuditLine = AuditTable;

/** `previous_hash` of the first line. */
export const noHash = '0'.repeat(64);

/** SHA-256, hex, over all other fields of the line, which include the hash of the line before it. */
export function hashOf(line: Omit<AuditLine, 'hash'>): string {
  const { seq, at, actor, action, subject, detail, previous_hash } = line;
  return createHash('sha256')
    .update(JSON.stringify([seq, at, actor, action, subject, detail, previous_hash]))
    .digest('hex');
}

/** Signs the end of the log: without RELAY_KEY, write access to the database is not enough to cut its tail or rewrite it all. */
export function signHead(headKey: Buffer, seq: number, hash: string): string {
  return createHmac('sha256', headKey).update(`${seq}|${hash}`).digest('hex');
}

/** JSON with sorted keys: the same detail always gives the same text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
