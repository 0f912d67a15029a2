import { useState } from 'preact/hooks';
import { allSites, sitePattern } from '../../utils/sites/site-pattern.ts';
import { Notice } from '../ui/notice.tsx';
import { useView } from '../view/view.ts';
import { useFirstWords } from './use-first-words.ts';

interface CompanyOfferProps {
  /** Origins that the company lists and the browser has to allow. */
  sites: readonly string[];
  onAllowed(): void;
}

/** Allows all the company's sites with one press; the background switches them on (utils/background/company-sites.ts). */
export function CompanyOffer({ sites, onAllowed }: CompanyOfferProps) {
  const { requestHosts } = useView();
  const t = useFirstWords();
  const [isRefused, setRefused] = useState(false);
  if (sites.length === 0) return null;
  const allow = () => {
    const granted = requestHosts(sites.map(sitePattern));
    void granted.then((may) => {
      setRefused(!may);
      if (may) onAllowed();
    });
  };
  return (
    <Notice tone="warn" action={{ label: t('company_allow'), run: allow }}>
      {t(isRefused ? 'company_sites_refused' : 'company_sites', { sites: namesOf(sites, t('company_all_sites')) })}
    </Notice>
  );
}

/** `https://crm.example.vn` → `crm.example.vn` */
export function namesOf(sites: readonly string[], all: string): string {
  return sites.map((origin) => (origin === allSites ? all : new URL(origin).host)).join(', ');
}
