import { PostgresDialect } from 'kysely';
import pg from 'pg';

/**
 * Kysely's PostgreSQL dialect over a pool. A connection that cannot be had in 3 s is an error, not a wait. Statements are
 * prepared on the connection, so a pooler in between must keep a client on one connection (`session` pooling).
 */
export function createPostgresDialect(connectionString: string, onError: (error: Error) => void): PostgresDialect {
  const pool = new pg.Pool({
    connectionString,
    Client: PreparingClient,
    max: 10,
    connectionTimeoutMillis: 3000,
    statement_timeout: 10_000,
    // Whatever the server's default: a call is on the disk before it is dialled.
    options: '-c synchronous_commit=on',
    types: { getTypeParser },
  });
  // A connection that the server drops is reported by the pool while it is idle, and by itself while it is lent between two
  // statements of a transaction; without a listener either would end the process.
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return new PostgresDialect({ pool });
}

/** Planning the relay's few SQL texts costs more than running them. Texts beyond these are planned each time. */
const keptStatements = 200;
const names = new Map<string, string>();
let generation = 0;

class PreparingClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of pg's own method, of which kysely uses the one with text and values.
  override query(...given: any[]): any {
    const [text, values, ...others] = given;
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    const query = super.query as (...all: any[]) => Promise<unknown>;
    if (!name) return query.apply(this, given);
    return query.call(this, { name, text, values }, ...others).catch((error: { code?: string }) => {
      // A newer relay changed a table: plans made before no longer fit (feature_not_supported, "cached plan must not change").
      if (error.code === '0A000') forgetNames();
      throw error;
    });
  }
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known || names.size >= keptStatements) return known;
  const name = `s${generation}_${names.size}`;
  names.set(text, name);
  return name;
}

function forgetNames(): void {
  names.clear();
  generation += 1;
}

/** bigint columns hold epoch milliseconds and counts, all below 2^53. */
const getTypeParser: typeof pg.types.getTypeParser = (oid, format) =>
  oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format);
