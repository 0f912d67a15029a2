import type { HistoryPage, Note } from '../../relay/contract.ts';
import { createTurns } from '../create-turns.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import { firstPageItem } from '../storage.ts';
import { type NotedSince, pageWithNotes } from '../with-notes.ts';

// Read-modify-write steps run one after the other, so that none overwrites another's change.
const inTurn = createTurns();
const asking = new Set<NotedSince>();

/** Requests a page from the relay; notes saved meanwhile are collected in `noted`. */
export async function askPage<Answer>(ask: (noted: NotedSince) => Promise<Answer>): Promise<Answer> {
  const noted: NotedSince = new Map();
  asking.add(noted);
  return ask(noted).finally(() => asking.delete(noted));
}

/**
 * Caches the newest calls for the next view that opens, unless another agent is connected by the time the relay answers.
 * @param isSame from `pin`, obtained before the request
 */
export function rememberFirstPage(
  access: Pick<RelayAccess, 'relayUrl'>,
  isSame: () => Promise<boolean>,
  page: HistoryPage,
  noted: NotedSince,
): Promise<void> {
  return inTurn(async () => {
    const relayUrl = await access.relayUrl();
    if (relayUrl === null || !(await isSame())) return;
    // A call still being placed will have another state when the cache is read.
    const placed = page.placed.filter(({ state }) => state !== 'dispatching');
    await firstPageItem.setValue({ relayUrl, page: pageWithNotes({ ...page, placed }, noted) });
  });
}

/** Adds a note just saved to the cached page, so that a view shows it before the relay's next answer. */
export function noteOnFirstPage(access: Pick<RelayAccess, 'pin'>, subject: string, saved: Note): Promise<void> {
  const pinned = access.pin();
  return inTurn(async () => {
    const isSame = await pinned;
    const first = await firstPageItem.getValue();
    if (!(await isSame())) return;
    const note = saved.version === 0 ? null : saved;
    for (const noted of asking) noted.set(subject, note);
    if (first) await firstPageItem.setValue({ ...first, page: pageWithNotes(first.page, new Map([[subject, note]])) });
  });
}
