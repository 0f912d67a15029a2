import { readConfig } from './config.ts';

type Environment = Record<string, string | undefined>;

/** The settings that the relay asks an environment for, found by watching it read; each with its `_FILE` twin. Throws as readConfig. */
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

/** What is named like a setting of the relay and is none, most often one that was misspelt. */
export function strangeSettings(env: Environment): string[] {
  const known = settingNames(env).add('RELAY_NEW_KEY').add('RELAY_NEW_KEY_FILE');
  return Object.keys(env).filter((name) => /^(ANTBUDDY|RELAY)_/.test(name) && !known.has(name));
}
