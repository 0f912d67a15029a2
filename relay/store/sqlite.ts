import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { RunsAtOnce } from './run-at-once.ts';
import { createWalSync, type WalSync } from './wal-sync.ts';

/** Statements are compiled once: the relay's SQL texts are few, and compiling costs more than running them. */
const keptStatements = 200;
/** Pages of 4 kB. A call changes about twenty, mostly the same ones as the call before: the rarer they are copied, the fewer. */
const checkpointPages = 4000;
const cacheKilobytes = 8000;

/**
 * Kysely's SQLite dialect over `node:sqlite`. A commit is told of when it would survive power loss; the waiting for the disk is
 * done beside the process and shared by the commits that wait (see wal-sync.ts), which `synchronous = FULL` could not.
 */
export function createSqliteDialect(path: string): Dialect {
  const driver = new SqliteDriver(path);
  return {
    createAdapter: () => new ParallelAdapter(driver),
    createDriver: () => driver,
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/** There is one connection, but the driver itself says whose turn it is: kysely's turns would last until the disk has answered. */
class ParallelAdapter extends SqliteAdapter implements RunsAtOnce {
  readonly #driver: SqliteDriver;

  constructor(driver: SqliteDriver) {
    super();
    this.#driver = driver;
  }

  runAtOnce(queries: readonly CompiledQuery[]): Promise<void> {
    return this.#driver.runAtOnce(queries);
  }

  override get supportsMultipleConnections(): boolean {
    return true;
  }

  /** Kysely calls it unsupported; https://sqlite.org/lang_transaction.html knows no such limit. An upgrade is whole or not begun. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class SqliteDriver implements Driver {
  readonly #database: DatabaseSync;
  readonly #prepare: Prepare;
  readonly #sync: WalSync | null;
  readonly #turns = createTurns();
  readonly #idle: SqliteConnection[] = [];
  #isClosing = false;

  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#prepare = prepareOnce(this.#database);
    this.#database.exec('PRAGMA busy_timeout = 3000; PRAGMA foreign_keys = ON');
    // What is deleted is written over: a number that the company keeps no longer would be found in the file for years.
    this.#database.exec('PRAGMA secure_delete = ON');
    const mode = this.#database.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode;
    // NORMAL keeps the file whole whatever happens; what FULL adds, that a commit is on the disk, is the WalSync's part. There
    // are file systems on which SQLite refuses to keep a log.
    this.#sync = mode === 'wal' ? createWalSync(path) : null;
    this.#database.exec(`PRAGMA synchronous = ${this.#sync ? 'NORMAL' : 'FULL'}`);
    this.#database.exec(`PRAGMA wal_autocheckpoint = ${checkpointPages}; PRAGMA cache_size = -${cacheKilobytes}`);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#idle.pop() ?? new SqliteConnection(this.#prepare, this.#turns, this.#sync);
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    // A deferred transaction that reads first can fail to become a writer when another process wrote meanwhile.
    await own(connection).begin('begin immediate');
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await own(connection).end('commit');
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await own(connection).end('rollback');
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    own(connection).letGo();
    this.#idle.push(own(connection));
  }

  async runAtOnce(queries: readonly CompiledQuery[]): Promise<void> {
    if (this.#isClosing) throw new Error('The store is closed.');
    const connection = await this.acquireConnection();
    try {
      await this.beginTransaction(connection);
      try {
        for (const query of queries) await connection.executeQuery(query);
        await this.commitTransaction(connection);
      } catch (error) {
        await this.rollbackTransaction(connection);
        throw error;
      }
    } finally {
      await this.releaseConnection(connection);
    }
  }

  async destroy(): Promise<void> {
    this.#isClosing = true;
    await this.#turns.take();
    await this.#sync?.flush();
    this.#database.close();
    this.#sync?.close();
  }
}

/** What one user of the store sees: a transaction has the database to itself, anything else for one statement. */
class SqliteConnection implements DatabaseConnection {
  readonly #prepare: Prepare;
  readonly #turns: Turns;
  readonly #sync: WalSync | null;
  #inTransaction = false;

  constructor(prepare: Prepare, turns: Turns, sync: WalSync | null) {
    this.#prepare = prepare;
    this.#turns = turns;
    this.#sync = sync;
  }

  async begin(sql: string): Promise<void> {
    await this.#turns.take();
    try {
      this.#run(CompiledQuery.raw(sql));
      this.#inTransaction = true;
    } finally {
      if (!this.#inTransaction) this.#turns.pass();
    }
  }

  /** Rolling back what was committed, because the disk then failed, does nothing: by now it is somebody else's turn. */
  async end(sql: 'commit' | 'rollback'): Promise<void> {
    if (!this.#inTransaction) return;
    this.#run(CompiledQuery.raw(sql));
    this.letGo();
    if (sql === 'commit') await this.#sync?.flush();
  }

  letGo(): void {
    if (this.#inTransaction) this.#turns.pass();
    this.#inTransaction = false;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#inTransaction) return this.#run<Row>(query);
    await this.#turns.take();
    let result: QueryResult<Row>;
    try {
      result = this.#run<Row>(query);
    } finally {
      this.#turns.pass();
    }
    if (!isRead(query)) await this.#sync?.flush();
    return result;
  }

  // biome-ignore lint/correctness/useYield: the relay streams nothing out of the store; kysely asks for the method.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('Streaming is not supported.');
  }

  #run<Row>({ sql, parameters }: CompiledQuery): QueryResult<Row> {
    const { statement, reader } = this.#prepare(sql);
    const values = parameters as SQLInputValue[];
    if (reader) return { rows: statement.all(...values) as Row[] };
    const { changes, lastInsertRowid } = statement.run(...values);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }
}

function own(connection: DatabaseConnection): SqliteConnection {
  if (connection instanceof SqliteConnection) return connection;
  throw new Error('This connection is of another driver.');
}

/** Of what is written out as text, nothing that begins with `with` changes anything. */
function isRead({ query, sql }: CompiledQuery): boolean {
  return query.kind === 'RawNode' ? /^\s*(select|with)\b/i.test(sql) : query.kind === 'SelectQueryNode';
}

type Prepare = (sql: string) => { statement: StatementSync; reader: boolean };

function prepareOnce(database: DatabaseSync): Prepare {
  const kept = new Map<string, ReturnType<Prepare>>();
  return (sql) => {
    const known = kept.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    const prepared = { statement, reader: statement.columns().length > 0 };
    if (kept.size < keptStatements) kept.set(sql, prepared);
    return prepared;
  };
}

interface Turns {
  take(): Promise<void>;
  pass(): void;
}

/** First come, first served. */
function createTurns(): Turns {
  const waiting: (() => void)[] = [];
  let taken = false;
  return {
    async take() {
      if (taken) await new Promise<void>((resolve) => waiting.push(resolve));
      taken = true;
    },
    pass() {
      const next = waiting.shift();
      // Still taken: nobody may come between this and the one whose turn it is.
      if (next) next();
      else taken = false;
    },
  };
}
