import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseYAML } from 'confbox';
import { describe, expect, it } from 'vitest';
import { operations } from '../docs/operations.ts';
import { knownSettings } from '../testing/known-settings.ts';

const root = resolve(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const guide = readFileSync(join(root, 'docs/operating.md'), 'utf8');
const wordsOf = (text: string) => [...new Set(text.match(/\b(?:ANTBUDDY|RELAY)_[A-Z_]+[A-Z]\b|\bDATABASE_URL\b/g))];
const hasCaddy = spawnSync('caddy', ['version']).status === 0;
const bare = (name: string) => name.replace(/_FILE$/, '');

describe('what an operator reads', () => {
  const table = readme.slice(readme.indexOf('### Relay settings'), readme.indexOf('### Before you go live'));

  it('explains every setting that the relay reads', () =>
    expect(knownSettings().filter((name) => !wordsOf(table).map(bare).includes(name))).toEqual([]));

  it('names no setting that it does not', () => {
    const own = [...knownSettings(), 'RELAY_NEW_KEY'];
    expect(wordsOf(readme + guide).filter((name) => !own.includes(bare(name)))).toEqual([]);
  });

  it('has every command, and no other', { timeout: 30_000 }, () => {
    const help = execFileSync(process.execPath, [join(root, 'relay/cli.ts'), '--help'], { encoding: 'utf8' });
    const commands = [...help.slice(help.indexOf('Commands:')).matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => name);
    const explained = [...guide.matchAll(/^\| `relay ([a-z-]+)/gm)].map(([, name]) => name);
    expect(explained.sort()).toEqual(commands.filter((name) => name !== 'help').sort());
  });

  const [caddyfile = ''] = [...guide.matchAll(/^```caddyfile\n([^`]+)^```/gm)].map(([, block]) => block);

  it('has a proxy that spreads requests over the relays of compose.postgres.yaml and asks both whether they are ready', () => {
    const compose = readFileSync(join(root, 'compose.postgres.yaml'), 'utf8');
    const published = [...compose.matchAll(/'([\d.]+:\d+):\d+'/g)].map(([, address]) => address);
    const [, proxied = ''] = /reverse_proxy (.+) \{$/m.exec(caddyfile) ?? [];
    const [, port] = /health_port (\d+)$/m.exec(caddyfile) ?? [];
    const asked = proxied.split(' ').flatMap((address) => [address, address.replace(/\d+$/, port ?? '')]);
    expect(asked.sort()).toEqual(published.sort());
    expect(caddyfile).toMatch(/^\t\thealth_uri \/readyz$/m);
  });

  it.skipIf(!hasCaddy)(`has a proxy’s file that Caddy takes${hasCaddy ? '' : ' (skipped: install caddy)'}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'dialside-caddy-'));
    writeFileSync(join(folder, 'Caddyfile'), caddyfile);
    const { status, stderr } = spawnSync('caddy', ['adapt', '--config', join(folder, 'Caddyfile')], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect([status, stderr.split('\n').filter((line) => /error|not formatted/i.test(line))]).toEqual([0, []]);
  });

  const shell = [...guide.matchAll(/^```sh\n([^`]+)^```/gm)].flatMap(([, block = '']) => block.split(/\n|&& /));
  const compose = shell.filter((line) => /^\s*docker compose /.test(line)).map((line) => line.trim());

  it.each(compose)('speaks to services that are there: %s', (line) => {
    const [, file = 'compose.yaml'] = /-f (\S+)/.exec(line) ?? [];
    const { services } = parseYAML<{ services: object }>(readFileSync(join(root, file), 'utf8'));
    const named = line.match(/(?<= "?)(relay(-\d)?|postgres)(?=[ :]|$)/g) ?? [];
    expect(named.filter((name) => !(name in services))).toEqual([]);
    expect(named.length > 0 || / up -d/.test(line)).toBe(true);
  });

  it.each(['compose.yaml', 'compose.postgres.yaml'])('tells which settings of %s go into .env', (file) => {
    const section = guide.slice(guide.indexOf('### With Docker'), guide.indexOf('## HTTPS'));
    const passedOn = [...readFileSync(join(root, file), 'utf8').matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name);
    expect(passedOn.length).toBeGreaterThan(3);
    expect(passedOn.filter((name) => !section.slice(0, section.indexOf('`relay.env`')).includes(name))).toEqual([]);
  });

  it('gives commands that the relay has', () => {
    const explained = [...guide.matchAll(/^\| `relay ([a-z-]+)/gm)].map(([, name]) => name);
    const given = shell.flatMap((line) => [
      ...line.matchAll(/(?:relay\.mjs|dialside-relay|--rm .*relay(?:-1)?) ([a-z-]+)(?= |$)/g),
    ]);
    const names = given.map(([, name]) => name);
    expect(names.length).toBeGreaterThan(8);
    expect(names.filter((name) => !explained.includes(name) && !name?.startsWith('-'))).toEqual([]);
  });

  it('quotes of what people see what the extension says', () => {
    const straight = (text: string) => text.replaceAll('’', "'");
    const said = ['utils/i18n/en.ts', 'utils/i18n/page-en.ts', 'relay/contract.ts'].map((file) =>
      straight(readFileSync(join(root, file), 'utf8')),
    );
    const table = guide.slice(guide.indexOf('| what you see |'), guide.indexOf('## Recordings on disk'));
    const seen = table.split('\n').map((row) => straight(row.split(' | ')[0] ?? ''));
    const quotes = seen.flatMap((cell) => [...cell.matchAll(/“(.+?)”/g)].map(([, quote = '']) => quote));
    expect(quotes.length).toBeGreaterThan(5);
    expect(quotes.filter((quote) => !said.some((text) => text.includes(quote)))).toEqual([]);
  });

  it('sends nobody to an address that is not there', () => {
    const routes = operations.map(({ route }) => route);
    const named = [...guide.matchAll(/`((?:GET|POST) \/v1\/[\w/-]+)/g)].map(([, route]) => route ?? '');
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((route) => !routes.includes(route))).toEqual([]);
  });
});
