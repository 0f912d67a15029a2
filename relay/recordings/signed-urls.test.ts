import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../contract.ts';
import { RelayError } from '../http/relay-error.ts';
import { createSignedUrls, readExpires } from './signed-urls.ts';

describe('readExpires', () => {
  it.each([
    ['Expires=1519640615&Signature=x', 1_519_640_615_000],
    ['X-Amz-Date=20240923T080000Z&X-Amz-Expires=600', Date.UTC(2024, 8, 23, 8, 10)],
    ['Expires=soon', null],
    ['X-Amz-Date=20241399T080000Z&X-Amz-Expires=600', null],
    ['', null],
  ])('%s', (query, expected) => expect(readExpires(new URL(`https://media.example/a.mp3?${query}`))).toBe(expected));
});

describe('createSignedUrls', () => {
  const setUp = () => {
    let now = 1_700_000_000_000;
    let asked = 0;
    const recordingUrl = async (fileName: string) => {
      asked += 1;
      if (/^(upstream|recording)_/.test(fileName)) throw new RelayError(fileName as ErrorCode);
      const seconds = fileName === 'ended' ? -600 : 600;
      const ends = fileName === 'endless' ? '' : `Expires=${Math.floor(now / 1000) + seconds}&`;
      return new URL(`https://media.example/${fileName}?${ends}turn=${asked}`);
    };
    const urls = createSignedUrls({ recordingUrl }, () => now);
    return { urls, asked: () => asked, advance: (ms: number) => (now += ms) };
  };

  it('asks once for many, and again shortly before the end', async () => {
    const { urls, asked, advance } = setUp();
    const all = await Promise.all(Array.from({ length: 20 }, () => urls.get('a.mp3')));
    expect(new Set(all.map(String)).size).toBe(1);
    advance(569_000);
    await urls.get('a.mp3');
    expect(asked()).toBe(1);
    advance(1_000);
    await urls.get('a.mp3');
    expect(asked()).toBe(2);
  });

  it.each(['a.mp3', 'endless'])('keeps %s no longer by a clock that was set back since', async (fileName) => {
    const { urls, asked, advance } = setUp();
    await urls.get(fileName);
    advance(59_000);
    await urls.get(fileName);
    expect(asked()).toBe(1);
    advance(-86_400_000);
    await urls.get(fileName);
    expect(asked()).toBe(2);
    advance(59_000);
    await urls.get(fileName);
    expect(asked()).toBe(2);
  });

  it('asks for another address when one was refused, once a minute', async () => {
    const { urls, asked, advance } = setUp();
    const [first, second] = [await urls.get('a.mp3'), await urls.renew('a.mp3')];
    expect(second).not.toBe(first);
    for (const again of [await urls.renew('a.mp3'), await urls.get('a.mp3')]) expect(again).toBe(second);
    advance(59_999);
    await urls.renew('a.mp3');
    expect(asked()).toBe(2);
    advance(1);
    expect(await urls.renew('a.mp3')).not.toBe(second);
    expect(asked()).toBe(3);
  });

  it.each([
    ['recording_missing', 60_000],
    ['upstream_refused', 60_000],
    ['upstream_unreachable', 3_000],
    ['upstream_failed', 3_000],
    ['upstream_busy', 3_000],
  ])('lets %s stand for %d ms', async (code, standsMs) => {
    const { urls, asked, advance } = setUp();
    for (const ms of [standsMs - 1, 1]) {
      await expect(urls.get(code)).rejects.toThrow(expect.objectContaining({ code }));
      expect(asked()).toBe(1);
      advance(ms);
    }
    await expect(urls.get(code)).rejects.toThrow(expect.objectContaining({ code }));
    expect(asked()).toBe(2);
  });

  it('asks for an address that seems to have ended every ten seconds, and once a minute more for refused ones', async () => {
    const { urls, asked, advance } = setUp();
    for (let second = 0; second < 60; second += 1) {
      await urls.get('ended');
      await urls.renew('ended');
      advance(1_000);
    }
    expect(asked()).toBe(7);
    await urls.renew('ended');
    expect(asked()).toBe(8);
  });

  it('keeps a thousand addresses, not more', async () => {
    const { urls, asked } = setUp();
    for (let turn = 0; turn <= 1000; turn += 1) await urls.get(`${turn}.mp3`);
    await urls.get('1000.mp3');
    expect(asked()).toBe(1001);
    await urls.get('0.mp3');
    expect(asked()).toBe(1002);
  });
});
