import { type StorageItemKey, storage, type WxtStorageItem } from '@wxt-dev/storage';

interface ItemOptions<Value> {
  fallback: Value;
  version: number;
}

/**
 * An item of the browser's store, defined when it is first asked for: the library reads each of its items wherever that is
 * defined, and a view would begin with a read of everything there is.
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
