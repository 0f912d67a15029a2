import { readConfig } from '../config.ts';

/** Every setting that the relay reads, found by watching it read; without the `_FILE` twins. */
export function knownSettings(): string[] {
  const asked = new Set<string>();
  const enough: Record<string, string> = { ANTBUDDY_APP_ID: 'a', ANTBUDDY_APP_SECRET: 's', RELAY_KEY: '0'.repeat(64) };
  const watched = new Proxy(enough, {
    get(target, name) {
      asked.add(String(name));
      return target[String(name)];
    },
  });
  readConfig(watched);
  return [...asked].filter((name) => !name.endsWith('_FILE'));
}
