import { closeSync, fdatasync, openSync } from 'node:fs';

export interface WalSync {
  /** Resolves when everything committed before the call is on the disk. */
  flush(): Promise<void>;
  close(): void;
}

/**
 * Syncs SQLite's write-ahead log to the disk without blocking the process. One sync serves every commit that waits for it, and
 * the next one those that arrive while it runs, like group commit in a database server.
 */
export function createWalSync(databasePath: string, sync: (fd: number) => Promise<void> = syncData): WalSync {
  let file: number | undefined;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const start = (): Promise<void> => {
    // SQLite creates the file with the first write and keeps it while a connection is open.
    file ??= openSync(`${databasePath}-wal`, 'r+');
    next = undefined;
    const work = sync(file).finally(() => {
      if (running === work) running = undefined;
    });
    running = work;
    return work;
  };

  return {
    flush() {
      if (!running) return start();
      // The running sync may have begun before this commit was written.
      next ??= running.then(start, start);
      return next;
    },
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

function syncData(fd: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fdatasync(fd, (error) => (error ? reject(error) : resolve()));
  });
}
