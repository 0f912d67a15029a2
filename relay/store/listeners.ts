interface Listeners {
  call(topic: string): void;
  /** Returns its undo. */
  add(topic: string, listener: () => void): () => void;
}

export function createListeners(): Listeners {
  const all = new Map<string, Set<() => void>>();
  return {
    call(topic) {
      for (const listener of all.get(topic) ?? []) listener();
    },
    add(topic, listener) {
      const listeners = all.get(topic) ?? new Set();
      all.set(topic, listeners);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
