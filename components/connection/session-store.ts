import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Session } from '../../utils/messages.ts';
import type { Failure } from '../../utils/reply.ts';
import type { Send } from '../view/view.ts';

export interface SessionState {
  /** Null until the background answered for the first time. */
  session: Session | null;
  /** Why the last request to the relay failed; the session shown is then an earlier one. */
  failure: Failure | null;
  busy: boolean;
}

interface SessionStore {
  store: StoreApi<SessionState>;
  /** Loads the stored session first, then the relay's answer. */
  open(): Promise<void>;
  refresh(): Promise<void>;
  adopt(session: Session): void;
}

/** @param remembered shown until the background answers */
export function createSessionStore(send: Send, remembered: Session | null = null): SessionStore {
  const store = createStore<SessionState>(() => ({ session: remembered, failure: null, busy: false }));

  let adopted = 0;

  async function refresh() {
    const asked = adopted;
    store.setState({ busy: true });
    const reply = await send('refreshSession');
    // The answer is for a connection that was replaced meanwhile.
    if (asked !== adopted) return;
    store.setState(reply.ok ? { session: reply.value, failure: null, busy: false } : { failure: reply.error, busy: false });
  }

  return {
    store,
    refresh,
    async open() {
      const reply = await send('getSession');
      store.setState(reply.ok ? { session: reply.value } : { failure: reply.error });
      if (reply.ok && reply.value.connected) await refresh();
    },
    adopt(session) {
      adopted += 1;
      store.setState({ session, failure: null, busy: false });
    },
  };
}
