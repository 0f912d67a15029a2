import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { crmSearchUrl } from '../../utils/live/crm-link.ts';
import type { SeenCall } from '../../utils/storage.ts';
import { agentSettingsItem } from '../../utils/storage.ts';
import { Icon } from '../ui/icon.tsx';
import styles from '../ui/live-calls.css?inline';
import { addStyles } from '../view/add-styles.ts';
import { peerText } from '../view/peer-text.ts';
import { useItem } from '../view/use-item.ts';
import { useRelayNow } from '../view/use-relay-now.ts';
import { useView } from '../view/view.ts';
import type { LiveProps } from './live-strip.tsx';
import { liveWords, shownCalls } from './live-words.ts';
import { type Callers, nameOf } from './use-callers.ts';

addStyles(styles);

/** The calls with their running time, the newest on top; more than a few are scrolled, so that the list below stays in sight. */
export default function LiveCalls({ calls, callers, isLost, region }: LiveProps) {
  const { t } = useView();
  const crmSearch = useItem(agentSettingsItem)?.crmSearch ?? '';
  const now = useRelayNow(1000);
  const shown = shownCalls(calls, now);
  const box = useRef<HTMLElement>(null);
  const [isLong, setIsLong] = useState(false);
  useLayoutEffect(() => setIsLong(box.current !== null && box.current.scrollHeight > box.current.clientHeight));
  if (shown.length === 0) return null;
  return (
    // Not every browser lets keys reach what scrolls.
    <section ref={box} class="live-box" aria-label={t('live_heading')} tabIndex={isLong ? 0 : undefined} data-testid="live-box">
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
