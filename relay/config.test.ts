import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { SettingError } from './settings.ts';

const key = Buffer.alloc(32, 7);
const enough = { ANTBUDDY_APP_ID: 'app', ANTBUDDY_APP_SECRET: 'secret', RELAY_KEY: key.toString('base64') };
const read = (extra: Record<string, string | undefined>, files: Record<string, string> = {}) =>
  readConfig({ ...enough, ...extra }, (path) => {
    const content = files[path];
    if (content === undefined) throw new Error('ENOENT');
    return content;
  });

describe('readConfig', () => {
  it('needs three settings and has a default for all others', () => {
    expect(read({})).toEqual({
      antbuddy: {
        appId: 'app',
        appSecret: 'secret',
        baseUrl: new URL('https://openapi.antbuddy.com'),
        accountId: null,
        signalUrl: new URL('https://ws.antbuddy.com:5557'),
        authHeader: 'x-auth-app-hash',
        hashOrder: 'appId-first',
        mediaHosts: ['*.antbuddy.com'],
      },
      relayKey: key,
      port: 4600,
      host: '127.0.0.1',
      opsPort: 4601,
      opsHost: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:4600',
      tls: null,
      trustedProxies: [],
      place: { dataDir: './data' },
      recordingCache: null,
      homeRegion: 'VN',
      regions: ['VN'],
      homeFormat: 'national',
      internationalPrefix: '00',
      dialPrefix: '',
      sweepSeconds: 60,
      deviceWrites: 300,
      logLevel: 'info',
    });
  });

  it.each([
    [{ RELAY_KEY: key.toString('hex') }, { relayKey: key }],
    [{ RELAY_KEY: key.toString('base64url') }, { relayKey: key }],
    [{ DATABASE_URL: 'postgres://u:p@h/d' }, { place: { databaseUrl: 'postgres://u:p@h/d' } }],
    [{ RELAY_DATA_DIR: '/var/lib/dialside' }, { place: { dataDir: '/var/lib/dialside' } }],
    [{ RELAY_RECORDINGS_DIR: '/r' }, { recordingCache: { dir: '/r', maxBytes: 2_000_000_000 } }],
    [{ RELAY_RECORDINGS_DIR: '/r', RELAY_RECORDINGS_MAX_MB: '50' }, { recordingCache: { dir: '/r', maxBytes: 50_000_000 } }],
    [{ RELAY_PORT: '0' }, { port: 0, opsPort: 0 }],
    [{ RELAY_PUBLIC_URL: 'https://calls.example.com/relay/' }, { publicUrl: 'https://calls.example.com/relay' }],
    [{ RELAY_REGIONS: 'VN, SG TH' }, { regions: ['VN', 'SG', 'TH'] }],
    [{ RELAY_HOME_REGION: 'SG' }, { homeRegion: 'SG', regions: ['SG'] }],
    [
      { RELAY_TLS_CERT: 'c', RELAY_TLS_KEY: 'k' },
      { tls: { cert: 'c', key: 'k' }, publicUrl: 'https://127.0.0.1:4600' },
    ],
  ])('%j', (env, expected) => {
    expect(read(env)).toMatchObject(expected);
  });

  it.each(['ANTBUDDY_APP_SECRET', 'RELAY_KEY', 'DATABASE_URL', 'ANTBUDDY_ACCOUNT_ID'])('%s may stand in a file', (name) => {
    const value = name === 'RELAY_KEY' ? key.toString('hex') : 'postgres://u:p@h/d';
    const config = JSON.stringify(read({ [name]: undefined, [`${name}_FILE`]: '/run/x' }, { '/run/x': `${value}\n` }));
    expect(config).toContain(name === 'RELAY_KEY' ? JSON.stringify(key) : value);
  });

  it.each([
    [
      { ANTBUDDY_APP_ID: undefined },
      'Set ANTBUDDY_APP_ID (or ANTBUDDY_APP_ID_FILE) to the appId that AntBuddy gave your company.',
    ],
    [
      { ANTBUDDY_APP_SECRET: ' ' },
      'Set ANTBUDDY_APP_SECRET (or ANTBUDDY_APP_SECRET_FILE) to the appSecret that AntBuddy gave your company.',
    ],
    [{ ANTBUDDY_APP_ID: '“app”' }, 'ANTBUDDY_APP_ID must be letters, digits and signs without spaces, as AntBuddy gave it.'],
    [{ RELAY_PORT: '65535' }, 'Set RELAY_OPS_PORT: there is no port after 65535.'],
    [
      { RELAY_KEY: undefined },
      'Set RELAY_KEY (or RELAY_KEY_FILE) to 32 random bytes, for instance from `openssl rand -base64 32`.',
    ],
    [{ RELAY_KEY: 'c2hvcnQ=' }, 'RELAY_KEY must be 32 bytes in base64 or hex; make one with `openssl rand -base64 32`.'],
    [{ RELAY_KEY_FILE: '/run/x' }, 'Set either RELAY_KEY or RELAY_KEY_FILE, not both.'],
    [{ DATABASE_URL_FILE: '/absent' }, 'DATABASE_URL_FILE points to /absent, which cannot be read.'],
    [{ DATABASE_URL_FILE: '/empty' }, 'DATABASE_URL_FILE points to /empty, which is empty.'],
    [{ DATABASE_URL: 'mysql://h/d' }, 'DATABASE_URL must be an address like postgres://user:password@host/database.'],
    [{ DATABASE_URL: 'postgres://u:p@h/d', RELAY_DATA_DIR: 'x' }, 'Set either DATABASE_URL or RELAY_DATA_DIR, not both.'],
    [{ RELAY_PORT: '65536' }, 'RELAY_PORT must be a whole number from 0 to 65535.'],
    [{ RELAY_PORT: '1e3' }, 'RELAY_PORT must be a whole number from 0 to 65535.'],
    [{ RELAY_RECORDINGS_MAX_MB: '0' }, 'RELAY_RECORDINGS_MAX_MB must be a whole number from 1 to 10000000.'],
    [{ RELAY_DEVICE_WRITES: '1' }, 'RELAY_DEVICE_WRITES must be a whole number from 30 to 10000000.'],
    [{ RELAY_SWEEP_SECONDS: '0' }, 'RELAY_SWEEP_SECONDS must be a whole number from 1 to 3600.'],
    [{ RELAY_HOME_REGION: 'Vietnam' }, 'RELAY_HOME_REGION must hold two-letter country codes such as VN, not “Vietnam”.'],
    [{ RELAY_REGIONS: 'VN,XX' }, 'RELAY_REGIONS must hold two-letter country codes such as VN, not “XX”.'],
    [{ RELAY_INTERNATIONAL_PREFIX: 'zero' }, 'RELAY_INTERNATIONAL_PREFIX must be up to six digits, such as 00.'],
    [{ RELAY_HOME_FORMAT: '84' }, 'RELAY_HOME_FORMAT must be one of national, country-code, e164.'],
    [{ RELAY_DIAL_PREFIX: 'nine' }, 'RELAY_DIAL_PREFIX must be up to six digits, such as 9.'],
    ...['x-auth-app-', 'X: y', 'x-auth-app-id'].map((header) => [
      { ANTBUDDY_AUTH_HEADER: header },
      'ANTBUDDY_AUTH_HEADER must be a header in small letters such as x-auth-app-hash.',
    ]),
    [{ RELAY_LOG_LEVEL: 'loud' }, 'RELAY_LOG_LEVEL must be one of fatal, error, warn, info, debug, silent.'],
    [{ ANTBUDDY_HASH_ORDER: 'any' }, 'ANTBUDDY_HASH_ORDER must be one of appId-first, appId-last.'],
    [
      { ANTBUDDY_MEDIA_HOSTS: 'https://x/' },
      'ANTBUDDY_MEDIA_HOSTS must list host names such as *.antbuddy.com, not “https://x/”.',
    ],
    ...['proxy', '10.0.0.0/33', '10.1', '::1/x'].map((address) => [
      { RELAY_TRUSTED_PROXIES: `127.0.0.1 ${address}` },
      `RELAY_TRUSTED_PROXIES must list addresses such as 127.0.0.1 or 172.16.0.0/12, not “${address}”.`,
    ]),
    [{ RELAY_TLS_CERT: 'c' }, 'Set both RELAY_TLS_CERT_FILE and RELAY_TLS_KEY_FILE, or neither.'],
    ...['http://calls.example.com', 'ftp://127.0.0.1', 'https://u:p@x.com', 'https://x.com/?a', 'calls'].map((url) => [
      { RELAY_PUBLIC_URL: url },
      'RELAY_PUBLIC_URL must be an https address without user, query or fragment (http is allowed to this machine only).',
    ]),
  ] as [Record<string, string | undefined>, string][])('%j stops the start with one sentence', (env, sentence) => {
    expect(() => read(env, { '/empty': '\n' })).toThrow(new SettingError(sentence));
  });
});
