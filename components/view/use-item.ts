import { useEffect, useState } from 'preact/hooks';

/** A stored item, as utils/storage.ts defines them. */
interface Item<Value> {
  getValue(): Promise<Value>;
  watch(changed: (value: Value) => void): () => void;
}

/** The value of a stored item; re-renders at each change, whichever document made it; null until it is read. */
export function useItem<Value>(item: Item<Value>): Value | null {
  const [value, setValue] = useState<Value | null>(null);
  useEffect(() => {
    let isGone = false;
    void item.getValue().then((stored) => !isGone && setValue(stored));
    const unwatch = item.watch((stored) => setValue(stored));
    return () => {
      isGone = true;
      unwatch();
    };
  }, [item]);
  return value;
}
