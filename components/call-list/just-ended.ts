import { useRef } from 'preact/hooks';
import type { HistoryCall, Note, PlacedCall } from '../../relay/contract.ts';
import { isUnderWay } from '../../utils/calls/outcome-of.ts';

/** For this long after a call its outcome is one press away. */
const freshMs = 15 * 60_000;

interface Noted {
  subject: string;
  note: Note | null;
}

/** Id or key of the agent's newest call if it is recent, with its note; null if nothing is to be said of it. */
export function newestCall(placed: readonly PlacedCall[], listed: readonly HistoryCall[], now: number): Noted | null {
  const dialled = placed.find(isUnderWay);
  // A call missed meanwhile does not take the place of the one that was talked.
  const last = listed.find(({ direction, disposition }) => direction !== 'internal' && disposition !== 'missed');
  const isDialled = dialled && dialled.createdAt > (last?.startedAt ?? 0);
  if (isDialled) return isFresh(dialled.createdAt) ? { subject: dialled.key, note: dialled.note } : null;
  if (!last) return null;
  return isFresh(last.startedAt + last.durationSeconds * 1000) ? { subject: last.id, note: last.note } : null;

  function isFresh(at: number): boolean {
    return now - at < freshMs;
  }
}

/** The call whose row asks for its outcome: the newest, unless that had one before; one chosen here can be taken back. */
export function useJustEnded(...about: Parameters<typeof newestCall>): string | null {
  const asked = useRef<string | null>(null);
  const newest = newestCall(...about);
  if (newest && !newest.note?.outcome) asked.current = newest.subject;
  return newest?.subject === asked.current ? asked.current : null;
}
