import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { createListeners } from './listeners.ts';
import type { Membership } from './membership.ts';
import type { Store } from './open-store.ts';

const channel = 'dialside';
/** Every relay shares the lock of this name, so that whoever gets it alone knows that there is none. */
const anyRelay = 'any relay';
const firstRetryMs = 200;
const longestRetryMs = 5_000;
/** After the database was away, the other relays get this long to take their locks again. */
const settlingMs = 10_000;

/**
 * A session of its own: holds an advisory lock under the relay's id, which PostgreSQL lets go of when the session ends, and listens
 * to what the other relays tell. Comes back by itself when the database was away.
 */
export async function joinOnPostgres(
  connectionString: string,
  onError: (error: Error) => void,
  now: () => number = Date.now,
): Promise<Membership> {
  const id = randomUUID();
  const listeners = createListeners();
  let session: pg.Client | null = null;
  let trustedFrom = 0;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let left = false;

  async function connect(): Promise<void> {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 3000, statement_timeout: 10_000, keepAlive: true });
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
      await client.query('select pg_advisory_lock($1), pg_advisory_lock_shared($2)', [lockOf(id), lockOf(anyRelay)]);
      await client.query(`listen ${channel}`);
      if (left) throw new Error('The relay has left meanwhile.');
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    failures = 0;
    session = client;
  }

  function retry(): void {
    if (left) return;
    const waitMs = Math.min(longestRetryMs, firstRetryMs * 2 ** failures);
    failures += 1;
    timer = setTimeout(() => {
      connect().then(() => {
        trustedFrom = now() + settlingMs;
      }, retry);
    }, waitMs);
  }

  await connect();
  return {
    id,
    async isGone(relay) {
      if (relay === id || !session || now() < trustedFrom) return false;
      // One statement: a lock that was got is given back at once.
      const question = 'select case when pg_try_advisory_lock($1) then pg_advisory_unlock($1) else false end as gone';
      try {
        const { rows } = await session.query<{ gone: boolean }>(question, [lockOf(relay)]);
        return rows[0]?.gone === true;
      } catch (error) {
        onError(error instanceof Error ? error : new Error(String(error)));
        return false;
      }
    },
    tell(topic) {
      if (!session) return listeners.call(topic);
      session.query('select pg_notify($1, $2)', [channel, topic]).catch(() => listeners.call(topic));
    },
    listen: listeners.add,
    async leave() {
      left = true;
      clearTimeout(timer);
      await session?.end().catch(() => undefined);
    },
  };
}

/** Whether a relay lives on the database. When none does, none comes before the end of the transaction. */
export async function isRelayOnDatabase(transaction: Store): Promise<boolean> {
  const { rows } = await sql<{ alone: boolean }>`select pg_try_advisory_xact_lock(${lockOf(anyRelay)}) as alone`.execute(
    transaction,
  );
  return rows[0]?.alone !== true;
}

/** Advisory locks are named by a whole number of 64 bits. */
function lockOf(id: string): string {
  return createHash('sha256').update(`dialside:${id}`).digest().readBigInt64BE().toString();
}
