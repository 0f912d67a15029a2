import { expect, it, vi } from 'vitest';
import { createApp } from '../app.ts';
import { StoreError } from '../store/store-error.ts';
import { addDevice } from '../testing/device.ts';
import { makeDeps } from '../testing/make-deps.ts';
import { send } from '../testing/send.ts';
import { startEndingStreams } from './open-streams.ts';

it('ends the oldest streams of a browser that opens one after the other, and those of no other browser', async () => {
  const deps = await makeDeps();
  const app = createApp(deps);
  const [looping, calm] = [await addDevice(deps), await addDevice(deps)];
  const ended = new Set<number>();
  const open = async (device: typeof calm, name: number) => {
    const { body } = await send(app, device, 'GET', '/v1/events');
    const stop = new AbortController();
    const drain = body?.pipeTo(new WritableStream(), { signal: stop.signal }).then(
      () => ended.add(name),
      () => undefined,
    );
    return { drain, stop: () => stop.abort() };
  };
  const streams = [await open(calm, -1)];
  for (let turn = 0; turn < 13; turn += 1) streams.push(await open(looping, turn));
  await Promise.all(streams.slice(1, 4).map(({ drain }) => drain));
  expect([...ended].sort()).toEqual([0, 1, 2]);
  for (const { stop } of streams) stop();
  await Promise.all(streams.map(({ drain }) => drain));
  await deps.close();
});

it('ends the streams of revoked browsers though one of them closed its own meanwhile', async () => {
  const deps = await makeDeps();
  const app = createApp(deps);
  const devices = [await addDevice(deps), await addDevice(deps)];
  const open = async (device: (typeof devices)[number]) => (await send(app, device, 'GET', '/v1/events')).body?.getReader();
  const [closed, kept] = await Promise.all(devices.map(open));
  await deps.store.updateTable('devices').set({ revoked_at: 1 }).execute();
  // Cancelled after the list of open streams was read.
  const ending = deps.streams.endStale();
  await closed?.cancel();
  await ending;
  while (!(await kept?.read())?.done);
  await deps.close();
});

it('tells once that streams cannot be checked, until they could be again', async () => {
  const { log, close } = await makeDeps();
  const told = vi.spyOn(log, 'error');
  const stopping = new AbortController();
  const answers = [false, false, true, false, false];
  const endStale = vi.fn(async () => {
    if (answers.length === 1) stopping.abort();
    if (!answers.shift()) throw new StoreError(new Error('refused'));
  });
  await startEndingStreams({ log, streams: { add: () => () => {}, endStale } }, stopping.signal, 1);
  expect([endStale.mock.calls.length, told.mock.calls.length]).toEqual([5, 2]);
  await close();
});
