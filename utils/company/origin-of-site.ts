import { allSites } from '../sites/site-pattern.ts';

/**
 * The origin of a site as an administrator writes it: an address (`https://crm.example.vn/deals`) or a match pattern of one host
 * (`https://crm.example.vn/*`); `https://*` for the pattern of all sites. Null for anything else, such as a pattern of subdomains:
 * sites are allowed and switched off one by one.
 */
export function originOfSite(written: string): string | null {
  const text = written.trim();
  if (/^https:\/\/\*(\/\*?)?$/.test(text)) return allSites;
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return null;
  return /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)$/.test(url.hostname) ? url.origin : null;
}
