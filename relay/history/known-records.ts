import { createHash } from 'node:crypto';

export interface KnownRecords {
  /** The id of the call whose newest copy this record is word for word, as far as is remembered. */
  idOf(record: unknown): string | undefined;
  /** To be called once a page's calls are written: those of one id that stand on it are all taken for its newest copy. */
  keep(records: readonly { record: unknown; id: string }[]): void;
}

/**
 * Remembers which records are in the store already. Sweeps overlap, so nearly all that they bring was written before, and reading
 * numbers and asking the store for each again would be most of the relay's work. Forgets the oldest past `limit` to 2 × `limit`.
 */
export function createKnownRecords(limit = 20_000): KnownRecords {
  let young = createGeneration();
  let old = createGeneration();
  const newest = (id: string) => young.prints.get(id) ?? old.prints.get(id);

  return {
    idOf(record) {
      const print = fingerprint(record);
      const id = young.ids.get(print) ?? old.ids.get(print);
      // A copy that an other one has followed must be held against the store again.
      return id !== undefined && newest(id)?.includes(print) ? id : undefined;
    },
    keep(records) {
      for (const [id, copies] of Map.groupBy(records, (one) => one.id)) {
        if (young.ids.size >= limit) {
          old = young;
          young = createGeneration();
        }
        const prints = copies.map(({ record }) => fingerprint(record));
        for (const print of prints) young.ids.set(print, id);
        young.prints.set(id, prints);
      }
    },
  };
}

const createGeneration = () => ({ ids: new Map<string, string>(), prints: new Map<string, string[]>() });

export function fingerprint(record: unknown): string {
  return createHash('sha256').update(JSON.stringify(record)).digest().toString('latin1', 0, 16);
}
