import { useEffect, useState } from 'preact/hooks';
import type { KnownCaller } from '../../utils/live/notices.ts';
import type { SeenCall } from '../../utils/storage.ts';
import { isDialable } from '../call-list/is-dialable.ts';
import { useView } from '../view/view.ts';

/** What earlier calls tell of who calls now, asked once: signals tell the number alone. Null for the agent's own calls, and until it is known. */
export function useCaller({ direction, peer, endedAt }: SeenCall): KnownCaller | null {
  const { send } = useView();
  const [caller, setCaller] = useState<KnownCaller | null>(null);
  const asked = direction === 'inbound' && endedAt === null && isDialable(peer.number) ? peer.number : null;
  useEffect(() => {
    if (asked !== null) void send('getCaller', asked).then((reply) => reply.ok && setCaller(reply.value));
  }, [send, asked]);
  return caller;
}
