import { readFileSync } from 'node:fs';
import { replaceLostKey } from '../agents/replace-lost-key.ts';
import { rotateRelayKey } from '../agents/rotate-key.ts';
import { type RelayConfig, readKey } from '../config.ts';
import { createSettings } from '../settings.ts';
import { withStore } from './with-store.ts';

/** Moves the store from RELAY_KEY to RELAY_NEW_KEY or, with `lost`, when its key is lost, to RELAY_KEY. */
export async function rotateKey(config: RelayConfig, { lost = false }: { lost?: boolean }): Promise<void> {
  if (lost) return startWithNewKey(config);
  const settings = createSettings(process.env, (path) => readFileSync(path, 'utf8'));
  const newKey = readKey(
    settings.required('RELAY_NEW_KEY', 'the key to change to, for instance from `openssl rand -base64 32`'),
    'RELAY_NEW_KEY',
  );
  const resealed = await withStore(config, (deps) => rotateRelayKey(deps, newKey));
  console.log(`${resealed} SIP passwords were sealed anew. Set RELAY_KEY to the new key and start the relay.`);
}

async function startWithNewKey(config: RelayConfig): Promise<void> {
  const gone = await withStore(config, replaceLostKey, { admit: async () => undefined });
  console.log(`The store belongs to RELAY_KEY now. ${gone} SIP passwords are gone: start the relay and enter them again.`);
}
