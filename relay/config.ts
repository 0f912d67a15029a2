import { readFileSync } from 'node:fs';
import { isSupportedCountry } from 'libphonenumber-js/max';
import { type HashOrder, hashOrders } from './antbuddy/hash.ts';
import { type Network, readNetwork } from './http/client-address.ts';
import { createSettings, SettingError, type Settings } from './settings.ts';
import type { StorePlace } from './store/open-store.ts';

/** Settings of the relay, read from the environment once at the start. */
export interface RelayConfig {
  antbuddy: {
    appId: string;
    appSecret: string;
    baseUrl: URL;
    /** Null: the relay does not listen to the vendor's call signals. */
    accountId: string | null;
    /** Call-signal server (Socket.IO). */
    signalUrl: URL;
    /** Name of the header that signs click-to-call and auth_token; the vendor's document cuts it off. */
    authHeader: string;
    /** Order of the parameters in the histories' hash; see the reading notes on section 1.2. */
    hashOrder: HashOrder;
    /** Hosts that recordings may be fetched from: `abs1.antbuddy.com`, `*.antbuddy.com`, or `127.0.0.1:4602` with a port. */
    mediaHosts: string[];
  };
  /** 32 bytes, from which the keys that seal SIP passwords and sign recording tickets are derived. */
  relayKey: Buffer;
  port: number;
  host: string;
  /** Health and metrics, loopback by default. */
  opsPort: number;
  opsHost: string;
  /** Address that the extensions use, without a trailing slash; proofs are checked against it. */
  publicUrl: string;
  /** If set, the relay terminates TLS itself. */
  tls: { cert: string; key: string } | null;
  /** Proxies whose X-Forwarded-For is trusted. */
  trustedProxies: Network[];
  place: StorePlace;
  /** If set, played recordings are kept there, encrypted, up to `maxBytes` in total. */
  recordingCache: { dir: string; maxBytes: number } | null;
  homeRegion: string;
  /** Countries that may be called until an admin saves a call policy. */
  regions: string[];
  /** Format in which the home region's numbers are dialled: `0912345678`, `84912345678` or `+84912345678`. */
  homeFormat: 'national' | 'country-code' | 'e164';
  /** Prefix of the E.164 digits of other regions' numbers. */
  internationalPrefix: string;
  /** Prefix of every number, for exchanges that need a digit for an outside line. */
  dialPrefix: string;
  sweepSeconds: number;
  /**
   * Writing requests allowed per minute and browser; four times as many reads are allowed. An admin's changes after step-up are
   * not limited.
   */
  deviceWrites: number;
  logLevel: LogLevel;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/**
 * Reads the settings. Each may also be given as `<NAME>_FILE`, the path of a file that contains it. Throws a SettingError with
 * one sentence.
 */
export function readConfig(
  env: Record<string, string | undefined>,
  readFile = (path: string) => readFileSync(path, 'utf8'),
): RelayConfig {
  const settings = createSettings(env, readFile);
  const port = settings.integer('RELAY_PORT', 4600, 0, 65535);
  const homeRegion = region('RELAY_HOME_REGION', settings.text('RELAY_HOME_REGION') ?? 'VN');
  const tls = readTls(settings);
  return {
    antbuddy: {
      appId: appId(settings.required('ANTBUDDY_APP_ID', 'the appId that AntBuddy gave your company')),
      appSecret: settings.required('ANTBUDDY_APP_SECRET', 'the appSecret that AntBuddy gave your company'),
      baseUrl: settings.url('ANTBUDDY_BASE_URL', 'https://openapi.antbuddy.com'),
      accountId: settings.text('ANTBUDDY_ACCOUNT_ID') ?? null,
      signalUrl: settings.url('ANTBUDDY_SIGNAL_URL', 'https://ws.antbuddy.com:5557'),
      authHeader: settings.pattern(
        'ANTBUDDY_AUTH_HEADER',
        'x-auth-app-hash',
        /^x-(?!auth-app-id$)[a-z\d]+(-[a-z\d]+)*$/,
        'a header in small letters such as x-auth-app-hash',
      ),
      hashOrder: settings.choice('ANTBUDDY_HASH_ORDER', hashOrders, 'appId-first'),
      mediaHosts: settings.list('ANTBUDDY_MEDIA_HOSTS', ['*.antbuddy.com']).map(mediaHost),
    },
    relayKey: readKey(settings.required('RELAY_KEY', '32 random bytes, for instance from `openssl rand -base64 32`')),
    port,
    host: settings.text('RELAY_HOST') ?? '127.0.0.1',
    opsPort: readOpsPort(settings, port),
    opsHost: settings.text('RELAY_OPS_HOST') ?? '127.0.0.1',
    publicUrl: settings.url('RELAY_PUBLIC_URL', `${tls ? 'https' : 'http'}://127.0.0.1:${port}`).href.replace(/\/+$/, ''),
    tls,
    trustedProxies: settings.list('RELAY_TRUSTED_PROXIES', []).map(trustedProxy),
    place: readPlace(settings),
    recordingCache: readRecordingCache(settings),
    homeRegion,
    regions: settings.list('RELAY_REGIONS', [homeRegion]).map((code) => region('RELAY_REGIONS', code)),
    homeFormat: settings.choice('RELAY_HOME_FORMAT', ['national', 'country-code', 'e164'] as const, 'national'),
    dialPrefix: settings.pattern('RELAY_DIAL_PREFIX', '', /^[*#\d]{0,6}$/, 'up to six digits, such as 9'),
    internationalPrefix: settings.pattern('RELAY_INTERNATIONAL_PREFIX', '00', /^[+*#\d]{0,6}$/, 'up to six digits, such as 00'),
    sweepSeconds: settings.integer('RELAY_SWEEP_SECONDS', 60, 1, 3600),
    deviceWrites: settings.integer('RELAY_DEVICE_WRITES', 300, 30, 10_000_000),
    logLevel: settings.choice('RELAY_LOG_LEVEL', logLevels, 'info'),
  };
}

/** 64 hex digits, or base64 (either alphabet) of exactly 32 bytes. */
export function readKey(text: string, name = 'RELAY_KEY'): Buffer {
  const key = /^[0-9a-f]{64}$/i.test(text)
    ? Buffer.from(text, 'hex')
    : /^[\w+/-]{43}=?$/.test(text)
      ? Buffer.from(text, 'base64')
      : null;
  if (key?.length === 32) return key;
  throw new SettingError(`${name} must be 32 bytes in base64 or hex; make one with \`openssl rand -base64 32\`.`);
}

function readOpsPort(settings: Settings, port: number): number {
  const opsPort = settings.integer('RELAY_OPS_PORT', port === 0 ? 0 : port + 1, 0, 65535);
  if (opsPort > 65535) throw new SettingError('Set RELAY_OPS_PORT: there is no port after 65535.');
  return opsPort;
}

function readPlace(settings: Settings): StorePlace {
  const databaseUrl = settings.text('DATABASE_URL');
  const dataDir = settings.text('RELAY_DATA_DIR');
  if (!databaseUrl) return { dataDir: dataDir ?? './data' };
  if (dataDir) throw new SettingError('Set either DATABASE_URL or RELAY_DATA_DIR, not both.');
  if (!/^postgres(ql)?:\/\//.test(databaseUrl) || !URL.canParse(databaseUrl)) {
    throw new SettingError('DATABASE_URL must be an address like postgres://user:password@host/database.');
  }
  return { databaseUrl };
}

function readRecordingCache(settings: Settings): RelayConfig['recordingCache'] {
  const dir = settings.text('RELAY_RECORDINGS_DIR');
  const megabytes = settings.integer('RELAY_RECORDINGS_MAX_MB', 2_000, 1, 10_000_000);
  return dir ? { dir, maxBytes: megabytes * 1_000_000 } : null;
}

function readTls(settings: Settings): RelayConfig['tls'] {
  const cert = settings.text('RELAY_TLS_CERT');
  const key = settings.text('RELAY_TLS_KEY');
  if (!cert && !key) return null;
  if (!cert || !key) throw new SettingError('Set both RELAY_TLS_CERT_FILE and RELAY_TLS_KEY_FILE, or neither.');
  return { cert, key };
}

/** The appId is sent as a header, whose value may hold no other characters. */
function appId(text: string): string {
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  throw new SettingError('ANTBUDDY_APP_ID must be letters, digits and signs without spaces, as AntBuddy gave it.');
}

function region(name: string, code: string): string {
  if (isSupportedCountry(code)) return code;
  throw new SettingError(`${name} must hold two-letter country codes such as VN, not “${code}”.`);
}

function trustedProxy(address: string): Network {
  const network = readNetwork(address);
  if (network) return network;
  throw new SettingError(`RELAY_TRUSTED_PROXIES must list addresses such as 127.0.0.1 or 172.16.0.0/12, not “${address}”.`);
}

function mediaHost(host: string): string {
  if (/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/i.test(host)) return host.toLowerCase();
  throw new SettingError(`ANTBUDDY_MEDIA_HOSTS must list host names such as *.antbuddy.com, not “${host}”.`);
}
