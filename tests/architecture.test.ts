import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const rooms = ['entrypoints', 'components', 'utils', 'relay', 'sandbox', 'tests', 'scripts'];

/** The folders that each part of the repository may import; the longest matching key applies. Unlisted: only itself. */
const mayImport: Record<string, string[]> = {
  entrypoints: ['components', 'utils', 'entrypoints'],
  components: ['utils', 'relay/contract.ts'],
  utils: ['utils', 'relay/contract.ts'],
  'utils/phone': ['utils/phone'],
  'utils/page': ['utils/page', 'utils/phone', 'utils/i18n'],
  relay: ['relay', 'utils/phone/normalize-text.ts', 'utils/phone/renumbered-mobiles.ts'],
  'relay/contract.ts': [],
  sandbox: ['sandbox', 'scripts', 'utils/sites/site-pattern.ts'],
  // The stand-in judges the relay's upstream client, so it shares no code with it.
  'sandbox/antbuddy': [],
  tests: rooms,
  // The screenshots of the card use the extension's own texts.
  scripts: ['scripts', 'utils', 'relay/contract.ts'],
};

const files = rooms.flatMap(sourceFiles);
const production = files.filter((file) => !file.startsWith('tests/') && !/\.test\.tsx?$/.test(file));
const imports = production.flatMap((file) => importsOf(file).map((target) => ({ file, target })));

describe('import directions', () => {
  it.each(imports.map(({ file, target }) => [file, target]))('%s may import %s', (file, target) => {
    const room = roomOf(file);
    const allowed = [...(mayImport[room] ?? []), room];
    expect(allowed.some((place) => target === place || target.startsWith(`${place}/`))).toBe(true);
  });

  it('sees the repository', () => {
    expect(production.length).toBeGreaterThan(20);
    expect(imports.length).toBeGreaterThan(20);
  });
});

describe('conventions', () => {
  it('keeps tests out of the top level of entrypoints, where WXT would take them for entrypoints', () => {
    expect(readdirSync(join(root, 'entrypoints')).filter((name) => name.includes('.test.'))).toEqual([]);
  });

  it.each(production.filter((file) => /^entrypoints\/[^/]+(\.ts|\/main\.tsx)$/.test(file)))('%s only wires', (file) => {
    expect(read(file).split('\n').length).toBeLessThanOrEqual(41);
  });

  it.each(production.filter((file) => /^(entrypoints|components|utils)\//.test(file)))(
    '%s takes browser from wxt/browser',
    (file) => {
      expect(read(file)).not.toMatch(/from '(webextension-polyfill|#imports)'|\bchrome\.\w+\.\w+\(/);
    },
  );

  it.each(production.filter((file) => file.startsWith('components/')))('%s brings no polyfill into a view', (file) => {
    expect(read(file)).not.toContain("from 'wxt/browser'");
  });

  it('asks for a Chrome that has what the extension calls', () => {
    const since: [call: string, version: number][] = [
      ['Promise.withResolvers(', 119],
      ['URL.canParse(', 120],
      ['URL.parse(', 126],
    ];
    const lowest = Number(/minimum_chrome_version: .*'(\d+)'/.exec(read('wxt.config.ts'))?.[1]);
    const parts = production.filter((file) => /^(entrypoints|components|utils)\//.test(file)).map(read);
    const called = since.filter(([call]) => parts.some((text) => text.includes(call)));
    expect(called.length).toBeGreaterThan(0);
    expect(called.filter(([, version]) => version > lowest)).toEqual([]);
  });

  it('names files in kebab-case', () => {
    expect(files.filter((file) => !/^[a-z0-9./_-]+$/.test(file))).toEqual([]);
  });
});

function sourceFiles(room: string): string[] {
  return readdirSync(join(root, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|mjs)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): string[] {
  const specifiers = [...read(file).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1] as string);
  return specifiers
    .map((specifier) => relative(root, resolve(root, dirname(file), specifier)))
    .filter((target) => rooms.some((room) => target.startsWith(`${room}/`)));
}

function roomOf(file: string): string {
  const known = Object.keys(mayImport).filter((room) => file === room || file.startsWith(`${room}/`));
  return known.sort((a, b) => b.length - a.length)[0] ?? file;
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
