import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from './clock.ts';
import { checksum } from './hash.ts';
import { signedClient } from './signed-client.ts';
import { type AntBuddy, startAntBuddy } from './start-antbuddy.ts';

const clock = createManualClock(Date.UTC(2026, 2, 10));
const created_from = '2026-02-10T00:00:00.000Z';
const created_to = '2026-03-10T00:00:00.000Z';
const json = { 'content-type': 'application/json' };
let antbuddy: AntBuddy;
let client: ReturnType<typeof signedClient>;

beforeAll(async () => {
  antbuddy = await startAntBuddy({ clock, seed: { calls: 600, days: 40 } });
  client = signedClient(antbuddy);
});
beforeEach(() => antbuddy.control.reset());
afterAll(() => antbuddy.stop());

/** A GET with the right hash over `signed`, but sending `sent`. */
function get(path: string, signed: string[], sent: Record<string, string>, headers: Record<string, string> = json) {
  const hash = checksum([antbuddy.appId, ...signed, antbuddy.appSecret].join(''));
  return fetch(`${antbuddy.url}/oapi/v1/call/${path}?${new URLSearchParams({ appId: antbuddy.appId, hash, ...sent })}`, {
    headers,
  });
}

const messageOf = async (response: Response) => {
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  const body = await response.json();
  expect(body).toEqual({ success: false, message: expect.any(String) });
  return [response.status, body.message];
};

describe('GET call/histories', () => {
  it.each([
    ['both dates', {}, 20],
    ['the smallest page', { limit: '1' }, 1],
    ['the largest page', { limit: '100' }, 100],
    ['limit and page', { limit: '30', page: '2' }, 30],
    ['page without limit', { page: '3' }, 20],
    ['a page beyond the end', { limit: '100', page: '99' }, 0],
  ])('answers %s', async (_name, extra, count) => {
    const response = await client.histories({ created_from, created_to, ...extra });
    const body = await response.json();
    expect([response.status, body.success, body.data.length]).toEqual([200, true, count]);
    expect(antbuddy.control.violations()).toEqual([]);
  });

  it.each([
    ['no appId', { appId: '' }, 'APPID_MISSING'],
    ['an unknown appId', { appId: '65446465436742018' }, 'APPID_NOT_FOUND'],
    ['another hash', { hash: 'f'.repeat(64) }, 'HASH_NOT_MATCH'],
    ['an empty hash', { hash: '' }, 'HASH_NOT_MATCH'],
    ['a date that was not hashed', { created_to: '2026-03-09T00:00:00.000Z' }, 'HASH_NOT_MATCH'],
    ['a limit that was not hashed', { limit: '20' }, 'HASH_NOT_MATCH'],
    ['a parameter that the document does not know', { agent: 'mailan' }, 'INVALID_PARAMETER'],
  ])('refuses %s', async (_name, change, message) => {
    const response = await get('histories', [created_from, created_to], { created_from, created_to, ...change });
    expect(await messageOf(response)).toEqual([400, message]);
    expect(antbuddy.control.violations()).toMatchObject([{ message }]);
  });

  it('refuses an upper-case hash', async () => {
    const hash = checksum(antbuddy.appId + created_from + created_to + antbuddy.appSecret).toUpperCase();
    const response = await get('histories', [], { created_from, created_to, hash });
    expect(await messageOf(response)).toEqual([400, 'HASH_NOT_MATCH']);
  });

  it('refuses the secret elsewhere than at the end', async () => {
    const hash = checksum(antbuddy.appSecret + antbuddy.appId + created_from + created_to);
    expect(await messageOf(await get('histories', [], { created_from, created_to, hash }))).toEqual([400, 'HASH_NOT_MATCH']);
  });

  it('refuses a parameter sent twice', async () => {
    const query = client.query({ created_from, created_to });
    query.append('created_to', created_to);
    const response = await fetch(`${antbuddy.url}/oapi/v1/call/histories?${query}`, { headers: json });
    expect(await messageOf(response)).toEqual([400, 'INVALID_PARAMETER']);
  });

  it.each([
    ['none', {}],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('refuses another content type: %s', async (_name, headers) => {
    const response = await get(
      'histories',
      [created_from, created_to],
      { created_from, created_to },
      headers as Record<string, string>,
    );
    expect(await messageOf(response)).toEqual([400, 'INVALID_CONTENT_TYPE']);
  });

  it.each([
    ['no created_to', { created_from }],
    ['no created_from', { created_to }],
    ['no milliseconds', { created_from: '2026-02-10T00:00:00Z', created_to }],
    ['an offset', { created_from: '2026-02-10T07:00:00.000+07:00', created_to }],
    ['a date alone', { created_from: '2026-02-10', created_to }],
    ['epoch seconds', { created_from: '1770681600', created_to }],
    ['30 February', { created_from: '2026-02-30T00:00:00.000Z', created_to }],
    ['an end before the start', { created_from: created_to, created_to: created_from }],
    ['31 days and a millisecond', { created_from: '2026-02-06T23:59:59.999Z', created_to }],
    ['what is older than 31 days', { created_from: '2026-02-06T23:59:59.999Z', created_to: '2026-03-01T00:00:00.000Z' }],
    ['limit 0', { created_from, created_to, limit: '0' }],
    ['limit 101', { created_from, created_to, limit: '101' }],
    ['a limit in words', { created_from, created_to, limit: 'all' }],
    ['an empty limit', { created_from, created_to, limit: '' }],
    ['page 0', { created_from, created_to, page: '0' }],
    ['page -1', { created_from, created_to, page: '-1' }],
    ['page 1.5', { created_from, created_to, page: '1.5' }],
  ])('refuses %s', async (_name, sent) => {
    expect(await messageOf(await client.histories(sent))).toEqual([400, 'INVALID_PARAMETER']);
  });

  it('allows exactly 31 days', async () => {
    const response = await client.histories({ created_from: '2026-02-07T00:00:00.000Z', created_to });
    expect(response.status).toBe(200);
  });

  it('pages through every call once, newest first, with the fields of the document', async () => {
    const rows: Record<string, unknown>[] = [];
    for (let page = 1, size = 100; size === 100; page++) {
      const { data } = await (await client.histories({ created_from, created_to, limit: '100', page: String(page) })).json();
      size = data.length;
      rows.push(...data);
    }
    const times = rows.map((row) => Number(row.unix_timestamp));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(Date.parse(created_from) / 1000);
    expect(Math.max(...times)).toBeLessThanOrEqual(Date.parse(created_to) / 1000);
    expect(rows.length).toBeGreaterThan(300);
    expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(rows.length);
    const fields =
      'billing_seconds callee caller class did_number direction duration_seconds recording status_detail unix_timestamp';
    expect(new Set(rows.map((row) => Object.keys(row).sort().join(' ')))).toEqual(new Set([fields]));
  });

  it.each([
    ['bare', (body: never) => Array.isArray(body)],
    ['histories', (body: { histories: unknown[] }) => body.histories.length === 2],
    ['nested', (body: { data: { records: unknown[] } }) => body.data.records.length === 2],
    ['too-deep', (body: { result: { data: { page: { items: unknown[] } } } }) => body.result.data.page.items.length === 2],
    ['two-lists', (body: { inbound: unknown[]; outbound: unknown[] }) => body.inbound.length + body.outbound.length === 4],
    ['no-list', (body: { total: number }) => body.total === 2],
  ] as const)('wraps records as %s when told to', async (envelope, holds) => {
    antbuddy.control.answers({ envelope });
    const body = await (await client.histories({ created_from, created_to, limit: '2' })).json();
    antbuddy.control.answers({ envelope: 'data' });
    expect(holds(body as never)).toBe(true);
  });

  it.each([
    ['array', { success: true, data: [] }],
    ['null', { success: true, data: null }],
    ['absent', { success: true }],
  ] as const)('leaves the list of no calls %s when told to', async (emptyList, expected) => {
    antbuddy.control.answers({ emptyList });
    const none = { created_from: created_to, created_to };
    const bodies = [none, { created_from, created_to }].map(async (sent) => (await client.histories(sent)).json());
    const [body, full] = await Promise.all(bodies);
    antbuddy.control.answers({ emptyList: 'array' });
    expect([body, full.data.length]).toEqual([expected, 20]);
  });

  it('gives the time of records another name when told to', async () => {
    antbuddy.control.answers({ recordFields: 'renamed' });
    const { data } = await (await client.histories({ created_from, created_to, limit: '1' })).json();
    antbuddy.control.answers({ recordFields: 'document' });
    expect(data).toEqual([expect.objectContaining({ created_at: expect.any(Number) })]);
    expect(data[0]).not.toHaveProperty('unix_timestamp');
  });

  it('sends broken JSON when told to', async () => {
    antbuddy.control.answers({ envelope: 'malformed' });
    const text = await (await client.histories({ created_from, created_to })).text();
    antbuddy.control.answers({ envelope: 'data' });
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });
});

describe('GET call/play_recording', () => {
  it('answers with a signed URL of another origin', async () => {
    const { data } = await (await client.histories({ created_from, created_to, limit: '100' })).json();
    const { recording } = data.find((row: { recording: string }) => row.recording.includes('@'));
    const response = await client.playRecording(recording);
    const { media } = await response.json();
    const url = new URL(media);
    expect([response.status, url.origin]).toEqual([200, antbuddy.mediaUrl]);
    expect(decodeURIComponent(url.pathname)).toBe(`/nkrecord/${recording}`);
    expect([...url.searchParams.keys()]).toEqual(['AWSAccessKeyId', 'Expires', 'Signature']);
    expect(url.origin).not.toBe(antbuddy.url);
  });

  it.each([
    ['an unknown file', { media: 'call_recording_nothing.mp3' }, 'INVALID_PARAMETER'],
    ['no file', {}, 'INVALID_PARAMETER'],
  ])('refuses %s', async (_name, sent: Record<string, string>, message) => {
    expect(await messageOf(await get('play_recording', Object.values(sent), sent))).toEqual([400, message]);
  });

  it('refuses a file that was not hashed', async () => {
    const response = await get('play_recording', ['other.mp3'], { media: 'call_recording_dl5m5j5hfh4n8njj1oor.mp3' });
    expect(await messageOf(response)).toEqual([400, 'HASH_NOT_MATCH']);
  });
});

describe('options', () => {
  it('can want the other hash order, and JSON types only where there is a body', async () => {
    const other = await startAntBuddy({ clock, seed: { calls: 10 }, hashOrder: 'appId-last', contentType: 'body' });
    const hash = checksum(created_from + created_to + other.appId + other.appSecret);
    const query = new URLSearchParams({ appId: other.appId, created_from, created_to, hash });
    const right = await fetch(`${other.url}/oapi/v1/call/histories?${query}`);
    const wrong = await signedClient(other).histories({ created_from, created_to });
    await other.stop();
    expect([right.status, wrong.status]).toEqual([200, 400]);
  });
});
