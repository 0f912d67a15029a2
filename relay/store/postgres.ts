import { type CompiledQuery, PostgresAdapter, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { RunsAtOnce } from './run-at-once.ts';

/**
 * Kysely's PostgreSQL dialect over a pool. A connection that cannot be had in 3 s is an error, not a wait. Statements are
 * prepared on the connection, so a pooler in between must keep a client on one connection (`session` pooling).
 * @param statementMs how long a statement may take; 0: as long as it does
 */
export function createPostgresDialect(
  connectionString: string,
  onError: (error: Error) => void,
  statementMs = 10_000,
): PostgresDialect {
  const pool = new pg.Pool({
    connectionString,
    Client: PreparingClient,
    // What was sent before is not waited for; kysely does so by itself, but for `begin`.
    pipeline: true,
    max: 10,
    connectionTimeoutMillis: 3000,
    // Whatever the server's defaults: a call is on the disk before it is dialled.
    options: `-c synchronous_commit=on -c statement_timeout=${statementMs}`,
    // A server that went away without a word leaves its connections open; pg ends one that does not answer.
    ...(statementMs > 0 && { query_timeout: statementMs + 2_000 }),
    types: { getTypeParser },
  });
  // A connection that the server drops is reported by the pool while it is idle, and by itself while it is lent between two
  // statements of a transaction; without a listener either would end the process.
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return new DialectAtOnce(pool);
}

class DialectAtOnce extends PostgresDialect {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super({ pool });
    this.#pool = pool;
  }

  override createAdapter(): PostgresAdapter {
    return new AdapterAtOnce(this.#pool);
  }
}

class AdapterAtOnce extends PostgresAdapter implements RunsAtOnce {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super();
    this.#pool = pool;
  }

  async runAtOnce(queries: readonly CompiledQuery[]): Promise<void> {
    const client = await this.#pool.connect();
    try {
      if (!(client instanceof PreparingClient)) throw new Error('This connection is of another pool.');
      await client.runAtOnce(queries);
    } finally {
      client.release();
    }
  }
}

/** Planning the relay's few SQL texts costs more than running them. Texts beyond these are planned each time. */
const keptStatements = 200;
const names = new Map<string, string>();
let generation = 0;

/** Says the rest of what kysely asks of an answer without rows. */
const nothing = (command: string) => Promise.resolve({ command, rowCount: null, rows: [] });

/**
 * Prepares statements, and sends the `begin` of a transaction together with its first statement: nothing can come of it alone,
 * and a turn to the server and back costs as much as the statement.
 */
class PreparingClient extends pg.Client {
  #isBeginning = false;

  // biome-ignore lint/suspicious/noExplicitAny: the overloads of pg's own method, of which kysely uses the one with text and values.
  override query(...given: any[]): any {
    const [text, values] = given;
    if (typeof text !== 'string' || !Array.isArray(values) || given.length > 2) return this.#asGiven(given);
    if (text === 'begin') {
      this.#isBeginning = true;
      return nothing('BEGIN');
    }
    if (!this.#isBeginning) return this.#send(text, values);
    this.#isBeginning = false;
    if (text === 'commit' || text === 'rollback') return nothing(text.toUpperCase());
    // Both must come out well: a statement whose transaction did not begin would stand by itself.
    return Promise.all([this.#send('begin', []), this.#send(text, values)]).then(([, result]) => result);
  }

  /** One message to the server: an error in between leaves the `commit` nothing but to roll back. */
  async runAtOnce(queries: readonly CompiledQuery[]): Promise<void> {
    const { stream } = this.connection;
    stream.cork();
    const sent = [
      this.#send('begin', []),
      ...queries.map(({ sql, parameters }) => this.#send(sql, [...parameters])),
      this.#send('commit', []),
    ];
    stream.uncork();
    // The connection is free once all were answered, and the first error is the one that says why.
    const failed = (await Promise.allSettled(sent)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  #send(text: string, values: unknown[]): Promise<unknown> {
    const name = values.length > 0 ? nameOf(text) : undefined;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const query = new pg.Query(text, values, (error, result) => {
      if (!error) return resolve(result);
      // A newer relay changed a table: plans made before no longer fit (feature_not_supported, "cached plan must not change").
      if ('code' in error && error.code === '0A000') forgetNames();
      reject(error);
    });
    // Not in the constructor's options, which pg would copy with care.
    this.#asGiven([Object.assign(query, { name })]);
    return promise;
  }

  #asGiven(given: unknown[]): unknown {
    return (super.query as (...all: unknown[]) => unknown).apply(this, given);
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
