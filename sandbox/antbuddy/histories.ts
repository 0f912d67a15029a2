import type { CallRecord } from './call-record.ts';
import type { HistoriesQuery } from './histories-query.ts';
import { searchSorted } from './search-sorted.ts';
import type { SeededHistory } from './seeded-history.ts';

/** All calls that the company can list: the seeded ones and those that ended since the start. */
interface Histories {
  add(record: CallRecord): void;
  /** One page, newest first. Takes a few binary searches, for any number of calls and any page. */
  page(query: HistoriesQuery): CallRecord[];
  findByRecording(name: string): CallRecord | undefined;
  size(): number;
  clearAdded(): void;
}

export function createHistories(seeded: SeededHistory): Histories {
  /** Oldest first, like the seeded rows. */
  const added: CallRecord[] = [];
  const addedTime = (index: number) => added[index]?.unix_timestamp ?? 0;

  return {
    add(record) {
      added.splice(searchSorted(added.length, addedTime, record.unix_timestamp, true), 0, record);
    },
    page({ from, to, limit, page }) {
      const first = Math.ceil(from / 1000);
      const last = Math.floor(to / 1000);
      const addedFrom = searchSorted(added.length, addedTime, first);
      const addedTo = searchSorted(added.length, addedTime, last, true);
      const seededFrom = searchSorted(seeded.size, seeded.timeAt, first);
      const seededTo = searchSorted(seeded.size, seeded.timeAt, last, true);
      const newerSeeded = (time: number) => seededTo - searchSorted(seeded.size, seeded.timeAt, time, true);

      // Merges the two lists: the n-th newest added call has position n plus the number of newer seeded calls.
      const offset = (page - 1) * limit;
      const placeOf = (n: number) => n + newerSeeded(addedTime(addedTo - 1 - n));
      const addedBefore = searchSorted(addedTo - addedFrom, placeOf, offset);
      let nextAdded = addedTo - 1 - addedBefore;
      let nextSeeded = seededTo - 1 - (offset - addedBefore);
      const rows: CallRecord[] = [];
      while (rows.length < limit) {
        const candidate = nextAdded >= addedFrom ? added[nextAdded] : undefined;
        if (candidate && (nextSeeded < seededFrom || candidate.unix_timestamp >= seeded.timeAt(nextSeeded))) {
          rows.push(candidate);
          nextAdded--;
        } else if (nextSeeded >= seededFrom) {
          rows.push(seeded.recordAt(nextSeeded--));
        } else break;
      }
      return rows;
    },
    findByRecording: (name) => added.find((record) => record.recording === name) ?? seeded.findByRecording(name),
    size: () => added.length + seeded.size,
    clearAdded: () => void added.splice(0),
  };
}
