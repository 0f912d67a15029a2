/** A device that was made to ring; the list shows how often a person was really called. */
export interface Dial {
  /** Epoch milliseconds. */
  at: number;
  sipUser: string;
  /** The decoded number from the path. */
  number: string;
  callId: string;
}

export interface RequestEntry {
  at: number;
  method: string;
  /** Without the query, which contains hashes. */
  path: string;
  /** Null until answered; stays null if no answer was sent. */
  status: number | null;
}

/** A request that violates the document. A conforming client causes none. */
export interface Violation {
  at: number;
  path: string;
  message: string;
  detail: string;
}

interface Journal {
  dials: Dial[];
  requests: RequestEntry[];
  violations: Violation[];
}

const kept = 100_000;

export function createJournal(): Journal & {
  note<K extends keyof Journal>(list: K, entry: Journal[K][number]): void;
  clear(): void;
} {
  const journal: Journal = { dials: [], requests: [], violations: [] };
  return {
    ...journal,
    note(list, entry) {
      const entries = journal[list] as (typeof entry)[];
      entries.push(entry);
      // Dials are evidence and are never dropped; the other lists only help to debug a failure.
      if (list !== 'dials' && entries.length > kept) entries.splice(0, kept / 10);
    },
    clear() {
      for (const list of [journal.dials, journal.requests, journal.violations]) list.splice(0);
    },
  };
}
