import { useRef } from 'preact/hooks';
import { type HiddenNumber, sharedPatterns } from '../../utils/hidden-numbers/hidden-filter.ts';
import { formatNational } from '../../utils/phone/format-number.ts';
import { succeed } from '../../utils/reply.ts';
import { Failed } from '../ui/failed.tsx';
import { useLoaded } from '../view/use-loaded.ts';
import { useRowFocus } from '../view/use-row-focus.ts';
import { type Send, useView } from '../view/view.ts';

const refreshMs = 60_000;
const listHidden = (send: Send) => send('listHiddenNumbers');

/** What the agent marked as no phone number, site by site, each with a button to undo that. */
export function HiddenNumbers({ region }: { region: string }) {
  const { send, t } = useView();
  const { value: sites, failure, retry, take } = useLoaded<Record<string, HiddenNumber[]>>(listHidden, refreshMs);
  const box = useRef<HTMLDivElement>(null);
  useRowFocus(box);

  const show = async (origin: string, number: string) => {
    const reply = await send('showNumberOn', { origin, number });
    take(reply.ok ? succeed({ ...sites, [origin]: reply.value }) : reply);
  };
  const listed = Object.entries(sites ?? {}).filter(([, hidden]) => hidden.length > 0);
  return (
    <div ref={box} data-testid="hidden-numbers">
      {failure && <Failed failure={failure} retry={retry} />}
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
          <Patterns patterns={sharedPatterns(hidden)} />
        </section>
      ))}
    </div>
  );
}

/** Patterns: numbers hidden because they resemble the marked ones, without having been marked themselves. */
function Patterns({ patterns }: { patterns: readonly string[] }) {
  const { t } = useView();
  return (
    patterns.length > 0 && (
      <p class="field-hint" data-testid="hidden-patterns">
        {t('hidden_alike', { patterns: patterns.join(', ') })}
      </p>
    )
  );
}
