import { useEffect, useState } from 'preact/hooks';
import type { HiddenNumber } from '../../utils/hidden-numbers/hidden-filter.ts';
import { formatNational } from '../../utils/phone/format-number.ts';
import type { Failure } from '../../utils/reply.ts';
import { Notice } from '../ui/notice.tsx';
import { failureText } from '../view/failure-text.ts';
import { useView } from '../view/view.ts';

/** What the agent said is no phone number, site by site, each with a way to take that back. */
export function HiddenNumbers({ region }: { region: string }) {
  const { send, t } = useView();
  const [sites, setSites] = useState<Record<string, HiddenNumber[]> | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  const load = async () => {
    const reply = await send('listHiddenNumbers');
    if (reply.ok) setSites(reply.value);
    setFailure(reply.ok ? null : reply.error);
  };
  useEffect(() => void load(), [send]);

  const show = async (origin: string, number: string) => {
    const reply = await send('showNumberOn', { origin, number });
    if (reply.ok) setSites((known) => ({ ...known, [origin]: reply.value }));
    setFailure(reply.ok ? null : reply.error);
  };
  const listed = Object.entries(sites ?? {}).filter(([, hidden]) => hidden.length > 0);
  return (
    <div data-testid="hidden-numbers">
      {failure && (
        <Notice tone="bad" action={{ label: t('retry'), run: () => void load() }}>
          {failureText(t, failure)}
        </Notice>
      )}
      {sites && listed.length === 0 && <p class="field-hint">{t('hidden_empty')}</p>}
      {listed.map(([origin, hidden]) => (
        <section key={origin} aria-label={origin}>
          <h3>{origin}</h3>
          <ul class="rows">
            {hidden.map(({ number, text }) => (
              <li key={number} class="row" data-testid="hidden-number">
                <span class="row-main">
                  {text}
                  <span class="row-note">{formatNational(number, region)}</span>
                </span>
                <button
                  type="button"
                  class="button"
                  aria-label={t('hidden_show_of', { number: text })}
                  onClick={() => void show(origin, number)}
                >
                  {t('hidden_show')}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
