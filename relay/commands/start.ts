import type { Logger } from 'pino';
import { type RelayConfig, readConfig } from '../config.ts';
import { createLogger } from '../logging.ts';
import { homeTimeZone } from '../policy/home-time-zone.ts';
import { type RunningRelay, startRelay } from '../server.ts';

/**
 * Runs until SIGTERM or SIGINT, even one that comes while it starts; a second signal ends it at once. SIGHUP, at any
 * time as well, reads the TLS key pair anew and changes nothing else.
 */
export async function start(config: RelayConfig): Promise<void> {
  const { promise: signalled, resolve } = Promise.withResolvers<void>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(1));
      resolve();
    });
  }
  keepHomeClock(config.homeRegion);
  const log = createLogger(config.logLevel);
  let relay: RunningRelay | undefined;
  let isRenewed = false;
  // Before the relay runs: unheard, SIGHUP would end it.
  process.on('SIGHUP', () => {
    if (relay) readKeyPairAnew(relay, log);
    else isRenewed = true;
  });
  relay = await startRelay(config, log);
  if (isRenewed) readKeyPairAnew(relay, log);
  const failure = await Promise.race([signalled, relay.lost]);
  if (failure) log.error({ err: failure }, 'the relay must not go on');
  await relay.stop();
  if (failure) throw failure;
}

/** Servers and containers keep UTC; the company's days and its files' names go by the clock of the place where it works. */
function keepHomeClock(homeRegion: string): void {
  const zone = homeTimeZone(homeRegion);
  if (zone) process.env.TZ ||= zone;
}

/** A pair that cannot be read or does not fit leaves the one in use: the relay goes on until it is mended. */
function readKeyPairAnew(relay: RunningRelay, log: Logger): void {
  try {
    const { tls } = readConfig(process.env);
    if (tls) relay.renewKeyPair(tls);
    log.info({ renewed: tls !== null }, 'the TLS key pair was read anew');
  } catch (error) {
    log.error({ err: error }, 'the TLS key pair cannot be read; the one before stays in use');
  }
}
