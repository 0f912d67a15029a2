import { settingNames } from '../setting-names.ts';

/** Every setting that the relay reads, without the `_FILE` twins. */
export function knownSettings(): string[] {
  const enough = { ANTBUDDY_APP_ID: 'a', ANTBUDDY_APP_SECRET: 's', RELAY_KEY: '0'.repeat(64) };
  return [...settingNames(enough)].filter((name) => !name.endsWith('_FILE'));
}
