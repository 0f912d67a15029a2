import { closeSync, fdatasync, openSync, readSync, writeSync } from 'node:fs';

export interface WalSync {
  /** Resolves when everything committed before the call is on the disk. */
  flush(): Promise<void>;
  close(): void;
}

interface Options {
  sync?: (fd: number) => Promise<void>;
  /** Runs its argument while no other process can write to the log. */
  alone?: (work: () => void) => void;
}

/**
 * Syncs SQLite's write-ahead log to the disk without blocking the process. One sync serves every commit that waits for it, and
 * the next one those that arrive while it runs, like group commit in a database server.
 */
export function createWalSync(databasePath: string, { sync = syncData, alone = (work) => work() }: Options = {}): WalSync {
  let file: number | undefined;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  /**
   * After a failed sync the kernel takes what it could not write for written, and the next sync succeeds without it: after a power
   * loss the log would end there, before commits that were said to be on the disk (https://wiki.postgresql.org/wiki/Fsync_Errors).
   * So all of the log is written once more before the next sync. At first too: the relay before may have ended after a failure.
   * A checkpoint instead could copy later commits into the database that the log on the disk does not have.
   */
  let mayHaveGaps = true;

  const syncAll = async (): Promise<void> => {
    // SQLite creates the file with the first write and keeps it while a connection is open.
    file ??= openSync(`${databasePath}-wal`, 'r+');
    const log = file;
    if (mayHaveGaps) alone(() => writeAgain(log));
    mayHaveGaps = true;
    await sync(log);
    mayHaveGaps = false;
  };

  const start = (): Promise<void> => {
    next = undefined;
    const work = syncAll().finally(() => {
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

/** Writes the bytes of a file over themselves, so that the next sync takes them all to the disk. */
function writeAgain(fd: number): void {
  const chunk = Buffer.alloc(1 << 20);
  for (let at = 0; ; ) {
    const length = readSync(fd, chunk, 0, chunk.length, at);
    if (length === 0) return;
    at += writeSync(fd, chunk, 0, length, at);
  }
}
