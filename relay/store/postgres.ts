import { type CompiledQuery, PostgresAdapter, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { RunsAtOnce } from './run-at-once.ts';
import { sessionSettings } from './session-settings.ts';

/**
 * Kysely's PostgreSQL dialect over a pool. Failing to get a connection within 3 s is an error. Statements are prepared on the
 * connection, so a pooler in between must keep a client on one connection (`session` pooling).
 * @param statementMs timeout of a statement; 0: none
 */
export function createPostgresDialect(
  connectionString: string,
  onError: (error: Error) => void,
  statementMs = 10_000,
): PostgresDialect {
  const pool = new pg.Pool({
    connectionString,
    Client: PreparingClient,
    // Statements go out without waiting for earlier answers. Kysely waits for each anyway, except for `begin` (see
    // PreparingClient).
    pipeline: true,
    max: 10,
    connectionTimeoutMillis: 3000,
    onConnect: (client) => client.query(sessionSettings(statementMs)),
    // A server that vanishes silently leaves its connections open; with this pg ends one that does not answer.
    ...(statementMs > 0 && { query_timeout: statementMs + 2_000 }),
    types: { getTypeParser },
  });
  // The pool reports a dropped connection while it is idle; the client itself does so while it is lent between two statements of
  // a transaction. Without a listener either error would end the process.
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

/** Planning the relay's few SQL texts costs more than running them. Texts beyond this many are planned each time. */
const keptStatements = 200;
const names = new Map<string, string>();
let generation = 0;

/** The fields that Kysely expects of a result without rows. */
const nothing = (command: string) => Promise.resolve({ command, rowCount: null, rows: [] });

/**
 * Prepares statements and sends the `begin` of a transaction together with its first statement: alone it has no effect, and its
 * round trip would cost as much as the statement.
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
    // Both must succeed: a statement whose `begin` failed would run outside a transaction.
    return Promise.all([this.#send('begin', []), this.#send(text, values)]).then(([, result]) => result);
  }

  /** Sends all in one batch: after an error in between, the `commit` can only roll back. */
  async runAtOnce(queries: readonly CompiledQuery[]): Promise<void> {
    const { stream } = this.connection;
    stream.cork();
    const sent = [
      this.#send('begin', []),
      ...queries.map(({ sql, parameters }) => this.#send(sql, [...parameters])),
      this.#send('commit', []),
    ];
    stream.uncork();
    // The connection is free once all are answered; the first error is the cause of the others.
    const failed = (await Promise.allSettled(sent)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  #send(text: string, values: unknown[]): Promise<unknown> {
    const name = values.length > 0 ? nameOf(text) : undefined;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const query = new pg.Query(text, values, (error, result) => {
      if (!error) return resolve(result);
      // A newer relay changed a table, so cached plans no longer fit (feature_not_supported, "cached plan must not change").
      if ('code' in error && error.code === '0A000') forgetNames();
      reject(error);
    });
    // Assigned afterwards, because pg would clone an options object.
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
