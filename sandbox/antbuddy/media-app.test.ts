import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallRecord } from './call-record.ts';
import { createManualClock } from './clock.ts';
import { createRecordings } from './recordings.ts';
import { signedClient } from './signed-client.ts';
import { type AntBuddy, startAntBuddy } from './start-antbuddy.ts';

const clock = createManualClock();
const record = (name: string, seconds: number): CallRecord => ({
  caller: { number: 'mailan101', type: 'user', username: 'mailan' },
  callee: { number: '0912345678', type: 'realnumber' },
  class: 'trunking',
  did_number: null,
  direction: 'from_ab',
  status_detail: 'SUCCESS',
  duration_seconds: seconds + 5,
  unix_timestamp: Math.floor(clock.now() / 1000) - 600,
  billing_seconds: seconds,
  recording: name,
});

let antbuddy: AntBuddy;
let whole: Uint8Array;
let media: string;
const sign = async () =>
  (await (await signedClient(antbuddy).playRecording('call_recording_test@172.16.0.204.mp3')).json()).media;

beforeAll(async () => {
  antbuddy = await startAntBuddy({ clock, seed: { calls: 0 }, mediaTtlMs: 60_000 });
  antbuddy.control.addRecord(record('call_recording_test@172.16.0.204.mp3', 3));
  media = await sign();
  whole = new Uint8Array(await (await fetch(media)).arrayBuffer());
});
afterAll(() => antbuddy.stop());

describe('a recording', () => {
  it('is MP3 whose frames last as long as the talk', () => expect(secondsOf(whole)).toBeCloseTo(3, 0));

  it('says what it is', async () => {
    const { headers } = await fetch(media);
    expect(headers.get('content-type')).toBe('audio/mpeg');
    expect(headers.get('accept-ranges')).toBe('bytes');
    expect(headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/);
    expect(Date.parse(headers.get('last-modified') ?? '')).toBe(clock.now() - 592_000);
  });

  it.each([
    ['bytes=0-0', 206, 0, 0],
    ['bytes=0-99', 206, 0, 99],
    ['bytes=1000-', 206, 1000, -1],
    ['bytes=-100', 206, -100, -1],
    ['bytes=-99999999', 206, 0, -1],
    ['bytes=100-99999999', 206, 100, -1],
    ['bytes=5-4', 200, 0, -1],
    ['bytes=0-1,5-6', 200, 0, -1],
    ['items=0-1', 200, 0, -1],
    ['bytes=-', 200, 0, -1],
  ])('Range %s → %i', async (range, status, from, to) => {
    const response = await fetch(media, { headers: { range } });
    const start = from < 0 ? whole.length + from : from;
    const end = to < 0 ? whole.length + to : to;
    expect(response.status).toBe(status);
    expect(response.headers.get('content-range')).toBe(status === 206 ? `bytes ${start}-${end}/${whole.length}` : null);
    expect(response.headers.get('content-length')).toBe(String(end - start + 1));
    expect(Buffer.from(await response.arrayBuffer()).equals(whole.subarray(start, end + 1))).toBe(true);
  });

  it.each(['bytes=99999999-', 'bytes=-0'])('Range %s → 416', async (range) => {
    const response = await fetch(media, { headers: { range } });
    expect([response.status, response.headers.get('content-range')]).toEqual([416, `bytes */${whole.length}`]);
  });

  it.each([
    ['the same', (etag: string) => etag, 206],
    ['another', () => '"other"', 200],
  ])('If-Range with %s tag', async (_name, tag, status) => {
    const etag = (await fetch(media)).headers.get('etag') ?? '';
    const response = await fetch(media, { headers: { range: 'bytes=0-9', 'if-range': tag(etag) } });
    expect(response.status).toBe(status);
  });

  it('is not sent again to who has it', async () => {
    const etag = (await fetch(media)).headers.get('etag') ?? '';
    expect((await fetch(media, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });
});

describe('a signed URL', () => {
  const change = (edit: (url: URL) => void) => {
    const url = new URL(media);
    edit(url);
    return url;
  };

  it.each([
    ['without a signature', (url: URL) => url.searchParams.delete('Signature')],
    ['with another signature', (url: URL) => url.searchParams.set('Signature', 'wXNENYxr0OJR8vA26kvOOwsttzU=')],
    ['for longer', (url: URL) => url.searchParams.set('Expires', '9999999999')],
    ['with another key', (url: URL) => url.searchParams.set('AWSAccessKeyId', 'OTHER')],
    ['for another file', (url: URL) => Object.assign(url, { pathname: '/nkrecord/call_recording_other.mp3' })],
    ['elsewhere', (url: URL) => Object.assign(url, { pathname: '/' })],
  ])('%s is refused', async (_name, edit) => {
    expect((await fetch(change(edit))).status).toBe(403);
  });

  it('is good for GET only', async () => expect((await fetch(media, { method: 'HEAD' })).status).toBe(403));

  it('is good until it expires', async () => {
    const url = await sign();
    clock.advance(58_000);
    expect((await fetch(url)).status).toBe(200);
    clock.advance(2000);
    expect((await fetch(url)).status).toBe(403);
  });
});

describe('recordings', () => {
  it('are the same for a name, different between names, and capped', async () => {
    const [a, again] = [
      createRecordings({ capSeconds: 2, cacheBytes: 1e6 }),
      createRecordings({ capSeconds: 2, cacheBytes: 1e6 }),
    ];
    const first = await a.get(record('one.mp3', 500));
    expect((await again.get(record('one.mp3', 500))).bytes).toEqual(first.bytes);
    expect((await a.get(record('two.mp3', 500))).bytes).not.toEqual(first.bytes);
    expect(secondsOf(first.bytes)).toBeCloseTo(2, 0);
  });

  it('keep what was played last, within their memory', async () => {
    const recordings = createRecordings({ capSeconds: 1, cacheBytes: 6000 });
    for (const name of ['a', 'b', 'a', 'c', 'd']) await recordings.get(record(name, 1));
    expect(recordings.cached()).toBe(2);
  });
});

/** Checks the frames (MPEG-2.5 layer III, 8 kHz, 16 kbit/s: 144 bytes and 576 samples each) and fails on a broken one. */
function secondsOf(bytes: Uint8Array): number {
  let frames = 0;
  for (let at = 0; at + 4 <= bytes.length; at += 144, frames++) {
    expect([bytes[at], (bytes[at + 1] ?? 0) & 0xfe]).toEqual([0xff, 0xe2]);
  }
  return (frames * 576) / 8000;
}
