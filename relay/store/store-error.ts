/**
 * Errors of both engines in one shape. `unique`: violates a unique index. `empty`: null in a NOT NULL column. `unavailable`:
 * anything else, from locks to lost servers.
 */
export class StoreError extends Error {
  readonly kind: 'unique' | 'empty' | 'unavailable';

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'StoreError';
    this.kind = kindOf(cause);
  }
}

/** True when a write failed because a row with the same unique value exists. */
export function isUniqueViolation(error: unknown): error is StoreError {
  return error instanceof StoreError && error.kind === 'unique';
}

/** https://sqlite.org/rescode.html (constraint_…) and PostgreSQL's appendix A (unique_violation, not_null_violation). */
function kindOf(cause: unknown): StoreError['kind'] {
  const { errcode, code } = cause as { errcode?: unknown; code?: unknown };
  if (errcode === 1555 || errcode === 2067 || code === '23505') return 'unique';
  return errcode === 1299 || code === '23502' ? 'empty' : 'unavailable';
}
