/** A setting is missing or malformed; the message is the one sentence an operator needs. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

export type Settings = ReturnType<typeof createSettings>;

/** Reads named settings from an environment; each may also come from the file that `<NAME>_FILE` points to. */
export function createSettings(env: Record<string, string | undefined>, readFile: (path: string) => string) {
  function text(name: string): string | undefined {
    const direct = env[name]?.trim();
    const path = env[`${name}_FILE`]?.trim();
    if (direct && path) throw new SettingError(`Set either ${name} or ${name}_FILE, not both.`);
    if (!path) return direct || undefined;
    const content = read(name, path).trim();
    if (!content) throw new SettingError(`${name}_FILE points to ${path}, which is empty.`);
    return content;
  }

  function read(name: string, path: string): string {
    try {
      return readFile(path);
    } catch (error) {
      throw new SettingError(`${name}_FILE points to ${path}, which cannot be read.`, { cause: error });
    }
  }

  return {
    text,

    required(name: string, what: string): string {
      const value = text(name);
      if (!value) throw new SettingError(`Set ${name} (or ${name}_FILE) to ${what}.`);
      return value;
    },

    integer(name: string, fallback: number, min: number, max: number): number {
      const value = text(name);
      if (value === undefined) return fallback;
      const number = Number(value);
      if (!/^\d+$/.test(value) || number < min || number > max)
        throw new SettingError(`${name} must be a whole number from ${min} to ${max}.`);
      return number;
    },

    choice<Choice extends string>(name: string, choices: readonly Choice[], fallback: Choice): Choice {
      const value = text(name) ?? fallback;
      const choice = choices.find((one) => one === value);
      if (!choice) throw new SettingError(`${name} must be one of ${choices.join(', ')}.`);
      return choice;
    },

    pattern(name: string, fallback: string, pattern: RegExp, what: string): string {
      const value = text(name) ?? fallback;
      if (!pattern.test(value)) throw new SettingError(`${name} must be ${what}.`);
      return value;
    },

    list(name: string, fallback: string[]): string[] {
      const items = text(name)
        ?.split(/[\s,]+/)
        .filter(Boolean);
      return items?.length ? items : fallback;
    },

    /** https, or http to this machine; without credentials, query or fragment. */
    url(name: string, fallback: string): URL {
      const value = text(name) ?? fallback;
      const url = URL.canParse(value) ? new URL(value) : null;
      const loopback = /^(127(\.\d+){3}|localhost|\[::1\])$/.test(url?.hostname ?? '');
      const plain = url && !url.username && !url.password && !url.search && !url.hash;
      if (!plain || !(url.protocol === 'https:' || (url.protocol === 'http:' && loopback))) {
        throw new SettingError(
          `${name} must be an https address without user, query or fragment (http is allowed to this machine only).`,
        );
      }
      return url;
    },
  };
}
