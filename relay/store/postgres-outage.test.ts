import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApp } from '../app.ts';
import { addDevice } from '../testing/device.ts';
import { makeDeps } from '../testing/make-deps.ts';
import { send } from '../testing/send.ts';
import { findPostgres, startPostgres, type TestPostgres } from '../testing/start-postgres.ts';
import { joinOnPostgres } from './join-on-postgres.ts';
import { openStoreOn } from './open-store.ts';
import { createPostgresDialect } from './postgres.ts';
import { StoreError } from './store-error.ts';

describe.skipIf(findPostgres() === null)('a database that goes away', { timeout: 60_000 }, () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres({ durable: true });
  }, 60_000);
  afterAll(() => postgres.stop(), 30_000);

  it('is answered with store_failed until it is back, three times', async () => {
    const deps = await makeDeps({ place: { databaseUrl: await postgres.createDatabase() } });
    const app = createApp(deps);
    const admin = await addDevice(deps, { role: 'admin', steppedUp: true });
    const read = async () => {
      const response = await send(app, admin, 'GET', '/v1/admin/agents');
      return [response.status, (await response.json()).error?.code];
    };
    for (let time = 0; time < 3; time += 1) {
      expect(await read()).toEqual([200, undefined]);
      await postgres.kill();
      expect(await read()).toEqual([503, 'store_failed']);
      const write = await send(app, admin, 'POST', '/v1/admin/agents', { json: { name: `A ${time}` } });
      expect(write.status).toBe(503);
      await postgres.restart();
    }
    expect(await read()).toEqual([200, undefined]);
    expect(await deps.store.selectFrom('agents').select('id').execute()).toHaveLength(1);
    expect(deps.antbuddy.dials).toEqual([]);
    await deps.close();
  });

  it('is given up when it is silent, and used again when it is not', async () => {
    const line = await lay(new URL(await postgres.createDatabase()));
    const store = await openStoreOn(createPostgresDialect(line.url, () => undefined, 500));
    const ask = () => sql`select 1`.execute(store);
    await ask();
    line.silence();
    await expect(ask()).rejects.toThrow(StoreError);
    line.mend();
    await vi.waitUntil(() => ask().catch(() => false), 10_000);
    await store.destroy();
    await line.close();
  });

  it('is known to see no relay once it is silent, and to see it again when it is not', async () => {
    const line = await lay(new URL(await postgres.createDatabase()));
    const relay = await joinOnPostgres(line.url, () => undefined);
    expect(relay.isSeen()).toBe(true);
    line.silence();
    await vi.waitUntil(() => !relay.isSeen(), 20_000);
    line.mend();
    await vi.waitUntil(() => relay.isSeen(), 20_000);
    await relay.leave();
    await line.close();
  });

  it('tells no relay that another is gone whose session alone has ended', async () => {
    const databaseUrl = await postgres.createDatabase();
    const line = await lay(new URL(databaseUrl));
    const cutOff = await joinOnPostgres(line.url, () => undefined);
    const other = await joinOnPostgres(databaseUrl, () => undefined, { settlingMs: 0, comeBackMs: 2_000 });
    line.silence();
    line.cut();
    await vi.waitUntil(() => !cutOff.isSeen());
    const gone = other.isGone(cutOff.id);
    line.mend();
    expect(await gone).toBe(false);
    await cutOff.leave();
    await vi.waitUntil(() => other.isGone(cutOff.id), 10_000);
    await other.leave();
    await line.close();
  });

  it('tells of a relay that was taken for gone that it is not, once it is back', async () => {
    const databaseUrl = await postgres.createDatabase();
    const line = await lay(new URL(databaseUrl));
    const cutOff = await joinOnPostgres(line.url, () => undefined);
    const other = await joinOnPostgres(databaseUrl, () => undefined, { settlingMs: 0, comeBackMs: 0 });
    line.silence();
    line.cut();
    await vi.waitUntil(() => other.isGone(cutOff.id), 10_000);
    line.mend();
    await vi.waitUntil(() => cutOff.isSeen(), 10_000);
    expect(await other.isGone(cutOff.id)).toBe(false);
    await cutOff.leave();
    await other.leave();
    await line.close();
  });

  it('is not believed that a relay is gone when it has only just started', async () => {
    const databaseUrl = await postgres.createDatabase();
    await postgres.restart();
    const started = performance.now();
    const isGone = async (settlingMs: number) => {
      const relay = await joinOnPostgres(databaseUrl, () => undefined, { settlingMs, comeBackMs: 0 });
      const gone = await relay.isGone(crypto.randomUUID());
      await relay.leave();
      return gone;
    };
    expect(await isGone(60_000)).toBe(false);
    await vi.waitUntil(() => performance.now() - started > 1_000, { timeout: 5_000 });
    expect(await isGone(1_000)).toBe(true);
  });

  it('is left alone by a relay that left while it came back', async () => {
    const line = await lay(new URL(await postgres.createDatabase()));
    const relay = await joinOnPostgres(line.url, () => undefined);
    line.silence();
    line.cut();
    const [socket] = (await once(line.server, 'connection')) as [Socket];
    await relay.leave();
    const closed = once(socket, 'close');
    line.mend();
    await closed;
    await line.close();
  });
});

/** A connection to the database that can be cut, or held up for a while and then deliver everything that was sent. */
async function lay(databaseUrl: URL) {
  const target = Number(databaseUrl.port);
  const ends = new Set<Socket>();
  let isSilent = false;
  const server = createServer((socket) => {
    const upstream = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      ends.add(from);
      from.on('error', () => undefined);
      from.on('close', () => {
        ends.delete(from);
        to.destroy();
      });
      from.pipe(to);
      if (isSilent) from.pause();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  databaseUrl.port = String(address && typeof address === 'object' && address.port);
  return {
    server,
    url: databaseUrl.href,
    silence() {
      isSilent = true;
      for (const end of ends) end.pause();
    },
    mend() {
      isSilent = false;
      for (const end of ends) end.resume();
    },
    cut() {
      for (const end of ends) end.destroy();
    },
    async close() {
      server.close();
      await once(server, 'close');
    },
  };
}
