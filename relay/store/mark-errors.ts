import type { DatabaseConnection, Dialect, Driver, TransactionSettings } from 'kysely';
import { StoreError } from './store-error.ts';

/** Wraps a dialect so that every error of its engine becomes a StoreError and callers need not guess where an error came from. */
export function markErrors(dialect: Dialect): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createDriver: () => new MarkingDriver(dialect.createDriver()),
  };
}

class MarkingDriver implements Driver {
  readonly #driver: Driver;
  readonly #marked = new WeakSet<DatabaseConnection>();

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  init(): Promise<void> {
    return orStoreError(this.#driver.init());
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await orStoreError(this.#driver.acquireConnection());
    if (!this.#marked.has(connection)) {
      const executeQuery = connection.executeQuery.bind(connection);
      connection.executeQuery = (query, options) => orStoreError(executeQuery(query, options));
      this.#marked.add(connection);
    }
    return connection;
  }

  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    return orStoreError(this.#driver.beginTransaction(connection, settings));
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return orStoreError(this.#driver.commitTransaction(connection));
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return orStoreError(this.#driver.rollbackTransaction(connection));
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.#driver.releaseConnection(connection);
  }

  destroy(): Promise<void> {
    return this.#driver.destroy();
  }
}

/** Turns whatever `work` throws into a StoreError. */
export async function orStoreError<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof StoreError ? error : new StoreError(error);
  }
}
