import { expect, it } from 'vitest';
import { makeDeps } from '../testing/make-deps.ts';
import { createMetrics } from './metrics.ts';
import { refuseUnread } from './refuse-unread.ts';

it('answers what the app let through as a failure of the relay, and counts it', async () => {
  const deps = await makeDeps();
  const metrics = createMetrics(deps);
  const answer = refuseUnread(deps, metrics).response('a string');
  expect([answer.status, await answer.json()]).toMatchObject([500, { error: { code: 'internal' } }]);
  expect(await metrics.registry.metrics()).toContain('dialside_unexpected_errors_total 1');
  await deps.close();
});

it.each([
  ['HPE_INVALID_METHOD', '400 Bad Request', 'bad_request', true],
  ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large', 'too_large', true],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', '413 Payload Too Large', 'too_large', true],
  ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout', 'bad_request', false],
])('answers %s of the parser with %s', async (code, status, body, isCounted) => {
  const deps = await makeDeps();
  const metrics = createMetrics(deps);
  const text = refuseUnread(deps, metrics).text(Object.assign(new Error(), { code }));
  expect((await metrics.registry.metrics()).includes('route="none"')).toBe(isCounted);
  expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status}\r\n.*"code":"${body}"`, 's'));
  await deps.close();
});
