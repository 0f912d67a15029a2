import type { HistoryPage } from '../../relay/contract.ts';
import type { Session } from '../../utils/messages.ts';
import { firstPageItem, sessionItem } from '../../utils/storage.ts';

/** What this browser stores, available without waking the background or asking the relay. */
export interface Remembered {
  session: Session;
  page: HistoryPage | null;
}

/** Read before the first render, so that a view opens with rows; null when this browser is not connected. */
export async function readRemembered(): Promise<Remembered | null> {
  const [session, first] = await Promise.all([sessionItem.getValue(), firstPageItem.getValue()]);
  if (session === null) return null;
  return { session: { connected: true, ...session }, page: first?.relayUrl === session.relayUrl ? first.page : null };
}
