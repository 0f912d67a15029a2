import type { RelayConfig } from '../config.ts';
import { StoreError } from '../store/store-error.ts';

/** The sentence that a failed command ends with; it says what to do where that is known. */
export function explainFailure(error: unknown, config: Pick<RelayConfig, 'place'> | null): string {
  const said = error instanceof Error ? error.message : String(error);
  if (!config || !concernsStore(error)) return said;
  const reason = said.replace(/\.$/, '');
  return 'databaseUrl' in config.place
    ? `The PostgreSQL store cannot be used: ${reason}. Look at DATABASE_URL and at the server.`
    : `The SQLite store in ${config.place.dataDir} cannot be used: ${reason}. Look at RELAY_DATA_DIR, who owns it and its free space.`;
}

/**
 * SQLite and file-system errors name the failing call, PostgreSQL connection errors have a code; kysely passes some of them on
 * unchanged.
 */
function concernsStore(error: unknown): boolean {
  if (error instanceof StoreError) return true;
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  return code === 'ERR_SQLITE_ERROR' || syscall === 'mkdir' || syscall === 'access' || syscall === 'connect';
}
