import { browser } from 'wxt/browser';
import { type CompanySettings, parseCompany } from './parse-company.ts';

/** What the company's browser policy sets now. */
export async function readCompany(): Promise<CompanySettings> {
  // Firefox rejects where no policy is set for the extension (developer.mozilla.org, storage.managed).
  return parseCompany(await browser.storage.managed.get().catch(() => ({})));
}

/** Reports that the policy has changed; returns the undo. Firefox reads policies only as it starts, and reports nothing. */
export function onCompanyChanged(changed: () => void): () => void {
  const listener = (_: unknown, area: string) => {
    if (area === 'managed') changed();
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}
