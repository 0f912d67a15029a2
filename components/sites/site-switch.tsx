import { chosenSitesItem } from '../../utils/storage.ts';
import { failureText } from '../view/failure-text.ts';
import { useItem } from '../view/use-item.ts';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import type { SiteSwitch as SiteSwitchModel } from './site-switch-store.ts';

/** Turns Dialside on or off for the site of the active tab. */
export function SiteSwitch({ model }: { model: SiteSwitchModel }) {
  const { t } = useView();
  const { site, busy, failure } = useStore(model.store);
  const chosen = useItem(chosenSitesItem);
  const host = site?.origin ? new URL(site.origin).host : null;
  // A person who has never enabled a site may not know what the switch is for.
  const isFirst = site?.enabled === false && chosen?.length === 0;
  const label = t(site && host === null ? 'site_none' : 'site_enable');
  return (
    <div class={isFirst ? 'site-switch site-new' : 'site-switch'} data-testid="site-switch">
      <div class="site-text">
        <p class="site-label" id="site-switch-label" title={label}>
          {label}
        </p>
        {host !== null && (
          <p class="site-host" title={host}>
            {host}
          </p>
        )}
        {isFirst && host !== null && !failure && (
          <p class="site-hint" data-testid="site-hint">
            {t('site_first')}
          </p>
        )}
        {failure && (
          <p class="field-error" role="alert">
            {failureText(t, failure)}
          </p>
        )}
      </div>
      {host !== null && (
        <button
          type="button"
          role="switch"
          class="switch"
          aria-checked={site?.enabled === true}
          aria-labelledby="site-switch-label"
          aria-busy={busy}
          onClick={() => void model.toggle()}
        />
      )}
    </div>
  );
}
