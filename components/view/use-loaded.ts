import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Failure, Reply } from '../../utils/reply.ts';
import { useShown } from './use-shown.ts';
import { type Send, useView } from './view.ts';

interface Loaded<Value> {
  /** Null until it was read once. */
  value: Value | null;
  /** Why something done to it was refused, else why it could not be read. */
  failure: Failure | null;
  load(): Promise<void>;
  /** As `load`, for somebody who was told a failure and tries again. */
  retry(): void;
  /** Takes the answer of an action as what there is now. */
  take(reply: Reply<Value>): void;
  /** Shows why an action was refused; null: it was not. */
  refuse(failure: Failure | null): void;
}

/**
 * What the background answers, read when the view is drawn, whenever the person comes back to it, and every `everyMs`.
 * @param ask the same function at each drawing
 */
export function useLoaded<Value>(ask: (send: Send) => Promise<Reply<Value>>, everyMs: number): Loaded<Value> {
  const { send } = useView();
  const [value, setValue] = useState<Value | null>(null);
  const [unread, setUnread] = useState<Failure | null>(null);
  const [refused, refuse] = useState<Failure | null>(null);
  // An answer that was on its way says nothing of what was done or asked since.
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
