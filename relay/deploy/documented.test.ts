import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { operations } from '../docs/operations.ts';
import { knownSettings } from '../testing/known-settings.ts';

const root = resolve(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const guide = readFileSync(join(root, 'docs/operating.md'), 'utf8');
const wordsOf = (text: string) => [...new Set(text.match(/\b(?:ANTBUDDY|RELAY)_[A-Z_]+[A-Z]\b|\bDATABASE_URL\b/g))];
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

  it('sends nobody to an address that is not there', () => {
    const routes = operations.map(({ route }) => route);
    const named = [...guide.matchAll(/`((?:GET|POST) \/v1\/[\w/-]+)/g)].map(([, route]) => route ?? '');
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((route) => !routes.includes(route))).toEqual([]);
  });
});
