import type { HistoryPage, Note } from '../../relay/contract.ts';
import { createTurns } from '../create-turns.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import { firstPageItem } from '../storage.ts';

// What reads the page and writes it back must not undo what another wrote meanwhile.
const inTurn = createTurns();
/** By call, what was noted since the relay was asked for a page, whose answer may not know of it. */
export type NotedSince = Map<string, Note | null>;
const asking = new Set<NotedSince>();

/** Asks the relay for a page; what is noted meanwhile comes into `noted`. */
export async function askPage<Answer>(ask: (noted: NotedSince) => Promise<Answer>): Promise<Answer> {
  const noted: NotedSince = new Map();
  asking.add(noted);
  return ask(noted).finally(() => asking.delete(noted));
}

/**
 * Keeps the newest calls for the next view that opens, unless they are another agent's by the time the relay answered.
 * @param isSame as `pin` gave it before the relay was asked
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
    // A call still being placed has another state by the time somebody looks again.
    const placed = page.placed.filter(({ state }) => state !== 'dispatching');
    await firstPageItem.setValue({ relayUrl, page: withNotes({ ...page, placed }, noted) });
  });
}

/** Puts a note just saved on it, which a view shows before the next answer of the relay has it too. */
export function noteOnFirstPage(access: Pick<RelayAccess, 'pin'>, subject: string, saved: Note): Promise<void> {
  const pinned = access.pin();
  return inTurn(async () => {
    const isSame = await pinned;
    const first = await firstPageItem.getValue();
    if (!(await isSame())) return;
    const note = saved.version === 0 ? null : saved;
    for (const noted of asking) noted.set(subject, note);
    if (first) await firstPageItem.setValue({ ...first, page: withNotes(first.page, new Map([[subject, note]])) });
  });
}

function withNotes(page: HistoryPage, noted: NotedSince): HistoryPage {
  const withNote = <Call extends { note: Note | null }>(call: Call, subject: string): Call => {
    const note = noted.get(subject);
    return note === undefined ? call : { ...call, note };
  };
  const calls = page.calls.map((call) => withNote(call, call.id));
  return { ...page, calls, placed: page.placed.map((call) => withNote(call, call.key)) };
}
