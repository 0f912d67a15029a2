import { setTimeout as wait } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import type { Logger } from 'pino';
import { createAntBuddyClient } from './antbuddy/antbuddy-client.ts';
import { createApp } from './app.ts';
import { noteRestored } from './audit/note-restored.ts';
import { sweepAbandonedCalls } from './calls/settle-call.ts';
import type { RelayConfig } from './config.ts';
import { createDeps } from './deps.ts';
import { startEndingStreams } from './events/open-streams.ts';
import { startLiveCalls } from './events/start-live-calls.ts';
import { startHistoryMirror } from './history/start-history-mirror.ts';
import { startPurge } from './history/start-purge.ts';
import { startHousekeeping } from './housekeeping.ts';
import { createServer } from './http/create-server.ts';
import { close, listen } from './http/listen.ts';
import { createMetrics } from './http/metrics.ts';
import { createOpsServer } from './http/ops-server.ts';
import { refuseUnread } from './http/refuse-unread.ts';
import { keepRunning } from './keep-running.ts';
import { startRecordingUpkeep } from './recordings/start-recording-upkeep.ts';
import { ensureRelayKey } from './store/key-check.ts';
import { joinRelays, type Membership, refuseSecondRelay } from './store/membership.ts';
import { describePlace, openStore } from './store/open-store.ts';
import { createStoreProbe } from './store/probe-store.ts';
import { watchRelayKey } from './store/watch-relay-key.ts';

export interface RunningRelay {
  port: number;
  opsPort: number;
  /**
   * Uses this key pair for new connections; does nothing if the relay was started without TLS. Throws when certificate and key do
   * not match.
   */
  renewKeyPair: (tls: NonNullable<RelayConfig['tls']>) => void;
  /** Resolves with the reason if the relay must not continue; the caller then stops it. */
  lost: Promise<Error>;
  /** Finishes pending requests, then releases everything. Safe to call twice. */
  stop: () => Promise<void>;
}

/**
 * On stopping, clients are told to go elsewhere before the port closes, because connections on their way to a closing port are
 * cut: at least `drainMs`, then until nothing has arrived for `quietMs`, at most `longestDrainMs`. `finishMs` is how long their
 * last requests may take.
 */
const drainMs = 1_000;
const quietMs = 500;
const longestDrainMs = 5_000;
const finishMs = 12_000;

/** Opens the store, listens, and starts the history mirror. Rejects with a sentence when something required is missing. */
export async function startRelay(config: RelayConfig, log: Logger): Promise<RunningRelay> {
  // Before openStore: migrating under a running relay would break it.
  refuseSecondRelay(config.place);
  const store = await openStore(config.place, (error) => log.error({ err: error }, 'a store connection was lost'));
  const ending = new AbortController();
  let relays: Membership | undefined;
  try {
    // In this order, so that the key cannot be replaced in between: see refuseBesideRelays.
    relays = await joinRelays(store, config.place, (error) => log.error({ err: error }, 'the store does not see this relay'));
    if (await ensureRelayKey(store, config.relayKey)) {
      const { name, setting } = describePlace(config.place);
      log.warn({ store: name }, `a new store was made; if a relay ran before, ${setting} is not the one it had`);
    }
    if (await noteRestored({ config, store, now: Date.now }))
      log.warn(
        'the store was made anew, from a backup or by a move: what was done since that copy is not in it, see docs/operating.md of Dialside',
      );
    const antbuddy = createAntBuddyClient({ antbuddy: config.antbuddy, warn: (text) => log.warn(text) });
    const deps = createDeps({ config, store, antbuddy, log, now: Date.now });
    const metrics = createMetrics(deps);
    const app = createApp(deps, metrics);

    // Before requests are answered: an agent whose call was interrupted may call again at once.
    await sweepAbandonedCalls(deps);

    let draining = false;
    let lastComer = 0;
    const unread = refuseUnread(deps, metrics);
    const server = createServer(
      { ...config, log, unread: unread.text },
      getRequestListener(app.fetch, { errorHandler: unread.response }),
    );
    server.on('connection', () => {
      lastComer = performance.now();
    });
    server.prependListener('request', (_request, response) => {
      lastComer = performance.now();
      if (draining) response.shouldKeepAlive = false;
    });
    const probe = createStoreProbe(deps);
    const isStoreWell = () =>
      probe().then(
        () => true,
        (error: unknown) => {
          metrics.noteStoreError();
          log.error({ err: error }, 'the store takes no calls');
          return false;
        },
      );
    const isReady = async () => !draining && (await isStoreWell());
    const ops = createOpsServer({ isReady, metrics });
    const port = await listen(server, config.port, config.host);
    const opsPort = await listen(ops, config.opsPort, config.opsHost).catch(async (error: unknown) => {
      // If it stayed open, it would keep the process alive and answer without a store.
      await close(server, 0);
      throw error;
    });
    const starters = [
      startHousekeeping,
      startPurge,
      startHistoryMirror,
      startLiveCalls,
      startEndingStreams,
      startRecordingUpkeep,
    ];
    const background = starters.map((start) =>
      keepRunning(start.name, async () => start(deps, ending.signal), log, ending.signal),
    );
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    log.info({ port, opsPort, timeZone }, 'the relay is listening');

    let stopped: Promise<void> | undefined;
    const stop = async () => {
      draining = true;
      log.info('the relay is stopping');
      const since = performance.now();
      await wait(drainMs);
      while (performance.now() - lastComer < quietMs && performance.now() - since < longestDrainMs) await wait(50);
      ending.abort();
      await close(server, finishMs);
      await deps.calls.settled();
      await Promise.all(background);
      await close(ops, 0);
      await relays?.leave();
      await store.destroy();
      log.info('the relay stopped');
    };
    const renewKeyPair = (tls: NonNullable<RelayConfig['tls']>) => {
      if ('setSecureContext' in server) server.setSecureContext({ ...tls, minVersion: 'TLSv1.2' });
    };
    const lost = watchRelayKey(deps, ending.signal);
    return { port, opsPort, renewKeyPair, lost, stop: () => (stopped ??= stop()) };
  } catch (error) {
    ending.abort();
    await relays?.leave();
    await store.destroy();
    throw error;
  }
}
