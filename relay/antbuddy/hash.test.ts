import { describe, expect, it } from 'vitest';
import { hashHeader, hashParameters } from './hash.ts';

const from = '2018-02-07T02:19:33.000Z';
const to = '2018-02-07T07:04:22.000Z';

describe('hashParameters', () => {
  it.each([
    ['the published example', [from, to], 'appId-first', '9b11b9ff77dbba70fe059acf84c02cfe6af90de9122e4d3bd6ec69c9d637f9ed'],
    ['appId before appSecret', [from, to], 'appId-last', '11007cf0d31cb5c46f9d0031a69bb287d8a1a30e0087cfc6ccc3032a4cb8483d'],
    [
      'limit and page as sent',
      [from, to, '100', '2'],
      'appId-first',
      '9a04c3ef1aecc19aa7c6496e23ec6790aa065a8ac8a087f8df7f61ace65a6ce7',
    ],
  ] as const)('%s', (_name, values, order, expected) => {
    const hash = hashParameters('6544646543674', values, '123456', order);
    expect(hash).toBe(expected);
  });

  it('reads a header hash as appId then appSecret', () => {
    expect(hashHeader('65446465436742018-02-07T02:19:33.000Z2018-02-07T07:04:22.000Z', '123456')).toBe(
      hashParameters('6544646543674', [from, to], '123456'),
    );
  });
});
