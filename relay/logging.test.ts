import { expect, it } from 'vitest';
import { RelayError } from './http/relay-error.ts';
import { describeError } from './logging.ts';

const other = new Error('GET https://abs1.antbuddy.com/a.mp3?Signature=canary');

it.each([
  [
    'the relay’s own words',
    new RelayError('upstream_malformed', { cause: 'recordings may not be fetched from cdn.example.vn' }),
    'recordings may not be fetched from cdn.example.vn',
  ],
  [
    'nothing of another error',
    new RelayError('upstream_unreachable', { cause: other }),
    expect.objectContaining({ type: 'Error' }),
  ],
  ['nothing of what another error gives', new Error('canary', { cause: 'canary' }), { type: 'string' }],
  ['nothing where there is none', new RelayError('internal'), undefined],
])('tells of a cause %s', (_what, error, cause) => {
  const told = describeError(error);
  expect(told.cause).toEqual(cause);
  expect(JSON.stringify(told)).not.toContain('canary');
});
