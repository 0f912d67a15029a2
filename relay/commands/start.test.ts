import { expect, it, vi } from 'vitest';
import { startRelay } from '../server.ts';
import { testConfig } from '../testing/make-deps.ts';
import { start } from './start.ts';

const tls = { cert: 'renewed', key: 'renewed' };
vi.mock('../server.ts', () => ({ startRelay: vi.fn() }));
vi.mock('../config.ts', () => ({ readConfig: () => ({ tls }) }));

it.each([
  ['while it starts', { starting: 1, running: 0 }, 1],
  ['again and again while it starts', { starting: 3, running: 0 }, 1],
  ['once it runs', { starting: 0, running: 1 }, 1],
  ['never', { starting: 0, running: 0 }, 0],
])('a relay that hears SIGHUP %s reads its key pair anew', async (_when, { starting, running }, times) => {
  const started = Promise.withResolvers<Awaited<ReturnType<typeof startRelay>>>();
  vi.mocked(startRelay).mockReturnValue(started.promise);
  const renewKeyPair = vi.fn();
  const ended = start(testConfig);
  for (let turn = 0; turn < starting; turn += 1) process.emit('SIGHUP');
  expect(renewKeyPair).not.toHaveBeenCalled();
  started.resolve({ port: 0, opsPort: 0, renewKeyPair, lost: new Promise(() => {}), stop: async () => {} });
  await started.promise;
  await vi.waitFor(() => expect(renewKeyPair).toHaveBeenCalledTimes(Math.min(starting, 1)));
  for (let turn = 0; turn < running; turn += 1) process.emit('SIGHUP');
  process.emit('SIGTERM');
  await ended;
  expect(renewKeyPair.mock.calls).toEqual(Array.from({ length: times }, () => [tls]));
  process.removeAllListeners('SIGTERM').removeAllListeners('SIGINT').removeAllListeners('SIGHUP');
});
