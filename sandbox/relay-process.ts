import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

export interface RelayProcess {
  url: string;
  opsUrl: string;
  /** Everything the process printed so far. */
  output(): string;
  /** The value of a metric without labels that the relay reports now. */
  metric(name: string): Promise<number>;
  /** Resident memory in whole MB. */
  memory(): Promise<number>;
  /** A one-time code that connects a browser as an admin: `relay admin-code`. */
  adminCode(name?: string): Promise<string>;
  kill(): Promise<void>;
  /** SIGTERM; resolves when the process has ended. */
  stop(): Promise<void>;
}

interface RelayOptions {
  antbuddy: { url: string; mediaUrl: string; signalUrl: string; appId: string; appSecret: string; accountId: string };
  dataRoot: string;
  preferredPort?: number;
  environment?: Record<string, string>;
  /** Path of the relay's bundle, to run it instead of the source. */
  program?: string;
}

/** As in `npm run relay`: the relay's live data is small, and by default V8 would leave 100 MB of garbage uncollected. */
export const nodeFlags = ['--max-semi-space-size=4', '--heap-growing-percent=50'];
const source = join(import.meta.dirname, '../relay/cli.ts');

/** Starts the real relay as its own process, as a company would, and waits until `/readyz` succeeds. */
export async function startRelay(options: RelayOptions): Promise<RelayProcess> {
  const { antbuddy, program = source } = options;
  mkdirSync(options.dataRoot, { recursive: true });
  const port = await freePort(options.preferredPort);
  const opsPort = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const opsUrl = `http://127.0.0.1:${opsPort}`;
  const environment: Record<string, string> = {
    ...inheritedEnvironment(),
    // As in the service and the container.
    MALLOC_ARENA_MAX: '1',
    ANTBUDDY_APP_ID: antbuddy.appId,
    ANTBUDDY_APP_SECRET: antbuddy.appSecret,
    ANTBUDDY_BASE_URL: antbuddy.url,
    ANTBUDDY_MEDIA_HOSTS: new URL(antbuddy.mediaUrl).host,
    ANTBUDDY_ACCOUNT_ID: antbuddy.accountId,
    ANTBUDDY_SIGNAL_URL: antbuddy.signalUrl,
    RELAY_KEY: randomBytes(32).toString('base64'),
    RELAY_PORT: String(port),
    RELAY_OPS_PORT: String(opsPort),
    RELAY_PUBLIC_URL: url,
    RELAY_DATA_DIR: mkdtempSync(join(options.dataRoot, 'relay-')),
    RELAY_SWEEP_SECONDS: '2',
    ...options.environment,
  };
  const child = spawn(process.execPath, [...nodeFlags, program, 'start'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));

  const metric = async (name: string) => {
    const metrics = await (await fetch(`${opsUrl}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(metrics)?.[1]);
  };

  await waitUntilReady(opsUrl, child, () => printed);
  return {
    url,
    opsUrl,
    output: () => printed,
    metric,
    memory: async () => Math.round((await metric('process_resident_memory_bytes')) / 1e6),
    adminCode: (name) => readAdminCode(environment, name),
    kill: () => endWith(child, 'SIGKILL', ended),
    stop: () => endWith(child, 'SIGTERM', ended),
  };
}

async function waitUntilReady(opsUrl: string, child: ChildProcess, output: () => string): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt++) {
    if (child.exitCode !== null) throw new Error(`The relay did not start:\n${output()}`);
    const ready = await fetch(`${opsUrl}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error(`The relay was not ready after 15 s:\n${output()}`);
}

/** Runs `relay admin-code`, which prints the code as two groups of five characters. */
async function readAdminCode(environment: Record<string, string>, name?: string): Promise<string> {
  const named = name ? ['--name', name] : [];
  const child = spawn(process.execPath, [source, 'admin-code', ...named], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += chunk));
  await new Promise((resolve) => child.once('close', resolve));
  const code = printed.match(/\b[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}\b/)?.[0];
  if (!code) throw new Error(`relay admin-code printed no code:\n${printed}`);
  return code;
}

async function endWith(child: ChildProcess, signal: NodeJS.Signals, ended: Promise<void>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  await ended;
}

function inheritedEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '', LANG = '' } = process.env;
  return { PATH, HOME, LANG };
}
