import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
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

  const blocksOf = (language: string) =>
    [...guide.matchAll(new RegExp(`^\`\`\`${language}\n([^\`]+)^\`\`\``, 'gm'))].map(([, block = '']) => block);
  const caddyfiles = blocksOf('caddyfile');

  it.each([
    ['compose.yaml', caddyfiles[0] ?? ''],
    ['compose.postgres.yaml', caddyfiles[1] ?? ''],
  ])('has a proxy for the relays of %s, which asks each whether it is ready where there is another', (file, caddyfile) => {
    const compose = readFileSync(join(root, file), 'utf8');
    const published = (port: number) =>
      [...compose.matchAll(RegExp(`'([\\d.]+:\\d+):${port}'`, 'g'))].map(([, address]) => address);
    const [, proxied = ''] = /reverse_proxy (.+) \{$/m.exec(caddyfile) ?? [];
    const [, port] = /health_port (\d+)$/m.exec(caddyfile) ?? [];
    const relays = proxied.split(' ');
    const asked = port === undefined ? [] : relays.map((address) => address.replace(/\d+$/, port));
    expect(relays).toEqual(published(4600));
    expect(asked).toEqual(relays.length > 1 ? published(4601) : []);
    expect(/^\t\thealth_uri \/readyz$/m.test(caddyfile)).toBe(relays.length > 1);
  });

  it.skipIf(!hasCaddy).each(caddyfiles)(
    `has a proxy’s file that Caddy takes${hasCaddy ? '' : ' (skipped: install caddy)'}`,
    (caddyfile) => {
      const folder = mkdtempSync(join(tmpdir(), 'dialside-caddy-'));
      writeFileSync(join(folder, 'Caddyfile'), caddyfile);
      const { status, stderr } = spawnSync('caddy', ['adapt', '--config', join(folder, 'Caddyfile')], { encoding: 'utf8' });
      rmSync(folder, { recursive: true });
      expect([status, stderr.split('\n').filter((line) => /error|not formatted/i.test(line))]).toEqual([0, []]);
    },
  );

  it.skipIf(!hasSystemd)(`lets the unit open port 443${hasSystemd ? '' : ' (skipped: install systemd-analyze)'}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'dialside-unit-'));
    const unit = join(folder, 'dialside-relay.service');
    cpSync(join(import.meta.dirname, 'dialside-relay.service'), unit);
    mkdirSync(`${unit}.d`);
    writeFileSync(join(`${unit}.d`, 'override.conf'), blocksOf('ini').join(''));
    const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', unit], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    // It also warns of other units of the machine.
    const said = (stdout + stderr).split('\n').filter((line) => line.includes('dialside-relay'));
    expect([status, said]).toEqual([0, []]);
    // The unit has no capability at all and users of its own, so each of the three is needed.
    for (const line of [
      'AmbientCapabilities=CAP_NET_BIND_SERVICE',
      'CapabilityBoundingSet=CAP_NET_BIND_SERVICE',
      'PrivateUsers=no',
    ])
      expect(blocksOf('ini').join('').split('\n')).toContain(line);
  });

  const shell = blocksOf('sh').flatMap((block) => block.split(/\n|&& /));
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

  const straight = (text: string) => text.replaceAll('’', "'");
  const quotesIn = (text: string) => [...straight(text).matchAll(/“(.+?)”/g)].map(([, quote = '']) => quote);
  const words = {
    en: ['en', 'page-en', 'options-en', 'audit-en', 'first-en']
      .map((name) => `utils/i18n/${name}.ts`)
      .concat('relay/contract.ts'),
    vi: ['vi', 'page-vi', 'options-vi', 'audit-vi', 'first-vi'].map((name) => `utils/i18n/${name}.ts`),
  };
  const unsaid = (language: keyof typeof words, quotes: string[], asWritten = (quote: string) => quote) => {
    const said = words[language].map((file) => straight(readFileSync(join(root, file), 'utf8')));
    return quotes.filter((quote) => !said.some((text) => text.includes(asWritten(quote))));
  };
  const sectionOf = (heading: string) => guide.slice(guide.indexOf(`\n${heading}\n`)).split(/\n##+ /)[1] ?? '';

  it('quotes of what people see what the extension says, in English and then in Vietnamese', () => {
    const rows = sectionOf('## When something is wrong').split('\n').slice(1);
    const seen = rows.filter((row) => row.startsWith('| ')).map((row) => (row.split(' | ')[0] ?? '').split('<br>'));
    const [english, vietnamese] = [0, 1].map((at) => seen.flatMap((cell) => quotesIn(cell[at] ?? '')));
    expect(english?.length).toBeGreaterThan(12);
    expect(unsaid('en', english ?? [])).toEqual([]);
    expect(unsaid('vi', vietnamese ?? [])).toEqual([]);
    expect(seen.filter((cell) => quotesIn(cell[0] ?? '').length > 0 && quotesIn(cell[1] ?? '').length === 0)).toEqual([]);
  });

  it.each(['## Recordings that leave as files', '### A disputed call'])(
    'names the buttons and fields of “%s” as they are',
    (heading) => {
      const named = quotesIn(sectionOf(heading).replaceAll(/\s+/g, ' '));
      expect(named.length).toBeGreaterThan(0);
      expect(unsaid('en', named, (quote) => `'${quote}'`)).toEqual([]);
    },
  );

  it('heads a list of agents as the import’s own example does', () => {
    const [, heading = ''] = /heading\s+row\s+`([^`]+)`/.exec(readme) ?? [];
    expect(heading).not.toBe('');
    expect(unsaid('en', [heading.replaceAll(',', '\\t')])).toEqual([]);
  });

  it('sends nobody to an address that is not there', () => {
    const routes = operations.map(({ route }) => route);
    const named = [...guide.matchAll(/`((?:GET|POST) \/v1\/[\w/-]+)/g)].map(([, route]) => route ?? '');
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((route) => !routes.includes(route))).toEqual([]);
  });
});
