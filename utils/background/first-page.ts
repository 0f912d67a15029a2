import type { HistoryPage, Note } from '../../relay/contract.ts';
import { createTurns } from '../create-turns.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import { firstPageItem } from '../storage.ts';

// What reads the page and writes it back must not undo what another wrote meanwhile.
const inTurn = createTurns();

/**
 * Keeps the newest calls for the next view that opens, unless they are another agent's by the time the relay answered.
 * @param isSame as `pin` gave it before the relay was asked
 */
export function rememberFirstPage(
  access: Pick<RelayAccess, 'relayUrl'>,
  isSame: () => Promise<boolean>,
  page: HistoryPage,
): Promise<void> {
  return inTurn(async () => {
    const relayUrl = await access.relayUrl();
    if (relayUrl === null || !(await isSame())) return;
    // A call still being placed has another state by the time somebody looks again.
    const placed = page.placed.filter(({ state }) => state !== 'dispatching');
    await firstPageItem.setValue({ relayUrl, page: { ...page, placed } });
  });
}

/** Puts a note just saved on it, which a view shows before the next answer of the relay has it too. */
export function noteOnFirstPage(access: Pick<RelayAccess, 'pin'>, subject: string, saved: Note): Promise<void> {
  const pinned = access.pin();
  return inTurn(async () => {
    const isSame = await pinned;
    const first = await firstPageItem.getValue();
    if (!first || !(await isSame())) return;
    const note = saved.version === 0 ? null : saved;
    const calls = first.page.calls.map((call) => (call.id === subject ? { ...call, note } : call));
    const placed = first.page.placed.map((call) => (call.key === subject ? { ...call, note } : call));
    await firstPageItem.setValue({ ...first, page: { ...first.page, calls, placed } });
  });
}
