import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { createListeners } from './listeners.ts';
import type { Membership } from './membership.ts';
import type { Store } from './open-store.ts';
import { sessionSettings } from './session-settings.ts';

const channel = 'dialside';
/** Every relay holds this lock shared, so whoever gets it exclusively knows that no relay runs. */
const anyRelay = 'any relay';
const firstRetryMs = 200;
const longestRetryMs = 1_000;
/** How often the session is probed and how fast it must answer: nothing else reveals a server that vanished silently. */
const tryEveryMs = 1_000;
const answerMs = 2_000;
const connectMs = 3_000;

/** How long the other relays get to retake their locks before one is taken for gone. */
export interface Patience {
  /** After an outage of the database: covers detecting it, one failed retry and the reconnection. */
  settlingMs: number;
  /** When only that relay's session ended. */
  comeBackMs: number;
}

/**
 * Joins with a session of its own. It holds an advisory lock under the relay's id, which PostgreSQL releases when the session
 * ends, and listens for the other relays' notifications. Reconnects by itself after an outage.
 */
export async function joinOnPostgres(
  connectionString: string,
  onError: (error: Error) => void,
  { settlingMs, comeBackMs }: Patience = { settlingMs: 6_000, comeBackMs: 1_000 },
): Promise<Membership> {
  const id = randomUUID();
  const listeners = createListeners();
  /** Relays found gone before, for which comeBackMs is not waited again. */
  const gone = new Set<string>();
  let session: pg.Client | null = null;
  let trustedFrom = Number.POSITIVE_INFINITY;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let left = false;

  /** Returns how long the server has been up, in milliseconds. */
  async function connect(): Promise<number> {
    const client = new pg.Client({
      connectionString,
      connectionTimeoutMillis: connectMs,
      query_timeout: 12_000,
      // Lets probes go out while another query runs.
      pipeline: true,
    });
    const lost = (error?: Error) => {
      if (session !== client) return;
      session = null;
      trustedFrom = Number.POSITIVE_INFINITY;
      if (left) return;
      onError(error ?? new Error('The session of the relay ended.'));
      retry();
    };
    client.on('error', lost);
    client.on('end', () => lost());
    client.on('notification', ({ payload }) => listeners.call(payload ?? ''));
    try {
      await client.connect();
      await client.query(sessionSettings(10_000));
      await client.query('select pg_advisory_lock($1), pg_advisory_lock_shared($2)', [lockOf(id), lockOf(anyRelay)]);
      await client.query(`listen ${channel}`);
      const { rows } = await client.query<{ up: number }>(upMs);
      if (left) throw new Error('The relay has left meanwhile.');
      failures = 0;
      session = client;
      return rows[0]?.up ?? 0;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  async function tryConnection(client: pg.Client): Promise<void> {
    let isAnswered = false;
    // If this process itself was held up, the answer may have arrived without being read yet.
    const lookAgain = () => setImmediate(() => isAnswered || client.connection.stream.destroy());
    const late = setTimeout(lookAgain, answerMs);
    await client.query('select 1').catch(() => undefined);
    isAnswered = true;
    clearTimeout(late);
  }

  function retry(): void {
    if (left) return;
    const waitMs = Math.min(longestRetryMs, firstRetryMs * 2 ** failures);
    failures += 1;
    timer = setTimeout(() => {
      connect().then(() => {
        trustedFrom = performance.now() + settlingMs;
      }, retry);
    }, waitMs);
  }

  async function isLockFree(relay: string): Promise<boolean> {
    if (!session || performance.now() < trustedFrom) return false;
    // One statement, so that a lock obtained by the test is released at once.
    const question = 'select case when pg_try_advisory_lock($1) then pg_advisory_unlock($1) else false end as free';
    try {
      const { rows } = await session.query<{ free: boolean }>(question, [lockOf(relay)]);
      return rows[0]?.free === true;
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)));
      return false;
    }
  }

  // A server start cut off the other relays too: they get the settling time from that moment on.
  trustedFrom = settlingMs - (await connect()) + performance.now();
  const trying = setInterval(() => session && tryConnection(session), tryEveryMs);
  return {
    id,
    isSeen: () => session !== null,
    async isGone(relay) {
      if (relay === id) return false;
      if (!(await isLockFree(relay))) {
        gone.delete(relay);
        return false;
      }
      if (gone.has(relay)) return true;
      await wait(comeBackMs);
      if (!(await isLockFree(relay))) return false;
      gone.add(relay);
      return true;
    },
    tell(topic) {
      if (!session) return listeners.call(topic);
      session.query('select pg_notify($1, $2)', [channel, topic]).catch(() => listeners.call(topic));
    },
    listen: listeners.add,
    async leave() {
      left = true;
      clearTimeout(timer);
      clearInterval(trying);
      await session?.end().catch(() => undefined);
    },
  };
}

/** Whether a relay runs on the database. If none does, none can start before the transaction ends. */
export async function isRelayOnDatabase(transaction: Store): Promise<boolean> {
  const { rows } = await sql<{ alone: boolean }>`select pg_try_advisory_xact_lock(${lockOf(anyRelay)}) as alone`.execute(
    transaction,
  );
  return rows[0]?.alone !== true;
}

/**
 * Milliseconds since the server began to accept writes. A promoted standby did so no earlier than its last replayed transaction.
 * https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-RECOVERY-INFO
 */
const upMs = `select 1000 * extract(epoch from clock_timestamp()
  - greatest(pg_postmaster_start_time(), pg_last_xact_replay_timestamp()))::float8 as up`;

/** Advisory locks are named by 64-bit integers. */
function lockOf(id: string): string {
  return createHash('sha256').update(`dialside:${id}`).digest().readBigInt64BE().toString();
}
