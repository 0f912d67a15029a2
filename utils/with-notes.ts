import type { HistoryCall, HistoryPage, Note, PlacedCall } from '../relay/contract.ts';

/** Notes saved since the relay was asked, by the id of a call or the key of a placed one; null: removed. */
export type NotedSince = Map<string, Note | null>;

/** Calls with the notes saved meanwhile, which the relay's answer may lack. */
export function withNotes<Call extends HistoryCall | PlacedCall>(calls: readonly Call[], noted: NotedSince): Call[] {
  return calls.map((call) => {
    const note = noted.get('key' in call ? call.key : call.id);
    return note === undefined ? call : { ...call, note };
  });
}

export function pageWithNotes<Page extends Pick<HistoryPage, 'calls' | 'placed'>>(page: Page, noted: NotedSince): Page {
  return { ...page, calls: withNotes(page.calls, noted), placed: withNotes(page.placed, noted) };
}
