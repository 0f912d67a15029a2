import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Dialect, Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { markErrors } from './mark-errors.ts';
import { migrations } from './migrations/index.ts';
import { createPostgresDialect } from './postgres.ts';
import { createSqliteDialect } from './sqlite.ts';
import type { Tables } from './tables.ts';

export type Store = Kysely<Tables>;
/** Where the relay keeps its data: one folder (SQLite) or a `postgres://` URL that several relays may share. */
export type StorePlace = { dataDir: string } | { databaseUrl: string };

/** Opens the store and migrates its schema. Rejects when it cannot be reached, belongs to a newer relay or a migration fails. */
export async function openStore(place: StorePlace, onError: (error: Error) => void): Promise<Store> {
  // No statement timeout here: migrating millions of rows, or waiting for another relay's migration, takes long.
  if ('databaseUrl' in place) {
    const store = await openStoreOn(createPostgresDialect(place.databaseUrl, onError, 0));
    await store.destroy();
  }
  return openStoreOn(createDialect(place, onError));
}

/** openStore for a given dialect of either engine; tests pass one in memory. */
export async function openStoreOn(dialect: Dialect): Promise<Store> {
  const { store, migrator } = connect(dialect);
  return orDestroy(store, async () => {
    // For a newer store Kysely would only say that its migrations are corrupted.
    await findPending(store, migrator);
    const { error } = await migrator.migrateToLatest();
    if (error) throw error;
    return store;
  });
}

export interface StoreAsIs extends Pending {
  store: Store;
}

interface Pending {
  /** How many migrations the relay's next start will run. */
  pending: number;
  /** True if the store has no tables: no relay ever ran on it. */
  isEmpty: boolean;
}

/**
 * Opens the store without changing its schema. If there is none, creates none and returns an empty one in memory. Rejects when it
 * cannot be reached or created, or belongs to a newer relay.
 */
export async function openStoreAsIs(place: StorePlace): Promise<StoreAsIs> {
  if ('databaseUrl' in place || existsSync(sqliteFile(place.dataDir))) return openAsIsOn(createDialect(place, () => undefined));
  let folder = resolve(place.dataDir);
  while (!existsSync(folder)) folder = dirname(folder);
  // The trailing slash makes this fail for anything but a folder.
  accessSync(`${folder}/`, constants.W_OK);
  return openAsIsOn(createSqliteDialect(':memory:'));
}

export async function openAsIsOn(dialect: Dialect): Promise<StoreAsIs> {
  const { store, migrator } = connect(dialect);
  return orDestroy(store, async () => ({ store, ...(await findPending(store, migrator)) }));
}

/** Throws when a newer relay has migrated the store. */
async function findPending(store: Store, migrator: Migrator): Promise<Pending> {
  const known = await migrator.getMigrations();
  const pending = known.filter(({ executedAt }) => !executedAt).length;
  const isEmpty = pending === known.length;
  const { rows } = isEmpty ? { rows: [] } : await sql<{ name: string }>`select name from kysely_migration`.execute(store);
  const [newer] = rows.filter(({ name }) => !(name in migrations));
  if (newer) throw new Error(`A newer relay brought the store up to date (${newer.name}): use that relay and its commands.`);
  return { pending, isEmpty };
}

async function orDestroy<Value>(store: Store, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    await store.destroy();
    throw error;
  }
}

function connect(dialect: Dialect) {
  const store = new Kysely<Tables>({ dialect: markErrors(dialect) });
  return { store, migrator: new Migrator({ db: store, provider: { getMigrations: async () => migrations } }) };
}

function createDialect(place: StorePlace, onError: (error: Error) => void): Dialect {
  if ('databaseUrl' in place) return createPostgresDialect(place.databaseUrl, onError);
  mkdirSync(place.dataDir, { recursive: true, mode: 0o700 });
  return createSqliteDialect(sqliteFile(place.dataDir));
}

/** For the operator: the kind of store, its location and the setting that defines it. */
export function describePlace(place: StorePlace): { name: string; setting: string } {
  return 'databaseUrl' in place
    ? { name: 'PostgreSQL', setting: 'DATABASE_URL' }
    : { name: `SQLite in ${place.dataDir}`, setting: 'RELAY_DATA_DIR' };
}

export function sqliteFile(dataDir: string): string {
  return join(dataDir, 'dialside.sqlite');
}
