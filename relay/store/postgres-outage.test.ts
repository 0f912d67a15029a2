import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { addDevice } from '../testing/device.ts';
import { makeDeps } from '../testing/make-deps.ts';
import { send } from '../testing/send.ts';
import { findPostgres, startPostgres, type TestPostgres } from '../testing/start-postgres.ts';
import { joinOnPostgres } from './join-on-postgres.ts';

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

  it('is left alone by a relay that left while it came back', async () => {
    const databaseUrl = new URL(await postgres.createDatabase());
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const pass = (socket: Socket) => {
      const upstream = connect(postgres.port, '127.0.0.1');
      socket.pipe(upstream).pipe(socket);
      for (const one of [socket, upstream]) one.on('error', () => undefined);
      socket.on('close', () => upstream.destroy());
    };
    const address = server.address();
    databaseUrl.port = String(address && typeof address === 'object' && address.port);

    const first = once(server, 'connection') as Promise<[Socket]>;
    first.then(([socket]) => pass(socket));
    const relay = await joinOnPostgres(databaseUrl.href, () => undefined);
    const next = once(server, 'connection') as Promise<[Socket]>;
    (await first)[0].destroy();
    const [socket] = await next;
    await relay.leave();
    const closed = once(socket, 'close');
    pass(socket);
    await closed;
    server.close();
    await once(server, 'close');
  });
});
