import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Failure, Reply } from '../../utils/reply.ts';
import { useShown } from './use-shown.ts';
import { type Send, useView } from './view.ts';

interface Loaded<Value> {
  /** Null until the first successful read. */
  value: Value | null;
  /** Why an action on the value was refused, else why the value could not be read. */
  failure: Failure | null;
  load(): Promise<void>;
  /** Like `load`, for a person who saw a failure and tries again. */
  retry(): void;
  /** Takes the answer of an action as the current value. */
  take(reply: Reply<Value>): void;
  /** Shows why an action was refused; null clears it. */
  refuse(failure: Failure | null): void;
}

/**
 * The background's answer, read when the view is first rendered, whenever the person comes back to it, and every `everyMs`.
 * @param ask must be the same function at every render
 */
export function useLoaded<Value>(ask: (send: Send) => Promise<Reply<Value>>, everyMs: number): Loaded<Value> {
  const { send } = useView();
  const [value, setValue] = useState<Value | null>(null);
  const [unread, setUnread] = useState<Failure | null>(null);
  const [refused, refuse] = useState<Failure | null>(null);
  // An answer that was under way when an action or a later load happened is outdated.
  const turn = useRef(0);

  const load = useCallback(async () => {
    turn.current += 1;
    const asked = turn.current;
    const reply = await ask(send);
    if (asked !== turn.current) return;
    if (reply.ok) setValue(reply.value);
    setUnread(reply.ok ? null : reply.error);
  }, [send, ask]);
  useEffect(() => void load(), [load]);
  useShown(load, everyMs);

  return {
    value,
    failure: refused ?? unread,
    load,
    retry() {
      refuse(null);
      void load();
    },
    take(reply) {
      turn.current += 1;
      if (reply.ok) setValue(reply.value);
      refuse(reply.ok ? null : reply.error);
    },
    refuse,
  };
}
