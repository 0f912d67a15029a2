import { createHash } from 'node:crypto';

export interface KnownRecords {
  /** The id of the call whose newest copy equals this record exactly, if remembered. */
  idOf(record: unknown): string | undefined;
  /** Call it after the page is written. All records of one id on the page count as its newest copy. */
  keep(records: readonly { record: unknown; id: string }[]): void;
}

/**
 * Remembers which records are already in the store. Sweeps overlap, so most records they bring were written before; parsing their
 * numbers and querying the store for each would be most of the relay's work. Keeps the newest `limit` to 2 × `limit`.
 */
export function createKnownRecords(limit = 20_000): KnownRecords {
  let young = createGeneration();
  let old = createGeneration();
  const newest = (id: string) => young.prints.get(id) ?? old.prints.get(id);

  return {
    idOf(record) {
      const print = fingerprint(record);
      const id = young.ids.get(print) ?? old.ids.get(print);
      // A copy that another one has replaced must be compared with the store again.
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
