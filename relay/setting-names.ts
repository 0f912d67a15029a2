import { readConfig } from './config.ts';

type Environment = Record<string, string | undefined>;

/**
 * The names of all settings that readConfig reads, found by recording its accesses; includes the `_FILE` variants. Throws like
 * readConfig.
 */
export function settingNames(env: Environment): Set<string> {
  const asked = new Set<string>();
  const watched = new Proxy(env, {
    get(target, name) {
      asked.add(String(name));
      return target[String(name)];
    },
  });
  readConfig(watched);
  return asked;
}

/** Variables named like a setting of the relay that are not one, most often misspelt. */
export function strangeSettings(env: Environment): string[] {
  const known = settingNames(env).add('RELAY_NEW_KEY').add('RELAY_NEW_KEY_FILE');
  return Object.keys(env).filter((name) => /^(ANTBUDDY|RELAY)_/.test(name) && !known.has(name));
}
