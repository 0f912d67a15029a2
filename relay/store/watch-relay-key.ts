import { setTimeout as wait } from 'node:timers/promises';
import type { Deps } from '../deps.ts';
import { SettingError } from '../settings.ts';
import { refuseOtherKey } from './key-check.ts';

const everyMs = 5_000;

/** Resolves with an error once the store is bound to another RELAY_KEY than this relay's; never after the signal aborts. */
export async function watchRelayKey({ store, config }: Pick<Deps, 'store' | 'config'>, signal: AbortSignal): Promise<Error> {
  for (;;) {
    await wait(everyMs, undefined, { signal }).catch(() => new Promise<never>(() => undefined));
    try {
      await refuseOtherKey(store, config.relayKey);
    } catch (error) {
      if (error instanceof SettingError) return error;
      // An unreachable store says nothing about its key.
    }
  }
}
