import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { extensionDir } from '../../scripts/build-extension.ts';

/** Copies the build and grants it notifications in the manifest, because a test cannot answer the browser's own prompt. */
export function withNotifications(): string {
  const dir = join(extensionDir(), '../e2e-notifying');
  rmSync(dir, { recursive: true, force: true });
  cpSync(extensionDir(), dir, { recursive: true });
  const path = join(dir, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { permissions: string[]; optional_permissions?: string[] };
  manifest.permissions.push('notifications');
  manifest.optional_permissions = (manifest.optional_permissions ?? []).filter((name) => name !== 'notifications');
  writeFileSync(path, JSON.stringify(manifest));
  return dir;
}
