import { useRef } from 'preact/hooks';
import type { AskedNotToCall } from '../../relay/contract.ts';
import { formatInternational } from '../../utils/phone/format-number.ts';
import { useRelayNow } from '../view/use-relay-now.ts';
import { useRowFocus } from '../view/use-row-focus.ts';
import { useView } from '../view/view.ts';

type Asked = AskedNotToCall['asked'][number];

interface AskedListProps {
  asked: Asked[];
  onAdd(one: Asked): void;
}

/** Numbers of people who asked an agent not to be called, each to be added to the do-not-call list with one press. */
export function AskedList({ asked, onAdd }: AskedListProps) {
  const { t, format } = useView();
  const now = useRelayNow(60_000);
  const box = useRef<HTMLDivElement>(null);
  useRowFocus(box);
  return (
    <div ref={box} data-testid="asked">
      {asked.length > 0 && (
        <>
          <h3>{t('dnc_asked')}</h3>
          <p class="field-hint">{t('dnc_asked_hint')}</p>
          <ul class="rows">
            {asked.map((one) => {
              const number = formatInternational(one.number);
              return (
                <li key={one.number} class="row" data-testid="asked-number">
                  <span class="row-main">
                    {number}
                    <span class="row-note">{t('dnc_asked_by', { name: one.agent.name, time: format.moment(one.at, now) })}</span>
                  </span>
                  <button type="button" class="button" aria-label={t('dnc_asked_add_of', { number })} onClick={() => onAdd(one)}>
                    {t('dnc_asked_add')}
                  </button>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </div>
  );
}
