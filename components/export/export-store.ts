import { createStore, type StoreApi } from 'zustand/vanilla';
import type { HistoryCall } from '../../relay/contract.ts';
import { relayNow } from '../../utils/relay/relay-now.ts';
import { type Failure, succeed } from '../../utils/reply.ts';
import type { CallListState } from '../call-list/call-list-store.ts';
import { historyQuery } from '../call-list/list-query.ts';
import { readQueue } from '../call-list/queue.ts';
import type { Send } from '../view/view.ts';
import { collectCalls } from './collect-calls.ts';

interface ExportState {
  /** `saved`: `count` is the number of calls in the file. */
  phase: 'idle' | 'reading' | 'saved' | 'failed';
  count: number;
  failure: Failure | null;
}

interface Export {
  store: StoreApi<ExportState>;
  run(list: CallListState): Promise<void>;
  cancel(): void;
}

/**
 * @param save receives all calls of the list and offers them as a file download
 * @param now the relay's clock, which determines the days of the list
 */
export function createExport(send: Send, save: (calls: HistoryCall[]) => void, now: () => Promise<number> = relayNow): Export {
  const idle: ExportState = { phase: 'idle', count: 0, failure: null };
  const store = createStore<ExportState>(() => idle);
  let running: AbortController | null = null;

  async function run(list: CallListState) {
    if (running) return;
    running = new AbortController();
    const { signal } = running;
    store.setState({ ...idle, phase: 'reading' });
    const onProgress = (count: number) => {
      if (!signal.aborted) store.setState({ count });
    };
    const at = await now();
    const reply =
      list.filter === 'todo'
        ? await collectQueue(list, at, signal, onProgress)
        : await collectCalls(send, historyQuery(list, at), signal, onProgress);
    if (reply === null || signal.aborted) return;
    running = null;
    if (!reply.ok) return store.setState({ phase: 'failed', failure: reply.error });
    save(reply.value);
    store.setState({ phase: 'saved', count: reply.value.length });
  }

  async function collectQueue(list: CallListState, now: number, signal: AbortSignal, onProgress: (count: number) => void) {
    const reply = await readQueue(send, list, now, { atLeast: Number.POSITIVE_INFINITY, signal, onProgress });
    return reply.ok ? succeed(reply.value.calls) : reply;
  }

  function cancel() {
    running?.abort();
    running = null;
    store.setState(idle);
  }
  return { store, run, cancel };
}
