import { createStore, type StoreApi } from 'zustand/vanilla';
import type { HistoryCall, HistoryPage, Note, PlacedCall } from '../../relay/contract.ts';
import type { Failure, Reply } from '../../utils/reply.ts';
import type { Send } from '../view/view.ts';
import { everything, hasOutcome, historyQuery, isEverything, selectKnown, type Wanted } from './list-query.ts';
import { mergeFirstPage } from './merge-first-page.ts';
import { type Queue, type QueueAnswer, readQueue } from './queue.ts';

const pageSize = '30';

export interface CallListState extends Wanted {
  calls: HistoryCall[];
  placed: PlacedCall[];
  nextCursor: string | null;
  completeTo: number | null;
  /** `loading`: nothing to show yet for this search. `shown` keeps its calls even when a refresh fails. */
  phase: 'loading' | 'shown' | 'failed';
  busy: boolean;
  failure: Failure | null;
  /** With the filter `todo`: how often each call's number called in vain, and since when that is known. */
  queue: Queue | null;
}

export interface CallList {
  store: StoreApi<CallListState>;
  /** Reads the newest page again; what is on screen stays until the answer. */
  refresh(): Promise<void>;
  loadMore(): Promise<void>;
  /** Asks for something else; what is not named stays as it was. */
  want(change: Partial<Wanted>): Promise<void>;
  /** Puts an earlier answer on screen until the first fresh one. */
  show(page: HistoryPage): void;
  /** Puts a note just saved beside its call. */
  setNote(subject: string, note: Note | null): void;
  /** Leaves nothing of one agent's calls for the next, once the browser was disconnected. */
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

/** Whether older ones can be read. */
export function hasMore({ nextCursor, queue }: Pick<CallListState, 'nextCursor' | 'queue'>): boolean {
  return queue?.hasMore ?? nextCursor !== null;
}

export function createCallList(send: Send, now: () => number = Date.now): CallList {
  const store = createStore<CallListState>(() => nothing);
  // An answer to an earlier question must not replace the answer to a later one.
  let question = 0;
  // What was noted since the last question, which its answer may not know yet.
  let noted = new Map<string, Note | null>();
  // Rows known from another list stand in for the answer; they are not its first page.
  let isStandIn = false;

  function failed(failure: Failure) {
    store.setState(({ phase }) => ({ busy: false, failure, phase: phase === 'shown' ? 'shown' : 'failed' }));
  }

  function ask(): number {
    noted = new Map();
    question += 1;
    return question;
  }
  const withNote = <Noted extends { note: Note | null }>(call: Noted, subject: string): Noted => {
    const note = noted.get(subject);
    return note === undefined ? call : { ...call, note };
  };
  const callsWithNotes = (calls: readonly HistoryCall[]) => calls.map((call) => withNote(call, call.id));
  const placedWithNotes = (placed: readonly PlacedCall[]) => placed.map((call) => withNote(call, call.key));

  async function refresh() {
    const asked = ask();
    store.setState({ busy: true });
    if (store.getState().filter === 'todo') return refreshQueue(asked);
    const reply = await send('listHistory', { limit: pageSize, ...historyQuery(store.getState(), now()) });
    if (asked !== question) return;
    if (!reply.ok) return failed(reply.error);
    const { completeTo, nextCursor } = reply.value;
    const fresh = { calls: callsWithNotes(reply.value.calls), nextCursor };
    const before = store.getState();
    const merged = mergeFirstPage(isStandIn ? nothing : before, fresh, (call) => hasOutcome(call, before));
    isStandIn = false;
    store.setState({
      ...merged,
      placed: placedWithNotes(reply.value.placed),
      completeTo,
      busy: false,
      phase: 'shown',
      failure: null,
      queue: null,
    });
  }

  async function refreshQueue(asked: number) {
    const { calls, queue } = store.getState();
    // What was read before stays under the reader.
    showQueue(asked, await readQueue(send, store.getState(), now(), { atLeast: queue ? calls.length : 1 }));
  }

  function showQueue(asked: number, reply: Reply<QueueAnswer>) {
    if (asked !== question) return;
    if (!reply.ok) return failed(reply.error);
    isStandIn = false;
    const { calls, completeTo, ...queue } = reply.value;
    store.setState({
      calls: callsWithNotes(calls),
      completeTo,
      queue,
      nextCursor: null,
      busy: false,
      phase: 'shown',
      failure: null,
    });
  }

  async function loadMore() {
    const state = store.getState();
    const { nextCursor, busy, queue } = state;
    if (busy || !hasMore(state)) return;
    const asked = ask();
    store.setState({ busy: true });
    if (queue) return showQueue(asked, await readQueue(send, state, now(), { after: { ...state, ...queue } }));
    const query = { limit: pageSize, ...historyQuery(store.getState(), now()), cursor: nextCursor ?? undefined };
    const reply = await send('listHistory', query);
    if (asked !== question) return;
    if (!reply.ok) return failed(reply.error);
    const calls = [...store.getState().calls, ...callsWithNotes(reply.value.calls)];
    store.setState({ calls, nextCursor: reply.value.nextCursor, busy: false, failure: null });
  }

  let newest: HistoryPage | null = null;
  store.subscribe((state) => {
    if (state.phase === 'shown' && isEverything(state)) newest = state;
  });

  return {
    store,
    refresh,
    loadMore,
    want(change) {
      const wanted = { ...store.getState(), ...change };
      const { calls, nextCursor, placed, completeTo } = (isEverything(wanted) ? newest : null) ?? {
        calls: selectKnown(newest?.calls ?? [], wanted, now()).slice(0, Number(pageSize)),
        nextCursor: null,
        placed: [],
        completeTo: wanted.completeTo,
      };
      isStandIn = !isEverything(wanted);
      const phase = calls.length > 0 ? 'shown' : 'loading';
      store.setState({ ...change, calls, nextCursor, placed, completeTo, phase, failure: null, queue: null });
      return refresh();
    },
    show: ({ calls, placed, nextCursor, completeTo }) =>
      store.setState({ calls, placed, nextCursor, completeTo, phase: 'shown' }),
    setNote(subject, note) {
      noted.set(subject, note);
      const withIt = ({ calls, placed }: Pick<HistoryPage, 'calls' | 'placed'>) => ({
        calls: callsWithNotes(calls),
        placed: placedWithNotes(placed),
      });
      if (newest) newest = { ...newest, ...withIt(newest) };
      store.setState(withIt);
    },
    forget() {
      question += 1;
      isStandIn = false;
      newest = null;
      store.setState(nothing);
    },
  };
}
