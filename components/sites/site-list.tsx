import { useEffect, useRef } from 'preact/hooks';
import { fail, type Reply } from '../../utils/reply.ts';
import { allSites, sitePattern } from '../../utils/sites/site-pattern.ts';
import { chosenSitesItem } from '../../utils/storage.ts';
import { Failed } from '../ui/failed.tsx';
import { useLoaded } from '../view/use-loaded.ts';
import { useRowFocus } from '../view/use-row-focus.ts';
import { type Send, useView } from '../view/view.ts';

const refreshMs = 60_000;
const listSites = (send: Send) => send('listSites');

/** The sites on which Dialside looks for numbers, each with a button to remove it, and the choice of all sites. */
export function SiteList() {
  const { send, requestHosts, t } = useView();
  const { value: origins, failure, load, retry, refuse } = useLoaded(listSites, refreshMs);
  // The background switches on what the company lists.
  useEffect(() => chosenSitesItem.watch(() => void load()), [load]);
  const box = useRef<HTMLDivElement>(null);
  useRowFocus(box);
  const hasAll = origins?.includes(allSites) ?? false;
  const single = origins?.filter((origin) => origin !== allSites) ?? [];

  const done = async (reply: Reply<unknown>) => {
    refuse(reply.ok ? null : reply.error);
    if (reply.ok) await load();
  };
  const remove = async (origin: string) => done(await send('disableSite', origin));
  const addAll = async (granted: Promise<boolean>) =>
    done((await granted) ? await send('enableSite', allSites) : fail('site_permission_missing'));

  return (
    <div ref={box}>
      {failure && <Failed failure={failure} retry={retry} />}
      {origins && (
        <div class="all-sites">
          <div class="site-text">
            <p id="all-sites-label">{t('sites_all')}</p>
            <p class="row-note" id="all-sites-note">
              {t('sites_all_lead')}
            </p>
          </div>
          <button
            type="button"
            role="switch"
            class="switch"
            aria-checked={hasAll}
            aria-labelledby="all-sites-label"
            aria-describedby="all-sites-note"
            onClick={() => void (hasAll ? remove(allSites) : addAll(requestHosts([sitePattern(allSites)])))}
            data-testid="all-sites"
          />
        </div>
      )}
      {single.length === 0 && origins && !hasAll && <p class="field-hint">{t('sites_empty')}</p>}
      {single.length > 0 && (
        <ul class="rows" data-testid="sites">
          {single.map((origin) => (
            <li key={origin} class="row" data-testid="site">
              <span class="row-main">{origin}</span>
              <button
                type="button"
                class="button"
                aria-label={t('site_remove_of', { origin })}
                onClick={() => void remove(origin)}
              >
                {t('site_remove')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
