import { describe, expect, it } from 'vitest';
import { originOfSite } from './origin-of-site.ts';
import { type CompanySettings, parseCompany } from './parse-company.ts';

const nothing: CompanySettings = { relayUrl: null, sites: [], crmSearch: '', crmSearchLocked: false, faults: [] };
const relayUrl = 'https://dialside.example.vn';
const crmSearch = 'https://crm.example.vn/search?q={number}';

const rows: [name: string, stored: Record<string, unknown>, expected: Partial<CompanySettings>][] = [
  ['nothing', {}, {}],
  ['fields left blank', { relayUrl: ' ', crmSearch: '', sites: null }, {}],
  ['what Dialside does not know', { other: 1 }, {}],
  [
    'all',
    { relayUrl: `${relayUrl}/`, sites: ['https://crm.example.vn'], crmSearch: ` ${crmSearch} `, crmSearchLocked: true },
    { relayUrl, sites: ['https://crm.example.vn'], crmSearch, crmSearchLocked: true },
  ],
  ['an address without a scheme', { relayUrl: 'dialside.example.vn' }, { relayUrl }],
  ['an address that cannot be one', { relayUrl: 'http://dialside.example.vn' }, { faults: ['relayUrl'] }],
  ['an address of another type', { relayUrl: 5 }, { faults: ['relayUrl'] }],
  [
    'a site twice, and one that cannot be one',
    { sites: ['https://crm.example.vn/*', 'https://crm.example.vn/deals', 'crm', 5] },
    { sites: ['https://crm.example.vn'], faults: ['sites: crm', 'sites: 5'] },
  ],
  ['one site instead of a list', { relayUrl, sites: 'https://crm.example.vn' }, { relayUrl, faults: ['sites'] }],
  ['a search without a number', { crmSearch: 'https://crm.example.vn' }, { faults: ['crmSearch'] }],
  ['a lock without a search', { crmSearchLocked: true }, {}],
  ['a lock of another type', { crmSearch, crmSearchLocked: 'yes' }, { crmSearch, faults: ['crmSearchLocked'] }],
];

describe('parseCompany', () => {
  it.each(rows)('reads %s', (_, stored, expected) => expect(parseCompany(stored)).toEqual({ ...nothing, ...expected }));
});

describe('originOfSite', () => {
  it.each([
    ['https://crm.example.vn', 'https://crm.example.vn'],
    [' https://CRM.example.vn/app?x=1#y ', 'https://crm.example.vn'],
    ['https://crm.example.vn/*', 'https://crm.example.vn'],
    ['http://10.0.0.5:8080/*', 'http://10.0.0.5:8080'],
    ['http://[::1]:3000/', 'http://[::1]:3000'],
    ['https://*/*', 'https://*'],
    ['https://*', 'https://*'],
    ['http://*/*', null],
    ['https://*.example.vn/*', null],
    ['*://crm.example.vn/*', null],
    ['crm.example.vn', null],
    ['ftp://crm.example.vn', null],
    ['https://user:pass@crm.example.vn', null],
    ['', null],
  ])('%s → %s', (written, origin) => expect(originOfSite(written)).toBe(origin));
});
