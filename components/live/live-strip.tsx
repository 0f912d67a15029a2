import type { LiveState, SeenCall } from '../../utils/storage.ts';
import { lazily } from '../view/lazily.tsx';
import { peerText } from '../view/peer-text.ts';
import { useRelayNow } from '../view/use-relay-now.ts';
import { useView } from '../view/view.ts';
import { liveWords, shownCalls, stageText } from './live-words.ts';
import { type Callers, nameOf, useCallers } from './use-callers.ts';
import { useLost } from './use-lost.ts';

interface LiveStripProps {
  live: LiveState | null;
  region: string;
}
export interface LiveProps {
  calls: SeenCall[];
  callers: Callers;
  isLost: boolean;
  region: string;
}
const none: SeenCall[] = [];

/** Loaded on demand, since most openings of the popup are between calls. */
const LazyCalls = lazily<LiveProps>(() => import('./live-calls.tsx'));

/** The agent's current calls; renders nothing visible when there are none. */
export function LiveStrip({ live, region }: LiveStripProps) {
  const calls = live?.calls ?? none;
  const isLive = calls.length > 0;
  const callers = useCallers(calls);
  const isLost = useLost(live);
  return (
    <>
      {/* Always rendered: screen readers do not announce a live region that appears together with its text. */}
      <p class="hidden" role="status" data-testid="live-said">
        {isLive && <Stages calls={calls} callers={callers} isLost={isLost} region={region} />}
      </p>
      {isLive && <LazyCalls calls={calls} callers={callers} isLost={isLost} region={region} />}
    </>
  );
}

/** The callers and the stages of their calls, without the running time. */
function Stages({ calls, callers, isLost, region }: LiveProps) {
  const { t, format } = useView();
  const now = useRelayNow(1000);
  const stages = shownCalls(calls, now).map((call) => {
    const stage = stageText(liveWords(call, now, format, isLost), t);
    return `${nameOf(call, callers) ?? peerText(call.peer.number, region, t)}: ${stage}`;
  });
  return <>{stages.join('. ')}</>;
}
