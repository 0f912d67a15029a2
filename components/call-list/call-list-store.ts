import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Call, HistoryCall, HistoryPage, HistoryQuery } from '../../relay/contract.ts';
import type { Failure } from '../../utils/reply.ts';
import type { Send } from '../view/view.ts';
import { mergeFirstPage } from './merge-first-page.ts';

const filters = {
  all: {},
  out: { direction: 'outbound' },
  in: { direction: 'inbound' },
  missed: { direction: 'inbound', disposition: 'missed' },
  recorded: { recorded: 'true' },
} as const satisfies Record<string, HistoryQuery>;
export type CallFilter = keyof typeof filters;
export const callFilters = Object.keys(filters) as CallFilter[];

const pageSize = '30';

export interface CallListState {
  filter: CallFilter;
  text: string;
  calls: HistoryCall[];
  placed: Call[];
  nextCursor: string | null;
  completeTo: number | null;
  /** `loading`: nothing to show yet for this search. `shown` keeps its calls even when a refresh fails. */
  phase: 'loading' | 'shown' | 'failed';
  busy: boolean;
  failure: Failure | null;
}

export interface CallList {
  store: StoreApi<CallListState>;
  /** Reads the newest page again; what is on screen stays until the answer. */
  refresh(): Promise<void>;
  loadMore(): Promise<void>;
  search(text: string): Promise<void>;
  choose(filter: CallFilter): Promise<void>;
  /** Puts an earlier answer on screen until the first fresh one. */
  show(page: HistoryPage): void;
}

export function createCallList(send: Send): CallList {
  const store = createStore<CallListState>(() => ({
    filter: 'all',
    text: '',
    calls: [],
    placed: [],
    nextCursor: null,
    completeTo: null,
    phase: 'loading',
    busy: false,
    failure: null,
  }));
  // An answer to an earlier question must not replace the answer to a later one.
  let question = 0;

  async function refresh() {
    const asked = ++question;
    store.setState({ busy: true });
    const reply = await send('listHistory', currentQuery());
    if (asked !== question) return;
    const before = store.getState();
    if (!reply.ok) {
      store.setState({ busy: false, failure: reply.error, phase: before.phase === 'shown' ? 'shown' : 'failed' });
      return;
    }
    const { placed, completeTo } = reply.value;
    store.setState({ ...mergeFirstPage(before, reply.value), placed, completeTo, busy: false, phase: 'shown', failure: null });
  }

  async function loadMore() {
    const { nextCursor, busy } = store.getState();
    if (nextCursor === null || busy) return;
    const asked = ++question;
    store.setState({ busy: true });
    const reply = await send('listHistory', { ...currentQuery(), cursor: nextCursor });
    if (asked !== question) return;
    if (!reply.ok) store.setState({ busy: false, failure: reply.error });
    else {
      const calls = [...store.getState().calls, ...reply.value.calls];
      store.setState({ calls, nextCursor: reply.value.nextCursor, busy: false, failure: null });
    }
  }

  function currentQuery(): HistoryQuery {
    const { filter, text } = store.getState();
    const q = text.trim().slice(0, 80);
    return { limit: pageSize, ...filters[filter], ...(q && { q }) };
  }

  function ask(change: Partial<CallListState>) {
    store.setState({ ...change, calls: [], nextCursor: null, phase: 'loading', failure: null });
    return refresh();
  }

  return {
    store,
    refresh,
    loadMore,
    search: (text) => ask({ text }),
    choose: (filter) => ask({ filter }),
    show: ({ calls, placed, nextCursor, completeTo }) =>
      store.setState({ calls, placed, nextCursor, completeTo, phase: 'shown' }),
  };
}
