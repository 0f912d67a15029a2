import { describe, expect, it } from 'vitest';
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
      if (fileName === 'gone') throw new Error('gone');
      const ends = fileName === 'endless' ? '' : `Expires=${Math.floor(now / 1000) + 600}&`;
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

  it('lets a failure stand for a minute', async () => {
    const { urls, asked, advance } = setUp();
    for (const ms of [59_999, 1]) {
      await expect(urls.get('gone')).rejects.toThrow('gone');
      expect(asked()).toBe(1);
      advance(ms);
    }
    await expect(urls.get('gone')).rejects.toThrow('gone');
    expect(asked()).toBe(2);
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
