import { createTurns } from '../create-turns.ts';
import { callJournalItem, type JournalEntry } from '../storage.ts';

const KEPT = 200;

export interface CallJournal {
  /** Writes the click down, or gives the entry that its key already has. */
  open(entry: JournalEntry): Promise<JournalEntry | undefined>;
  change(key: string, change: Partial<Pick<JournalEntry, 'sentAt' | 'outcome'>>): Promise<void>;
  find(key: string): Promise<JournalEntry | undefined>;
}

export interface JournalItem {
  getValue(): Promise<JournalEntry[]>;
  setValue(entries: JournalEntry[]): Promise<void>;
}

/** The last 200 clicks, newest last. Outlives the worker, so that a click sent twice is known to be the same. */
export function createCallJournal(item: JournalItem = callJournalItem): CallJournal {
  const inTurn = createTurns();
  return {
    open: (entry) =>
      inTurn(async () => {
        const entries = await item.getValue();
        const known = entries.find(({ key }) => key === entry.key);
        if (!known) await item.setValue([...entries, entry].slice(-KEPT));
        return known;
      }),
    change: (key, change) =>
      inTurn(async () =>
        item.setValue((await item.getValue()).map((entry) => (entry.key === key ? { ...entry, ...change } : entry))),
      ),
    find: (wanted) => inTurn(async () => (await item.getValue()).find(({ key }) => key === wanted)),
  };
}
