import * as v from 'valibot';
import { isCrmTemplate } from '../live/crm-link.ts';
import { normaliseRelayUrl } from '../relay/normalise-relay-url.ts';
import { originOfSite } from './origin-of-site.ts';

/** What the company's browser policy sets for Dialside (public/managed-schema.json). */
export interface CompanySettings {
  /** Base of the relay's routes; null: the agent enters the address. */
  relayUrl: string | null;
  /** Origins on which the company wants Dialside, or `https://*` for all. */
  sites: string[];
  /** Address of the CRM's search; empty: none. */
  crmSearch: string;
  /** Whether agents cannot change `crmSearch`. */
  crmSearchLocked: boolean;
  /** Settings that cannot be used and are left out: `relayUrl`, `sites: crm.example.vn`. */
  faults: string[];
}

const Blank = v.pipe(v.string(), v.trim(), v.literal(''));
const RelayUrl = v.pipe(v.string(), v.transform(normaliseRelayUrl), v.string());
const Site = v.pipe(v.string(), v.transform(originOfSite), v.string());
const CrmSearch = v.pipe(v.string(), v.maxLength(2000), v.trim(), v.check(isCrmTemplate));

/** Each setting stands by itself: one that is malformed is left out and named, the others hold. */
export function parseCompany(stored: Readonly<Record<string, unknown>>): CompanySettings {
  const faults: string[] = [];
  function read<Value>(name: string, schema: v.GenericSchema<unknown, Value>, fallback: Value): Value {
    const value = stored[name];
    if (value === undefined || value === null || v.is(Blank, value)) return fallback;
    const parsed = v.safeParse(schema, value);
    if (!parsed.success) faults.push(name);
    return parsed.success ? parsed.output : fallback;
  }
  const relayUrl = read<string | null>('relayUrl', RelayUrl, null);
  const listed = read<unknown[]>('sites', v.array(v.unknown()), []);
  const sites = new Set<string>();
  for (const one of listed) {
    const parsed = v.safeParse(Site, one);
    if (parsed.success) sites.add(parsed.output);
    else faults.push(`sites: ${typeof one === 'string' ? one : JSON.stringify(one)}`);
  }
  const crmSearch = read('crmSearch', CrmSearch, '');
  const isLocked = read('crmSearchLocked', v.boolean(), false);
  return { relayUrl, sites: [...sites], crmSearch, crmSearchLocked: isLocked && crmSearch !== '', faults };
}
