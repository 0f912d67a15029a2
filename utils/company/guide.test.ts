import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CompanySettings, parseCompany } from './parse-company.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const blocksOf = (path: string) =>
  [...read(path).matchAll(/^```(\w+)\n([^`]+)^```/gm)].map(([, kind, text = '']) => [kind, text]);
const [english, vietnamese] = ['docs/browser-policy.md', 'docs/browser-policy.vi.md'] as const;
const schema: { properties: Record<string, unknown> } = JSON.parse(read('public/managed-schema.json'));
const names = Object.keys(schema.properties);

const expected: CompanySettings = {
  relayUrl: 'https://dialside.example.vn',
  sites: ['https://crm.example.vn', 'https://sales.example.vn'],
  crmSearch: 'https://crm.example.vn/search?q={number}',
  crmSearchLocked: true,
  faults: [],
};

describe('the guide to browser policies', () => {
  const json = blocksOf(english).flatMap(([kind, text]) => (kind === 'json' && text ? [JSON.parse(text)] : []));
  it.each([
    ['Chrome and Edge', json[0]?.['3rdparty'].extensions['EXTENSION-ID']],
    ['Firefox', json[1]?.policies['3rdparty'].Extensions['dialside@example.vn']],
  ])('has an example for %s that Dialside takes as it is', (_, settings) => {
    expect(Object.keys(settings)).toEqual(names);
    expect(parseCompany(settings)).toEqual(expected);
  });

  it.each(['reg', 'xml'])('sets the same in its other example: %s', (wanted) => {
    const [, text = ''] = blocksOf(english).find(([kind]) => kind === wanted) ?? [];
    for (const part of [...names, ...expected.sites, expected.relayUrl, expected.crmSearch]) expect(text).toContain(part);
  });

  it('gives the same examples in both languages, and explains every setting', () => {
    expect(blocksOf(vietnamese)).toEqual(blocksOf(english));
    for (const path of [english, vietnamese])
      expect([...read(path).matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name)).toEqual(names);
  });

  it('reads every setting of the schema and no other', () => {
    const asked = new Set<string>();
    parseCompany(new Proxy({}, { get: (_, name) => void asked.add(String(name)) }));
    expect([...asked].sort()).toEqual([...names].sort());
  });
});
