import { createStore, type StoreApi } from 'zustand/vanilla';
import type { HistoryCall } from '../../relay/contract.ts';
import type { Failure } from '../../utils/reply.ts';
import type { CallListState } from '../call-list/call-list-store.ts';
import { historyQuery } from '../call-list/list-query.ts';
import type { Send } from '../view/view.ts';
import { collectCalls } from './collect-calls.ts';

export interface ExportState {
  /** `saved` says how many calls the file holds. */
  phase: 'idle' | 'reading' | 'saved' | 'failed';
  count: number;
  failure: Failure | null;
}

export interface Export {
  store: StoreApi<ExportState>;
  run(list: CallListState): Promise<void>;
  cancel(): void;
}

/** @param save takes all calls of the list and hands them to the person as a file */
export function createExport(send: Send, save: (calls: HistoryCall[]) => void, now: () => number = Date.now): Export {
  const idle: ExportState = { phase: 'idle', count: 0, failure: null };
  const store = createStore<ExportState>(() => idle);
  let running: AbortController | null = null;

  async function run(list: CallListState) {
    if (running) return;
    running = new AbortController();
    const { signal } = running;
    store.setState({ ...idle, phase: 'reading' });
    const reply =
      // The queue is found here, not by the relay, and stands in the list whole.
      list.queue === null
        ? await collectCalls(send, historyQuery(list, now()), signal, (count) => store.setState({ count }))
        : ({ ok: true, value: list.calls } as const);
    running = null;
    if (reply === null) return;
    if (!reply.ok) return store.setState({ phase: 'failed', failure: reply.error });
    save(reply.value);
    store.setState({ phase: 'saved', count: reply.value.length });
  }

  function cancel() {
    running?.abort();
    running = null;
    store.setState(idle);
  }
  return { store, run, cancel };
}
