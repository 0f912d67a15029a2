import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { LanguageSetting } from '../../utils/session/choose-language.ts';
import { AgentsPanel } from '../agents/agents-panel.tsx';
import { CompanyOffer } from '../company/company-offer.tsx';
import { useCompany } from '../company/use-company.ts';
import { ConnectForm } from '../connection/connect-form.tsx';
import { ConnectedCard } from '../connection/connected-card.tsx';
import { LanguageChoice } from '../connection/language-choice.tsx';
import { createSessionStore } from '../connection/session-store.ts';
import { CallSettings } from '../settings/call-settings.tsx';
import { HiddenNumbers } from '../settings/hidden-numbers.tsx';
import { SiteList } from '../sites/site-list.tsx';
import { Failed } from '../ui/failed.tsx';
import { Notice } from '../ui/notice.tsx';
import { useShown } from '../view/use-shown.ts';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import { adminPanels } from './admin-panels.ts';

const leads = {
  policy: 'policy_lead',
  do_not_call: 'dnc_lead',
  locks: 'locks_lead',
  reports: 'report_lead',
  audit: 'audit_lead',
} as const;

/** Access that ends while the options are visible is noticed this soon; on returning to the options, at once. */
const refreshMs = 60_000;

interface OptionsViewProps {
  language: LanguageSetting;
}

/** Connection, sites and language of this browser; for an admin also the agents. */
export function OptionsView({ language }: OptionsViewProps) {
  const { send, t, format } = useView();
  const model = useMemo(() => createSessionStore(send), [send]);
  const { session, failure, busy } = useStore(model.store);
  const [locked, setLocked] = useState(0);
  const retry = useCallback(() => void model.open(), [model]);
  useEffect(retry, [retry]);
  useShown(retry, refreshMs);

  const { value: company, load: loadCompany } = useCompany();
  const connected = session?.connected ? session : null;
  const region = connected?.me?.policy.homeRegion ?? 'VN';
  const isAdmin = connected?.me?.agent.role === 'admin';
  // What an admin reads and fills in belongs to one company: a code may connect this browser to another one's relay.
  const owner = `${connected?.relayUrl} ${connected?.me?.agent.id}`;
  const sections = [
    'connection',
    'sites',
    'hidden',
    'calls',
    'language',
    ...(isAdmin ? (['agents', ...adminPanels.map(({ id }) => id)] as const) : []),
  ] as const;
  return (
    <div class="options-view">
      <nav class="options-nav" aria-label={t('options_sections')}>
        <p class="brand">Dialside</p>
        <ul>
          {sections.map((name) => (
            <li key={name}>
              <a href={`#${name}`}>
                {t(`section_${name}`)}{' '}
                {name === 'locks' && (
                  <span role="status" class="nav-count" data-testid="locked-count">
                    {locked > 0 && format.count(locked)}
                  </span>
                )}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main>
        <h1>{t('options_heading')}</h1>
        <section class="card" id="connection" aria-labelledby="connection-heading" aria-busy={busy}>
          <h2 id="connection-heading">{t('section_connection')}</h2>
          {company && company.faults.length > 0 && (
            <Notice tone="warn">{t('company_faults', { settings: company.faults.join(', ') })}</Notice>
          )}
          {session === null && !failure && <p role="status">{t('status_loading')}</p>}
          {session === null && failure && <Failed failure={failure} retry={retry} />}
          {session?.connected === false && <ConnectForm company={company} onConnected={model.adopt} />}
          {connected && (
            <ConnectedCard session={connected} failure={failure} company={company} onRetry={retry} onSession={model.adopt} />
          )}
        </section>
        <section class="card" id="sites" aria-labelledby="sites-heading">
          <h2 id="sites-heading">{t('section_sites')}</h2>
          <p class="lead">{t('sites_lead')}</p>
          {/* Connecting asks for them too. */}
          {connected && <CompanyOffer sites={company?.awaitedSites ?? []} onAllowed={() => void loadCompany()} />}
          <SiteList />
        </section>
        <section class="card" id="hidden" aria-labelledby="hidden-heading">
          <h2 id="hidden-heading">{t('section_hidden')}</h2>
          <p class="lead">{t('hidden_lead')}</p>
          <HiddenNumbers region={region} />
        </section>
        <section class="card" id="calls" aria-labelledby="calls-heading">
          <h2 id="calls-heading">{t('section_calls')}</h2>
          <CallSettings region={region} isCrmLocked={company?.crmSearchLocked ?? false} />
        </section>
        <section class="card" id="language" aria-labelledby="language-heading">
          <h2 id="language-heading">{t('section_language')}</h2>
          <div class="form">
            <LanguageChoice setting={language} onChoose={(setting) => void send('setLanguage', setting)} />
          </div>
        </section>
        {isAdmin && connected && (
          <section key={owner} class="card" id="agents" aria-labelledby="agents-heading">
            <h2 id="agents-heading">{t('section_agents')}</h2>
            <p class="lead">{t('agents_lead')}</p>
            <AgentsPanel relayUrl={connected.relayUrl} />
          </section>
        )}
        {isAdmin &&
          adminPanels.map(({ id, Panel }) => (
            <section key={`${id} ${owner}`} class="card" id={id} aria-labelledby={`${id}-heading`}>
              <h2 id={`${id}-heading`}>{t(`section_${id}`)}</h2>
              <p class="lead">{t(leads[id])}</p>
              <Panel region={region} onLocked={setLocked} />
            </section>
          ))}
      </main>
    </div>
  );
}
