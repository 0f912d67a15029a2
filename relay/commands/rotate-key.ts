import { readFileSync } from 'node:fs';
import { rotateRelayKey } from '../agents/rotate-key.ts';
import { type RelayConfig, readKey } from '../config.ts';
import { createSettings } from '../settings.ts';
import { withStore } from './with-store.ts';

/** Moves the store from RELAY_KEY to RELAY_NEW_KEY. */
export async function rotateKey(config: RelayConfig): Promise<void> {
  const settings = createSettings(process.env, (path) => readFileSync(path, 'utf8'));
  const newKey = readKey(
    settings.required('RELAY_NEW_KEY', 'the key to change to, for instance from `openssl rand -base64 32`'),
    'RELAY_NEW_KEY',
  );
  const resealed = await withStore(config, (deps) => rotateRelayKey(deps, newKey));
  console.log(`${resealed} SIP passwords were sealed anew. Set RELAY_KEY to the new key and start the relay.`);
}
