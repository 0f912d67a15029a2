/** A device that was made to ring: the list that says how often a person was really called. */
export interface Dial {
  /** Epoch milliseconds. */
  at: number;
  sipUser: string;
  /** As it stood in the path, decoded. */
  number: string;
  callId: string;
}

export interface RequestEntry {
  at: number;
  method: string;
  /** Without its query, which carries hashes. */
  path: string;
  /** Null while it has not been answered, or when it never was. */
  status: number | null;
}

/** A request that the document does not allow. Conformance means an empty list. */
export interface Violation {
  at: number;
  path: string;
  message: string;
  detail: string;
}

export interface Journal {
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
      // Dials are evidence and are never dropped; the other lists are for looking into a failure.
      if (list !== 'dials' && entries.length > kept) entries.splice(0, kept / 10);
    },
    clear() {
      for (const list of [journal.dials, journal.requests, journal.violations]) list.splice(0);
    },
  };
}
