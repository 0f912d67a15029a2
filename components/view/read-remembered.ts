import type { HistoryPage } from '../../relay/contract.ts';
import type { Session } from '../../utils/messages.ts';
import { firstPageItem, type ListChoice, listChoiceItem, sessionItem } from '../../utils/storage.ts';

/** A choice older than this is of other work. */
const chosenForMs = 600_000;

/** What this browser stores, available without waking the background or asking the relay. */
export interface Remembered {
  session: Session;
  page: HistoryPage | null;
  choice: ListChoice | null;
}

/** Read before the first render, so that a view opens with rows; null when this browser is not connected. */
export async function readRemembered(): Promise<Remembered | null> {
  const [session, first, last] = await Promise.all([sessionItem.getValue(), firstPageItem.getValue(), listChoiceItem.getValue()]);
  if (session === null) return null;
  return {
    session: { connected: true, ...session },
    page: first?.relayUrl === session.relayUrl ? first.page : null,
    choice: last && Math.abs(Date.now() - last.at) < chosenForMs ? last.choice : null,
  };
}
