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
export function createCallJournal(item: JournalItem = callJournalItem, now: () => number = Date.now): CallJournal {
  const inTurn = createTurns();
  /** What is learned later of a call in doubt does not make it a call of now. */
  const isFirst = ({ outcome }: JournalEntry) => outcome === null || outcome === 'dispatching';
  const changed = (entry: JournalEntry, change: Partial<JournalEntry>): JournalEntry => ({
    ...entry,
    ...change,
    ...(change.outcome && isFirst(entry) && { settledAt: now() }),
  });
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
        item.setValue((await item.getValue()).map((entry) => (entry.key === key ? changed(entry, change) : entry))),
      ),
    find: (wanted) => inTurn(async () => (await item.getValue()).find(({ key }) => key === wanted)),
  };
}
