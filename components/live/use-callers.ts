import { useEffect, useRef, useState } from 'preact/hooks';
import type { KnownCaller } from '../../utils/live/notices.ts';
import { isDialable } from '../../utils/phone/is-dialable.ts';
import type { SeenCall } from '../../utils/storage.ts';
import { useView } from '../view/view.ts';

export type Callers = ReadonlyMap<SeenCall['callId'], KnownCaller>;

/**
 * What is known of incoming callers from earlier calls, requested once per call, and after a failed request again at the next
 * change of the calls: signals carry only the number.
 */
export function useCallers(calls: readonly SeenCall[]): Callers {
  const { send } = useView();
  const [callers, setCallers] = useState<Callers>(new Map());
  const asked = useRef(new Set<SeenCall['callId']>());
  useEffect(() => {
    for (const { callId, peer } of calls.filter(isToBeAsked)) {
      if (asked.current.has(callId)) continue;
      asked.current.add(callId);
      void send('getCaller', peer.number).then((reply) =>
        reply.ok ? setCallers((known) => new Map(known).set(callId, reply.value)) : asked.current.delete(callId),
      );
    }
  }, [send, calls]);
  return callers;
}

/** The name of whom a call is with; null or undefined: not known. */
export function nameOf({ callId, peer }: SeenCall, callers: Callers): string | null | undefined {
  return peer.name ?? callers.get(callId)?.name;
}

function isToBeAsked({ direction, peer, endedAt }: SeenCall): boolean {
  return direction === 'inbound' && endedAt === null && isDialable(peer.number);
}
