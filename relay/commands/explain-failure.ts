import type { RelayConfig } from '../config.ts';
import { StoreError } from '../store/store-error.ts';

/** The one sentence with which a command ends; what to do about it where that is known. */
export function explainFailure(error: unknown, config: Pick<RelayConfig, 'place'> | null): string {
  const said = error instanceof Error ? error.message : String(error);
  if (!config || !concernsStore(error)) return said;
  const reason = said.replace(/\.$/, '');
  return 'databaseUrl' in config.place
    ? `The PostgreSQL store cannot be used: ${reason}. Look at DATABASE_URL and at the server.`
    : `The SQLite store in ${config.place.dataDir} cannot be used: ${reason}. Look at RELAY_DATA_DIR, who owns it and its free space.`;
}

/** SQLite and the file system name the failing call, the connection to PostgreSQL its code; kysely passes some on as they are. */
function concernsStore(error: unknown): boolean {
  if (error instanceof StoreError) return true;
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  return code === 'ERR_SQLITE_ERROR' || syscall === 'mkdir' || syscall === 'access' || syscall === 'connect';
}
