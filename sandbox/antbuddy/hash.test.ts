import { describe, expect, it } from 'vitest';
import { checksum, headerHash, queryHash } from './hash.ts';

const account = { appId: '6544646543674', appSecret: '123456' };
const dates = ['2018-02-07T02:19:33.000Z', '2018-02-07T07:04:22.000Z'];

describe('hash', () => {
  it('agrees with the published example', () => {
    expect(queryHash(account, dates)).toBe('9b11b9ff77dbba70fe059acf84c02cfe6af90de9122e4d3bd6ec69c9d637f9ed');
  });

  it.each([
    ['nothing sent', [], 'appId-first', '6544646543674123456'],
    ['limit and page', [...dates, '20', '1'], 'appId-first', `6544646543674${dates.join('')}201123456`],
    ['the other published order', dates, 'appId-last', `${dates.join('')}6544646543674123456`],
  ] as const)('%s', (_name, sent, order, text) => expect(queryHash(account, sent, order)).toBe(checksum(text)));

  it('joins appId and appSecret for headers', () => expect(headerHash(account)).toBe(checksum('6544646543674123456')));
});
