import { type StorageItemKey, storage, type WxtStorageItem } from '@wxt-dev/storage';

/**
 * A storage item that is created at its first use: the library reads every item as soon as it is defined, so a view would start
 * by reading all of them. Every item is at its first version; the first migration makes the version an argument.
 */
export function defineItem<Value>(key: StorageItemKey, fallback: Value) {
  let defined: WxtStorageItem<Value, Record<string, unknown>> | undefined;
  const item = () => {
    defined ??= storage.defineItem<Value>(key, { fallback, version: 1 });
    return defined;
  };
  return {
    key,
    getValue: (): Promise<Value> => item().getValue(),
    setValue: (value: Value): Promise<void> => item().setValue(value),
    removeValue: (): Promise<void> => item().removeValue(),
    watch: (changed: (value: Value, before: Value) => void): (() => void) => item().watch(changed),
  };
}
