import { expect, it } from 'vitest';
import { strangeSettings } from './setting-names.ts';

it('finds what is named like a setting and is none', () => {
  const needed = { ANTBUDDY_APP_ID: 'a', ANTBUDDY_APP_SECRET: 's', RELAY_KEY: '0'.repeat(64) };
  const known = {
    RELAY_RECORDINGS_MAX_MB: '5',
    RELAY_TLS_KEY_FILE: undefined,
    DATABASE_URL: undefined,
    PATH: '/bin',
    RELAY_DATA_DIR: '/x',
  };
  const strange = { ANTBUDDY_ACCOUNTID: 'x', RELAY_HOME_REGON: 'TH', RELAY_KEYFILE: '' };
  expect(strangeSettings({ ...needed, ...known, ...strange })).toEqual(Object.keys(strange));
});
