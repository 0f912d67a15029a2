// Bundles the relay into .output/relay, or into the given folder: a package without dependencies that `npm pack`, `npx` and the
// container image use unchanged.
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'rolldown';

const root = join(import.meta.dirname, '..');
const folder = resolve(process.argv[2] ?? join(root, '.output/relay'));
const { version, license }: { version: string; license: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const oldestNode = '22.13.0';

for (const file of ['relay.mjs', 'relay-main.mjs', 'package.json']) rmSync(join(folder, file), { force: true });
mkdirSync(folder, { recursive: true });

// A bundle, because Node strips no types inside node_modules and one file is easier to deliver than 60 packages.
await build({
  input: join(root, 'relay/cli.ts'),
  platform: 'node',
  logLevel: 'warn',
  // Optional native helpers of ws and pg, which both do without.
  external: ['bufferutil', 'utf-8-validate', 'pg-native'],
  output: { file: join(folder, 'relay-main.mjs'), format: 'esm' },
});

// Older Nodes fail on the bundle's imports with a stack trace, so the version is checked before the bundle is imported.
writeFileSync(
  join(folder, 'relay.mjs'),
  `#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 13)) await import('./relay-main.mjs');
else {
  console.error(\`The relay needs Node ${oldestNode.replace(/\.0$/, '')} or newer; this is \${process.version}. Install a current Node.\`);
  process.exitCode = 2;
}
`,
);
chmodSync(join(folder, 'relay.mjs'), 0o755);

writeFileSync(
  join(folder, 'package.json'),
  `${JSON.stringify(
    {
      name: 'dialside-relay',
      version,
      description: 'The company relay of Dialside.',
      license,
      private: true,
      type: 'module',
      engines: { node: `>=${oldestNode}` },
      bin: { relay: 'relay.mjs' },
      files: ['relay.mjs', 'relay-main.mjs'],
    },
    null,
    2,
  )}\n`,
);
console.log(`The relay stands in ${folder}: node relay.mjs --help`);
