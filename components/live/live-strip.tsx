import { crmSearchUrl } from '../../utils/live/crm-link.ts';
import { agentSettingsItem, type LiveState, type SeenCall } from '../../utils/storage.ts';
import { Icon } from '../ui/icon.tsx';
import { peerText } from '../view/peer-text.ts';
import { useItem } from '../view/use-item.ts';
import { useRelayNow } from '../view/use-relay-now.ts';
import { useView } from '../view/view.ts';
import { liveWords, shownCalls, stageText } from './live-words.ts';
import { type Callers, useCallers } from './use-callers.ts';
import { useLost } from './use-lost.ts';

interface LiveStripProps {
  live: LiveState | null;
  region: string;
}
interface LiveProps {
  calls: SeenCall[];
  callers: Callers;
  isLost: boolean;
  region: string;
}
const none: SeenCall[] = [];

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
      {isLive && <Strip calls={calls} callers={callers} isLost={isLost} region={region} />}
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

function Strip({ calls, callers, isLost, region }: LiveProps) {
  const { t } = useView();
  const crmSearch = useItem(agentSettingsItem)?.crmSearch ?? '';
  const now = useRelayNow(1000);
  const shown = shownCalls(calls, now);
  if (shown.length === 0) return null;
  return (
    <section aria-label={t('live_heading')}>
      <ul class="live" data-testid="live">
        {shown.map((call) => (
          <LiveCall
            key={call.callId}
            call={call}
            callers={callers}
            isLost={isLost}
            region={region}
            crmSearch={crmSearch}
            now={now}
          />
        ))}
      </ul>
    </section>
  );
}

function nameOf({ callId, peer }: SeenCall, callers: Callers): string | null | undefined {
  return peer.name ?? callers.get(callId)?.name;
}

interface LiveCallProps {
  call: SeenCall;
  callers: Callers;
  isLost: boolean;
  region: string;
  crmSearch: string;
  now: number;
}
function LiveCall({ call, callers, isLost, region, crmSearch, now }: LiveCallProps) {
  const { t, format } = useView();
  const caller = callers.get(call.callId);
  const { key, values, tone } = liveWords(call, now, format, isLost);
  const number = peerText(call.peer.number, region, t);
  const name = nameOf(call, callers);
  const crm = crmSearchUrl(crmSearch, call.peer.number, region);
  return (
    <li class={`live-call live-${tone}`} data-testid="live-call" data-tone={tone}>
      <Icon name={call.direction} size={18} />
      <div>
        <p class="live-who" title={name ?? number}>
          <strong>{name ?? number}</strong>
        </p>
        <p class="live-state">
          {name && `${number} · `}
          {t(key, values)}
        </p>
      </div>
      {crm && (
        <a class="link" href={crm} target="_blank" rel="noreferrer" data-testid="live-crm">
          {t('live_crm')}
        </a>
      )}
      {tone !== 'ended' && caller && (
        <div class="live-known" data-testid="live-known">
          {caller.lines.map((line) => (
            <p key={line} title={line}>
              {line}
            </p>
          ))}
        </div>
      )}
    </li>
  );
}
