import { createTurns } from '../create-turns.ts';
import { callJournalItem, type JournalEntry } from '../storage.ts';

const KEPT = 200;

export interface CallJournal {
  /** Records the click, or returns the existing entry of its key. */
  open(entry: JournalEntry): Promise<JournalEntry | undefined>;
  change(key: string, change: Partial<Pick<JournalEntry, 'sentAt' | 'outcome'>>): Promise<void>;
  find(key: string): Promise<JournalEntry | undefined>;
}

interface JournalItem {
  getValue(): Promise<JournalEntry[]>;
  setValue(entries: JournalEntry[]): Promise<void>;
}

/** The last 200 clicks, newest last. Survives the worker, so that a click sent twice is recognised. */
export function createCallJournal(item: JournalItem = callJournalItem, now: () => number = Date.now): CallJournal {
  const inTurn = createTurns();
  /** `settledAt` is set by the first outcome only: a later answer about a call in doubt must not make the call look recent. */
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
