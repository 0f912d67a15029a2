import { clear, createStore, del, entries, set } from 'idb-keyval';
import type { NoteDraft } from '../note-drafts.ts';

/** Maximum number of drafts kept, more than anybody writes while the relay is away. */
const most = 300;

/**
 * Copies of the drafts that survive a restart of the browser. In the extension origin's IndexedDB, since a note may name a
 * customer and content scripts can read `storage.local` in Firefox.
 */
export function createKeptDrafts(databaseName = 'dialside-notes') {
  const store = createStore(databaseName, 'drafts');
  const all = async (): Promise<Record<string, NoteDraft>> => Object.fromEntries(await entries<string, NoteDraft>(store));
  return {
    all,
    async put(subject: string, draft: NoteDraft): Promise<void> {
      await set(subject, draft, store);
      const oldest = Object.entries(await all()).sort(([, one], [, other]) => other.editedAt - one.editedAt);
      await Promise.all(oldest.slice(most).map(([key]) => del(key, store)));
    },
    drop: (subject: string): Promise<void> => del(subject, store),
    clear: (): Promise<void> => clear(store),
  };
}
export type KeptDrafts = ReturnType<typeof createKeptDrafts>;
