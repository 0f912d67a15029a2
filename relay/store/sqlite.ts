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

/** Statements are compiled once: the relay has few SQL texts, and compiling costs more than running them. */
const keptStatements = 200;
/** Checkpoint interval in WAL pages of 4 kB. A call changes about twenty, mostly the same: rarer checkpoints copy fewer. */
const checkpointPages = 4000;
const cacheKilobytes = 8000;

/**
 * Kysely's SQLite dialect over `node:sqlite`. A commit resolves once it would survive power loss. The disk sync runs off the main
 * thread and is shared by all waiting commits (see wal-sync.ts), which `synchronous = FULL` could not do.
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

/** There is one connection, but the driver itself queues its users: Kysely's own queue would block until the disk has synced. */
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

  /** Kysely denies it, but https://sqlite.org/lang_transaction.html has no such limit. It makes a migration all or nothing. */
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
    // NORMAL keeps the file consistent in any case; WalSync adds what FULL would, that a commit is on the disk. On some file
    // systems SQLite refuses WAL mode.
    this.#sync = mode === 'wal' ? createWalSync(path, { alone: (work) => this.#alone(work) }) : null;
    this.#database.exec(`PRAGMA synchronous = ${this.#sync ? 'NORMAL' : 'FULL'}`);
    this.#database.exec(`PRAGMA wal_autocheckpoint = ${checkpointPages}; PRAGMA cache_size = -${cacheKilobytes}`);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#idle.pop() ?? new SqliteConnection(this.#prepare, this.#turns, this.#sync);
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    // A deferred transaction that reads first can fail to become a writer if another process wrote meanwhile.
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

  /** Holds the lock that every writer needs; within a transaction this process already does. */
  #alone(work: () => void): void {
    let isHeld = false;
    try {
      this.#database.exec('begin immediate');
    } catch (error) {
      // `isTransaction` would tell, but not before Node 22.16.
      isHeld = error instanceof Error && error.message.includes('within a transaction');
      if (!isHeld) throw error;
    }
    try {
      work();
    } finally {
      if (!isHeld) this.#database.exec('rollback');
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

/** One user's view of the store: a transaction has the database to itself; outside one, each statement does. */
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

  /** Does nothing after a commit whose disk sync failed: by then another user has the turn, so there is nothing to roll back. */
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

/** Raw queries that begin with `with` only read: none in the relay writes. */
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

/** A queue: first come, first served. */
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
      // `taken` stays true, so that nobody gets in before the next in the queue.
      if (next) next();
      else taken = false;
    },
  };
}
