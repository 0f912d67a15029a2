import { type StorageItemKey, storage, type WxtStorageItem } from '@wxt-dev/storage';

interface ItemOptions<Value> {
  fallback: Value;
  version: number;
}

/**
 * A storage item that is created at its first use: the library reads every item as soon as it is defined, so a view would start
 * by reading all of them.
 */
export function defineItem<Value>(key: StorageItemKey, options: ItemOptions<Value>) {
  let defined: WxtStorageItem<Value, Record<string, unknown>> | undefined;
  const item = () => {
    defined ??= storage.defineItem<Value>(key, options);
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
