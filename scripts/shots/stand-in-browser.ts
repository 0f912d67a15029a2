export interface StandIn {
  replies: Record<string, unknown>;
  /** Initial contents of the storage areas. */
  stored: { local?: Record<string, unknown>; session?: Record<string, unknown> };
  language: string;
}

/**
 * Runs in the page before its own scripts: the parts of `browser` that the views use, answering from a table. Without an entry it
 * never answers; a list gives one answer after the other and repeats the last. Self-contained, because it is sent as text.
 */
export function standInBrowser({ replies, stored, language }: StandIn): void {
  type Changes = Record<string, { oldValue?: unknown; newValue?: unknown }>;
  const event = { addListener() {}, removeListener() {} };
  const area = (name: string, items: Record<string, unknown> = {}) => {
    const listeners = new Set<(changes: Changes, area: string) => void>();
    const change = (changes: Changes) => {
      for (const [key, { newValue }] of Object.entries(changes)) {
        if (newValue === undefined) delete items[key];
        else items[key] = newValue;
      }
      for (const listener of listeners) listener(changes, name);
    };
    return {
      get: async (keys?: string | string[] | null) =>
        keys ? Object.fromEntries([keys].flat().flatMap((key) => (key in items ? [[key, items[key]]] : []))) : { ...items },
      set: async (values: Record<string, unknown>) =>
        change(Object.fromEntries(Object.entries(values).map(([key, newValue]) => [key, { oldValue: items[key], newValue }]))),
      remove: async (keys: string | string[]) =>
        change(Object.fromEntries([keys].flat().map((key) => [key, { oldValue: items[key] }]))),
      onChanged: {
        addListener: (listener: (changes: Changes, area: string) => void) => listeners.add(listener),
        removeListener: (listener: (changes: Changes, area: string) => void) => listeners.delete(listener),
      },
    };
  };
  Object.assign(globalThis, {
    chrome: { runtime: { id: 'stand-in' } },
    browser: {
      runtime: {
        id: 'stand-in',
        openOptionsPage: async () => {},
        onMessage: event,
        connect: () => ({ onMessage: event, onDisconnect: event, postMessage() {}, disconnect() {} }),
        sendMessage: ({ type }: { type: string }) => {
          const reply = replies[type];
          const next = Array.isArray(reply) && reply.length > 1 ? reply.shift() : Array.isArray(reply) ? reply[0] : reply;
          const isNever = typeof next === 'object' && next !== null && 'never' in next;
          return type in replies && !isNever ? Promise.resolve({ res: next }) : new Promise(() => {});
        },
      },
      storage: { local: area('local', stored.local), session: area('session', stored.session), onChanged: event },
      commands: { getAll: async () => [{ name: '_execute_action', shortcut: 'Alt+Shift+D' }] },
      sidePanel: { open: async () => {} },
      windows: { getCurrent: async () => ({ id: 1, type: 'normal' }) },
      tabs: { onActivated: event, onUpdated: event, create: async () => ({}), query: async () => [] },
      i18n: { getUILanguage: () => language },
      permissions: { request: async () => true, contains: async () => true },
    },
  });
}
