/** Messages by key; `{name}` is a placeholder. Dictionaries of other languages are typed by the keys of the English one. */
export type Dictionary = Record<string, string>;
export type Values = Record<string, string | number>;
export type Translate<Key extends string> = (key: Key, values?: Values) => string;

/**
 * Returns a function that looks up a message by key and fills in its values; a missing value leaves its placeholder, a missing
 * message its key.
 */
export function createTranslate<Messages extends Dictionary>(messages: Messages): Translate<keyof Messages & string> {
  return (key, values = {}) =>
    (messages[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
