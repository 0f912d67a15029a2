/** Messages by key; `{name}` stands for a value. A dictionary of another language is typed by the English one's keys. */
export type Dictionary = Record<string, string>;
export type Values = Record<string, string | number>;
export type Translate<Key extends string> = (key: Key, values?: Values) => string;

/** A function that gives the message of a key with its values filled in; an absent value or message leaves its name visible. */
export function createTranslate<Messages extends Dictionary>(messages: Messages): Translate<keyof Messages & string> {
  return (key, values = {}) =>
    (messages[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
