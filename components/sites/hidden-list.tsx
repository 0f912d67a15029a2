import { useEffect, useState } from 'preact/hooks';
import type { HiddenNumber } from '../../utils/hidden-numbers/hidden-filter.ts';
import type { Failure } from '../../utils/reply.ts';
import { Notice } from '../ui/notice.tsx';
import { failureText } from '../view/failure-text.ts';
import { useView } from '../view/view.ts';

/** What was said to be no phone number, site by site, each with a way to get its button back. */
export function HiddenList() {
  const { send, t } = useView();
  const [sites, setSites] = useState<Record<string, HiddenNumber[]>>({});
  const [failure, setFailure] = useState<Failure | null>(null);

  const load = async (before = Promise.resolve<Failure | null>(null)) => {
    const failed = await before;
    const reply = failed ? { ok: false as const, error: failed } : await send('listHiddenNumbers');
    if (reply.ok) setSites(reply.value);
    setFailure(reply.ok ? null : reply.error);
  };
  const show = async (origin: string, number: string) => {
    const reply = await send('showNumberOn', { origin, number });
    return reply.ok ? null : reply.error;
  };
  useEffect(() => void load(), [send]);

  const all = Object.entries(sites).flatMap(([origin, hidden]) => hidden.map((one) => ({ origin, ...one })));
  if (failure) return <Notice tone="bad">{failureText(t, failure)}</Notice>;
  if (all.length === 0) return null;
  return (
    <>
      <p class="row-note">{t('hidden_lead')}</p>
      <ul class="rows" data-testid="hidden-numbers">
        {all.map(({ origin, number, text }) => (
          <li key={`${origin} ${number}`} class="row">
            <span class="row-main">
              {text} <span class="row-note">{origin}</span>
            </span>
            <button
              type="button"
              class="button"
              aria-label={t('hidden_show_of', { number: text, origin })}
              onClick={() => void load(show(origin, number))}
            >
              {t('hidden_show')}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
