import type { RelayConfig } from '../config.ts';
import { createLogger } from '../logging.ts';
import { startRelay } from '../server.ts';

/** Runs until SIGTERM or SIGINT, even one that comes while it starts; a second signal ends it at once. */
export async function start(config: RelayConfig): Promise<void> {
  const { promise: signalled, resolve } = Promise.withResolvers<void>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(1));
      resolve();
    });
  }
  const relay = await startRelay(config, createLogger(config.logLevel));
  await signalled;
  await relay.stop();
}
