import { readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { expect, it } from 'vitest';
import config from '../wxt.config.ts';
import { untrackedPaths } from './untracked-paths.ts';

const isLeftOut = (path: string) => config.zip?.excludeSources?.some((glob) => matchesGlob(path, glob));

it('packs nothing into the sources that the repository does not keep', () => {
  const gitignore = readFileSync(join(import.meta.dirname, '../.gitignore'), 'utf8');
  expect(config.zip?.excludeSources).toEqual(untrackedPaths(gitignore));
});

it.each([
  'relay-key',
  'relay-key.new',
  'antbuddy-app-secret',
  'secrets/relay-key',
  'secrets/database-url',
  'backups/2026-03-02.sqlite',
  'backups/2026-03-02.dump',
  'data/dialside.sqlite-wal',
  '.env',
  'relay.env',
  'relay/relay-key',
  'relay/some.log',
  'node_modules/a/package.json',
])('leaves out %s', (path) => expect(isLeftOut(path)).toBe(true));

it.each(['.gitignore', 'package.json', 'relay/keys.ts', 'relay/store/key-check.ts', 'relay/data/x.ts', 'utils/page/walk.ts'])(
  'packs %s',
  (path) => expect(isLeftOut(path)).toBe(false),
);
