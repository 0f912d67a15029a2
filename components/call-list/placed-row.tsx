import type { Call } from '../../relay/contract.ts';
import { formatNational } from '../../utils/phone/format-number.ts';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { useView } from '../view/view.ts';
import { placedWords } from './placed-words.ts';

interface PlacedRowProps {
  call: Call;
  region: string;
  now: number;
  onDial(number: string): void;
}

/** A call placed through Dialside that AntBuddy's history does not list yet. */
export function PlacedRow({ call, region, now, onDial }: PlacedRowProps) {
  const { t, format } = useView();
  const words = placedWords(call, t, now);
  const number = formatNational(call.number, region);
  return (
    <li class={`call placed placed-${words.tone}`} data-testid="placed-row" data-state={call.state}>
      <span class="call-direction">
        {words.tone === 'busy' ? <span class="spinner" /> : <Icon name={words.tone === 'good' ? 'call' : 'warning'} size={18} />}
      </span>
      <div class="call-text">
        <p class="call-head">
          <span class="call-who">{number}</span>
          <time class="call-time" dateTime={new Date(call.createdAt).toISOString()}>
            {format.time(call.createdAt)}
          </time>
        </p>
        <p class="call-facts placed-words" role="status">
          {words.text}
        </p>
      </div>
      <div class="call-actions">
        {call.state !== 'dispatching' && (
          <IconButton
            icon="call"
            tone="accent"
            label={t('call_again', { number })}
            onClick={() => onDial(call.number)}
            testId="call-again"
          />
        )}
      </div>
    </li>
  );
}
