/** What the engines throw, in one shape. `unique`: a unique index said no. `unavailable`: anything else, from locks to lost servers. */
export class StoreError extends Error {
  readonly kind: 'unique' | 'unavailable';

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'StoreError';
    this.kind = isUnique(cause) ? 'unique' : 'unavailable';
  }
}

/** True when a write failed because a row with the same unique value exists. */
export function isUniqueViolation(error: unknown): error is StoreError {
  return error instanceof StoreError && error.kind === 'unique';
}

/** https://sqlite.org/rescode.html (constraint_primarykey, constraint_unique) and PostgreSQL's appendix A (unique_violation). */
function isUnique(cause: unknown): boolean {
  const { errcode, code } = cause as { errcode?: unknown; code?: unknown };
  return errcode === 1555 || errcode === 2067 || code === '23505';
}
