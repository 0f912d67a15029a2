import { PostgresDialect } from 'kysely';
import pg from 'pg';

/** Kysely's PostgreSQL dialect over a pool. A connection that cannot be had in 3 s is an error, not a wait. */
export function createPostgresDialect(connectionString: string, onError: (error: Error) => void): PostgresDialect {
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 3000,
    statement_timeout: 10_000,
    types: { getTypeParser },
  });
  // An idle connection that the server drops is reported here; without a listener it would end the process.
  pool.on('error', onError);
  return new PostgresDialect({ pool });
}

/** bigint columns hold epoch milliseconds and counts, all below 2^53. */
const getTypeParser: typeof pg.types.getTypeParser = (oid, format) =>
  oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format);
