import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Dialect, Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { markErrors } from './mark-errors.ts';
import { migrations } from './migrations/index.ts';
import { createPostgresDialect } from './postgres.ts';
import { createSqliteDialect } from './sqlite.ts';
import type { Tables } from './tables.ts';

export type Store = Kysely<Tables>;
/** Where the relay keeps its data: one folder (SQLite), or a `postgres://` URL that several relays may share. */
export type StorePlace = { dataDir: string } | { databaseUrl: string };

/** Opens the store and brings its schema up to date. Rejects when it cannot be reached or a migration fails. */
export function openStore(place: StorePlace, onError: (error: Error) => void): Promise<Store> {
  return openStoreOn(createDialect(place, onError));
}

/** The same on any dialect of the two engines; tests keep theirs in memory. */
export async function openStoreOn(dialect: Dialect): Promise<Store> {
  const store = new Kysely<Tables>({ dialect: markErrors(dialect) });
  const migrator = new Migrator({ db: store, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (!error) return store;
  await store.destroy();
  throw error;
}

function createDialect(place: StorePlace, onError: (error: Error) => void): Dialect {
  if ('databaseUrl' in place) return createPostgresDialect(place.databaseUrl, onError);
  mkdirSync(place.dataDir, { recursive: true, mode: 0o700 });
  return createSqliteDialect(sqliteFile(place.dataDir));
}

export function sqliteFile(dataDir: string): string {
  return join(dataDir, 'dialside.sqlite');
}
