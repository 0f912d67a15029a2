import { createStore, type StoreApi } from 'zustand/vanilla';
import type { HistoryCall, HistoryPage, Note, PlacedCall } from '../../relay/contract.ts';
import type { Failure, Reply } from '../../utils/reply.ts';
import type { ListChoice } from '../../utils/storage.ts';
import { type NotedSince, pageWithNotes, withNotes } from '../../utils/with-notes.ts';
import type { Send } from '../view/view.ts';
import { everything, historyQuery, isByNote, isEverything, selectKnown, type Wanted } from './list-query.ts';
import { mergeFirstPage } from './merge-first-page.ts';
import { type Queue, type QueueAnswer, readQueue } from './queue.ts';

const pageSize = 30;
/** The relay's limit per request. */
const largestPage = 100;
/** How many shown calls a refresh reads again; the ones below stay as they were. */
const mostAgain = 300;

export interface CallListState extends Wanted {
  calls: HistoryCall[];
  placed: PlacedCall[];
  nextCursor: string | null;
  completeTo: number | null;
  /** `loading`: nothing to show yet for this search. `shown` keeps its calls even when a refresh fails. */
  phase: 'loading' | 'shown' | 'failed';
  busy: boolean;
  failure: Failure | null;
  /** With the filter `todo`: how often each number called without an answer, and how far back that is known. */
  queue: Queue | null;
}

export interface CallList {
  store: StoreApi<CallListState>;
  /**
   * Reads the newest page again, or all shown calls when notes decide which match or none is older; the shown rows stay until the
   * answer.
   */
  refresh(): Promise<void>;
  loadMore(): Promise<void>;
  /** Changes what is listed; properties not given stay as they were. */
  want(change: Partial<Wanted>): Promise<void>;
  /** Shows what is stored, of the calls chosen, until the first fresh answer. */
  show(page: HistoryPage | null, choice: ListChoice | null): void;
  /** Attaches a note that was just saved to its call. */
  setNote(subject: string, note: Note | null): void;
  /** Clears one agent's calls after a disconnect, so that the next agent does not see them. */
  forget(): void;
}

const nothing: CallListState = {
  ...everything,
  calls: [],
  placed: [],
  nextCursor: null,
  completeTo: null,
  phase: 'loading',
  busy: false,
  failure: null,
  queue: null,
};

/** Whether older calls can be read. */
export function hasMore({ nextCursor, queue }: Pick<CallListState, 'nextCursor' | 'queue'>): boolean {
  return queue?.hasMore ?? nextCursor !== null;
}

export function createCallList(send: Send, now: () => number = Date.now): CallList {
  const store = createStore<CallListState>(() => nothing);
  // An answer to an earlier question must not replace the answer to a later one.
  let question = 0;
  let noted: NotedSince = new Map();
  // Placeholder rows known from another list until the answer; they are not its first page.
  let isStandIn = false;

  function failed(failure: Failure) {
    store.setState(({ phase }) => ({ busy: false, failure, phase: phase === 'shown' ? 'shown' : 'failed' }));
  }

  function shown(answer: Partial<CallListState>) {
    isStandIn = false;
    store.setState({ ...answer, busy: false, phase: 'shown', failure: null });
  }

  function ask(): number {
    noted = new Map();
    question += 1;
    store.setState({ busy: true });
    return question;
  }

  async function refresh() {
    const asked = ask();
    const before = store.getState();
    if (before.filter === 'todo') return refreshQueue(asked);
    // A list that was read to its end is read again as a whole, because older calls may have come since.
    const again = isStandIn || isByNote(before) || before.nextCursor === null ? before.calls.length : 0;
    const atLeast = Math.min(again, mostAgain);
    const calls: HistoryCall[] = [];
    const placed: PlacedCall[] = [];
    let page: HistoryPage | undefined;
    do {
      const limit = Math.min(Math.max(pageSize, atLeast - calls.length), largestPage);
      const reply = await read(limit, page?.nextCursor);
      if (asked !== question) return;
      if (!reply.ok) return failed(reply.error);
      page = reply.value;
      calls.push(...page.calls);
      placed.push(...page.placed);
    } while (page.nextCursor && calls.length < atLeast);
    const fresh = pageWithNotes({ ...page, calls, placed }, noted);
    const merged = atLeast > 0 && atLeast === again ? fresh : mergeFirstPage(store.getState(), fresh);
    shown({ ...fresh, ...merged, queue: null });
  }

  const read = (limit: number, cursor?: string | null) =>
    send('listHistory', { limit: String(limit), ...historyQuery(store.getState(), now()), ...(cursor && { cursor }) });

  async function refreshQueue(asked: number) {
    const { calls, queue } = store.getState();
    // Reads at least as many calls as are shown, so that the reader's place stays.
    showQueue(asked, await readQueue(send, store.getState(), now(), { atLeast: queue ? calls.length : 1 }));
  }

  function showQueue(asked: number, reply: Reply<QueueAnswer>) {
    if (asked !== question) return;
    if (!reply.ok) return failed(reply.error);
    const { calls, completeTo, ...queue } = reply.value;
    shown({ calls: withNotes(calls, noted), completeTo, queue, nextCursor: null });
  }

  async function loadMore() {
    const state = store.getState();
    const { busy, queue } = state;
    if (busy || !hasMore(state)) return;
    const asked = ask();
    if (queue) return showQueue(asked, await readQueue(send, state, now(), { after: { ...state, ...queue } }));
    const reply = await read(pageSize, state.nextCursor);
    if (asked !== question) return;
    if (!reply.ok) return failed(reply.error);
    const { calls, nextCursor } = reply.value;
    shown({ calls: [...store.getState().calls, ...withNotes(calls, noted)], nextCursor });
  }

  let newest: HistoryPage | null = null;
  store.subscribe((state) => {
    if (state.phase === 'shown' && isEverything(state)) newest = state;
  });

  function showKnown(change: Partial<Wanted>) {
    const wanted = { ...store.getState(), ...change };
    const { calls, nextCursor, placed, completeTo } = (isEverything(wanted) ? newest : null) ?? {
      calls: selectKnown(newest?.calls ?? [], wanted, now()).slice(0, pageSize),
      nextCursor: null,
      placed: [],
      completeTo: wanted.completeTo,
    };
    isStandIn = !isEverything(wanted);
    const phase = calls.length > 0 ? 'shown' : 'loading';
    store.setState({ ...change, calls, nextCursor, placed, completeTo, phase, failure: null, queue: null });
  }

  return {
    store,
    refresh,
    loadMore,
    want(change) {
      showKnown(change);
      return refresh();
    },
    show(page, choice) {
      if (page) store.setState({ ...page, phase: 'shown' });
      if (choice) showKnown(choice);
    },
    setNote(subject, note) {
      noted.set(subject, note);
      if (newest) newest = pageWithNotes(newest, noted);
      store.setState((state) => pageWithNotes(state, noted));
    },
    forget() {
      question += 1;
      isStandIn = false;
      newest = null;
      store.setState(nothing);
    },
  };
}
