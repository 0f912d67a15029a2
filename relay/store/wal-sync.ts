import { closeSync, fdatasync, openSync } from 'node:fs';

export interface WalSync {
  /** Resolves when everything that was committed before is on the disk. */
  flush(): Promise<void>;
  close(): void;
}

/**
 * Brings SQLite's write-ahead log to the disk without holding up the process. One sync stands for every commit that waited for
 * it, and the next one for those that came while it ran, as a database server groups commits.
 */
export function createWalSync(databasePath: string, sync: (fd: number) => Promise<void> = syncData): WalSync {
  let file: number | undefined;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const start = (): Promise<void> => {
    // Made by SQLite with the first write, and kept for as long as a connection is open.
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
      // The one that runs may have begun before the commit was written.
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
