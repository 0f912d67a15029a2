import type { Logger } from 'pino';
import { type RelayConfig, readConfig } from '../config.ts';
import { createLogger } from '../logging.ts';
import { homeTimeZone } from '../policy/home-time-zone.ts';
import { type RunningRelay, startRelay } from '../server.ts';

/**
 * Runs until SIGTERM or SIGINT, also if the signal arrives during the start; a second signal ends it at once. SIGHUP, at any
 * time, rereads the TLS key pair and nothing else.
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
  // Registered before the relay starts, because an unhandled SIGHUP would end the process.
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

/** Servers and containers run in UTC; the company's days and its file names must follow the time zone of its country. */
function keepHomeClock(homeRegion: string): void {
  const zone = homeTimeZone(homeRegion);
  if (zone) process.env.TZ ||= zone;
}

/** If the pair is unreadable or does not match, the current one stays in use until the files are corrected. */
function readKeyPairAnew(relay: RunningRelay, log: Logger): void {
  try {
    const { tls } = readConfig(process.env);
    if (tls) relay.renewKeyPair(tls);
    log.info({ renewed: tls !== null }, 'the TLS key pair was read anew');
  } catch (error) {
    log.error({ err: error }, 'the TLS key pair cannot be read; the one before stays in use');
  }
}
