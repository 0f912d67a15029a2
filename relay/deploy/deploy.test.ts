import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseYAML } from 'confbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knownSettings } from '../testing/known-settings.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface Service {
  build?: string;
  environment?: Record<string, string>;
  secrets?: string[];
  volumes?: string[];
  ports?: string[];
  env_file?: unknown;
  read_only?: boolean;
  logging?: { driver: string; options: Record<string, string> };
}
interface Compose {
  services: Record<string, Service>;
  secrets: Record<string, { file: string }>;
  volumes: Record<string, unknown>;
}

const dockerfile = read('Dockerfile').replaceAll('\\\n', ' ').split('\n');
const of = (instruction: string) => dockerfile.filter((line) => line.startsWith(`${instruction} `));
const copied = of('COPY')
  .filter((line) => !line.includes('--from'))
  .flatMap((line) => line.split(' ').slice(1, -1));

let folder: string;
/** Like the image: from exactly the files that the Dockerfile copies. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dialside-bundle-'));
  const source = join(folder, 'source');
  const isIgnored = (path: string) => /\.test\.ts$|\/relay\/testing$/.test(path);
  for (const file of copied)
    cpSync(join(root, file), join(source, file), { recursive: true, filter: (path) => !isIgnored(path) });
  symlinkSync(join(root, 'node_modules'), join(source, 'node_modules'));
  execFileSync(process.execPath, [join(source, 'scripts/build-relay.ts'), join(folder, 'built')], { stdio: 'ignore' });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the bundle', () => {
  it('runs where `npm install` of its package put it: starts, answers, and ends on SIGTERM', { timeout: 60_000 }, async () => {
    const npm = (args: string[], cwd: string) =>
      execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const packed = npm(['pack', '--pack-destination', folder, '--silent'], join(folder, 'built')).trim();
    writeFileSync(join(folder, 'package.json'), '{}');
    npm(['install', '--offline', '--no-audit', '--no-fund', `./${packed}`], folder);

    const relay = spawn(process.execPath, [join(folder, 'node_modules/.bin/relay'), 'start'], {
      env: {
        ANTBUDDY_APP_ID: 'a',
        ANTBUDDY_APP_SECRET: 's',
        ANTBUDDY_BASE_URL: 'http://127.0.0.1:9',
        RELAY_KEY: Buffer.alloc(32, 1).toString('base64'),
        RELAY_PORT: '0',
        RELAY_DATA_DIR: join(folder, 'data'),
      },
    });
    try {
      let said = '';
      relay.stdout.on('data', (data) => {
        said += data;
      });
      while (!said.includes('the relay is listening')) await once(relay.stdout, 'data');
      const { port, opsPort } = JSON.parse(said.split('\n').find((line) => line.includes('listening')) ?? '{}');
      const statusOf = async (url: string) => (await fetch(url)).status;
      expect(await statusOf(`http://127.0.0.1:${opsPort}/healthz`)).toBe(200);
      expect(await statusOf(`http://127.0.0.1:${opsPort}/metrics`)).toBe(200);
      expect(await statusOf(`http://127.0.0.1:${port}/docs`)).toBe(200);
      expect(await statusOf(`http://127.0.0.1:${port}/v1/me`)).toBe(401);
      relay.kill('SIGTERM');
      expect((await once(relay, 'close'))[0]).toBe(0);
    } finally {
      relay.kill('SIGKILL');
    }
  });
});

describe('Dockerfile', () => {
  it('copies what is there and what .dockerignore lets in', () => {
    const ignored = read('.dockerignore').split('\n');
    expect(copied.length).toBeGreaterThan(2);
    expect(copied.filter((source) => !existsSync(join(root, source)) || !ignored.includes(`!${source}`))).toEqual([]);
  });

  it('runs a program and a command that the bundle has, as nobody special', () => {
    const [program = ''] = of('ENTRYPOINT').map((line) => (JSON.parse(line.slice(11)) as string[]).at(-1));
    const [command = ''] = of('CMD').map((line) => JSON.parse(line.slice(4))[0] as string);
    const built = join(folder, 'built', program.replace('/opt/dialside/', ''));
    expect(execFileSync(process.execPath, [built, 'help', command], { encoding: 'utf8' })).toContain(`relay ${command}`);
    expect(of('USER')).toEqual(['USER node']);
    expect(of('FROM').every((line) => /^FROM node:24-[a-z]+-slim( AS build)?$/.test(line))).toBe(true);
  });

  it('sets what the relay reads', () => {
    const names = of('ENV').flatMap((line) => [...line.matchAll(/ (\w+)=/g)].map(([, name]) => name ?? ''));
    expect(names.filter((name) => !['NODE_ENV', 'MALLOC_ARENA_MAX'].includes(name) && !knownSettings().includes(name))).toEqual(
      [],
    );
  });

  it.each([
    [200, 0, (port: number) => ({ RELAY_OPS_PORT: String(port) })],
    [200, 0, (port: number) => ({ RELAY_PORT: String(port - 1) })],
    [503, 1, (port: number) => ({ RELAY_OPS_PORT: String(port) })],
    [null, 1, (port: number) => ({ RELAY_OPS_PORT: String(port) })],
  ] as const)('has a health check that takes a relay answering %s for %d, with %o', async (status, code, settings) => {
    const [check = ''] = dockerfile.filter((line) => line.startsWith('HEALTHCHECK')).map((line) => line.slice(line.indexOf('[')));
    const [node, ...args] = JSON.parse(check) as string[];
    const relay = createServer((request, response) =>
      response.writeHead(request.url === '/readyz' ? (status ?? 500) : 404).end(),
    );
    await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
    const { port } = relay.address() as { port: number };
    if (status === null) await new Promise((resolve) => relay.close(resolve));
    const ended = once(spawn(process.execPath, args, { env: settings(port) }), 'close');
    expect([node, (await ended)[0]]).toEqual(['node', code]);
    relay.close();
  });
});

describe('dialside-relay', () => {
  const runs = (env: Record<string, string>) => {
    writeFileSync(join(folder, 'systemd-run'), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
    const options = { encoding: 'utf8', env: { ...env, PATH: `${folder}:${process.env.PATH}` } } as const;
    return execFileSync(join(import.meta.dirname, 'dialside-relay'), ['admin-code', '--name', 'Your name'], options)
      .trim()
      .split('\n');
  };

  it('hands its words on as they are, with the file of a new key where there is one', () => {
    const plain = runs({});
    expect(plain.slice(-3)).toEqual(['admin-code', '--name', 'Your name']);
    const setting = '--setenv=RELAY_NEW_KEY_FILE=/etc/dialside/new key';
    expect(runs({ RELAY_NEW_KEY_FILE: '/etc/dialside/new key' }).filter((word) => !plain.includes(word))).toEqual([setting]);
  });
});

describe.each(['compose.yaml', 'compose.postgres.yaml'])('%s', (file) => {
  const { services, secrets, volumes } = parseYAML<Compose>(read(file));
  const relays = Object.entries(services).filter(([, { build }]) => build);

  it('gives the relays settings that they know, and all that they need', () => {
    expect(relays.length).toBeGreaterThan(0);
    for (const [, { environment = {} }] of relays) {
      const names = Object.keys(environment);
      expect(names.filter((name) => !knownSettings().includes(name.replace(/_FILE$/, '')))).toEqual([]);
      expect(names).toEqual(
        expect.arrayContaining(['ANTBUDDY_APP_ID', 'ANTBUDDY_APP_SECRET_FILE', 'RELAY_KEY_FILE', 'RELAY_PUBLIC_URL']),
      );
    }
  });

  it('takes further settings from a file that an upgrade does not touch', () => {
    for (const [, { env_file }] of relays) expect(env_file).toEqual([{ path: 'relay.env', required: false }]);
    expect(read('.gitignore').split('\n')).toContain('/relay.env');
  });

  it('declares every secret and volume, and reads secrets from files that it mounts', () => {
    for (const service of Object.values(services)) {
      for (const secret of service.secrets ?? []) expect(secrets).toHaveProperty([secret]);
      for (const volume of service.volumes ?? []) expect(volumes).toHaveProperty([volume.split(':')[0] ?? '']);
      for (const [name, value] of Object.entries(service.environment ?? {}).filter(([name]) => name.endsWith('_FILE')))
        expect([name, service.secrets?.map((secret) => `/run/secrets/${secret}`)]).toEqual([
          name,
          expect.arrayContaining([value]),
        ]);
    }
  });

  it('lets no log fill the disk', () => {
    for (const { logging } of Object.values(services))
      expect(logging).toEqual({ driver: 'local', options: { 'max-size': '50m', 'max-file': '5' } });
  });

  it('publishes the relays on this machine alone, each with its operations port', () => {
    for (const [, { ports = [], environment }] of relays) {
      const [host] = /^127\.0\.0\.\d/.exec(ports[0] ?? '') ?? [];
      expect(ports).toEqual([`${host}:4600:4600`, `${host}:4601:4601`]);
      expect(environment?.RELAY_OPS_HOST).toBe('0.0.0.0');
    }
  });

  it('leaves the relays nothing to write but their data', () => {
    for (const [, service] of relays)
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
  });
});

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
describe.skipIf(!hasSystemd)(`the systemd unit${hasSystemd ? '' : ' (skipped: install systemd-analyze)'}`, () => {
  const unit = join(import.meta.dirname, 'dialside-relay.service');
  const analyze = (...args: string[]) => spawnSync('systemd-analyze', args, { encoding: 'utf8' });

  it('is one that systemd takes without a word', () => {
    const { status, stdout, stderr } = analyze('verify', '--man=no', unit);
    expect([status, stdout + stderr]).toEqual([0, '']);
  });

  it('exposes less than 1.5 of 10', () => {
    const { stdout } = analyze('security', '--offline=true', '--no-pager', unit);
    expect(Number(/exposure level for .*: ([\d.]+)/.exec(stdout)?.[1])).toBeLessThan(1.5);
  });
});
