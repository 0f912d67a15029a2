import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure, Reply } from '../../utils/reply.ts';
import type { Send } from '../view/view.ts';

interface StepUpState {
  asking: boolean;
  busy: boolean;
  failure: Failure | null;
}

export interface StepUp {
  store: StoreApi<StepUpState>;
  /** Runs an admin write; when the relay wants the passphrase first, asks for it and then runs the same write again. */
  run<Value>(write: () => Promise<Reply<Value>>): Promise<Reply<Value>>;
  confirm(passphrase: string): Promise<void>;
  cancel(): void;
}

export function createStepUp(send: Send): StepUp {
  const store = createStore<StepUpState>(() => ({ asking: false, busy: false, failure: null }));
  // Shared by all writes that wait, so that an import asks once.
  let answer: PromiseWithResolvers<boolean> | null = null;

  function ask(): Promise<boolean> {
    answer ??= Promise.withResolvers<boolean>();
    store.setState({ asking: true });
    return answer.promise;
  }

  function settle(confirmed: boolean) {
    store.setState({ asking: false, busy: false, failure: null });
    answer?.resolve(confirmed);
    answer = null;
  }

  return {
    store,
    async run(write) {
      for (;;) {
        const reply = await write();
        if (reply.ok || reply.error.code !== 'step_up_required') return reply;
        if (!(await ask())) return reply;
      }
    },
    async confirm(passphrase) {
      store.setState({ busy: true, failure: null });
      const reply = await send('stepUp', passphrase);
      if (reply.ok) settle(true);
      else store.setState({ busy: false, failure: reply.error });
    },
    cancel: () => settle(false),
  };
}
