import { setTimeout as wait } from 'node:timers/promises';
import type { Deps } from '../deps.ts';
import { SettingError } from '../settings.ts';
import { refuseOtherKey } from './key-check.ts';

const everyMs = 5_000;

/** Resolves with a sentence once the store is bound to another RELAY_KEY than this relay's; after the signal never. */
export async function watchRelayKey({ store, config }: Pick<Deps, 'store' | 'config'>, signal: AbortSignal): Promise<Error> {
  for (;;) {
    await wait(everyMs, undefined, { signal }).catch(() => new Promise<never>(() => undefined));
    try {
      await refuseOtherKey(store, config.relayKey);
    } catch (error) {
      if (error instanceof SettingError) return error;
      // A store that does not answer says nothing about its key.
    }
  }
}
