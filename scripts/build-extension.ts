import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Makes the production build of the extension and returns its folder. */
export function buildExtension(target: 'chrome' | 'firefox' = 'chrome'): string {
  const wxt = join(root, 'node_modules/wxt/bin/wxt.mjs');
  const built = spawnSync(process.execPath, [wxt, 'build', '-b', target], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`The extension could not be built:\n${built.stdout}${built.stderr}`);
  return extensionDir(target);
}

export function extensionDir(target: 'chrome' | 'firefox' = 'chrome'): string {
  return join(root, `.output/${target}-mv3`);
}
