import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostgres, startPostgres, type TestPostgres } from '../testing/start-postgres.ts';
import { joinOnPostgres } from './join-on-postgres.ts';
import { openStore, openStoreAsIs } from './open-store.ts';

const asked = {
  options: '-c synchronous_commit=off -c statement_timeout=0 -c search_path=elsewhere,public',
  idle_in_transaction_session_timeout: '0',
};
const withAsked = (url: string) => `${url}?${new URLSearchParams(asked).toString().replaceAll('+', '%20')}`;

describe.skipIf(findPostgres() === null)('a session on PostgreSQL', { timeout: 60_000 }, () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  }, 60_000);
  afterAll(() => postgres.stop(), 30_000);

  it('has the settings that the relay relies on, and else what the address asks for', async () => {
    const store = await openStore({ databaseUrl: withAsked(await postgres.createDatabase()) }, () => undefined);
    const { rows } = await sql<{ name: string; setting: string }>`select name, setting from pg_settings`.execute(store);
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toMatchObject({
      synchronous_commit: 'on',
      statement_timeout: '10000',
      idle_in_transaction_session_timeout: '10000',
      tcp_keepalives_idle: '10',
      tcp_keepalives_interval: '5',
      tcp_keepalives_count: '2',
      tcp_user_timeout: '20000',
      search_path: 'elsewhere,public',
    });
    await store.destroy();
  });
});

/** https://www.pgbouncer.org/config.html#ignore_startup_parameters: any other is refused. */
const poolersKnow = ['application_name', 'client_encoding', 'database', 'user'];

it.each([
  ['the store', (databaseUrl: string) => openStoreAsIs({ databaseUrl })],
  ['the membership', (databaseUrl: string) => joinOnPostgres(databaseUrl, () => undefined)],
])('a connection of %s begins with nothing that a pooler refuses', async (_, open) => {
  const first = Promise.withResolvers<Buffer>();
  const server = createServer((socket) => {
    socket.once('data', (bytes) => {
      first.resolve(bytes);
      socket.destroy();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await expect(open(`postgres://dialside@127.0.0.1:${port}/dialside`)).rejects.toThrow();
  // https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-STARTUPMESSAGE
  const names = (await first.promise)
    .subarray(8)
    .toString()
    .split('\0')
    .filter((part, turn) => part !== '' && turn % 2 === 0);
  expect(poolersKnow).toEqual(expect.arrayContaining(names));
  server.close();
});
