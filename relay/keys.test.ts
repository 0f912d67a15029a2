import { describe, expect, it } from 'vitest';
import { deriveKey, keyIdOf } from './keys.ts';

const one = Buffer.alloc(32, 1);

describe('keys derived from RELAY_KEY', () => {
  it('are the same for the same key and purpose, in every process', () => {
    expect(deriveKey(one, 'seal')).toEqual(deriveKey(Buffer.alloc(32, 1), 'seal'));
    expect(deriveKey(one, 'seal').toString('hex')).toMatchInlineSnapshot(
      `"53c829a72a1c0c984433bea7ab01c67a65f2278d42aa87a5373426961b64fd30"`,
    );
    expect(keyIdOf(one)).toMatchInlineSnapshot(`"5aec8d55"`);
  });

  it('differ by purpose and by key', () => {
    const purposes = [
      'seal',
      'key-id',
      'key-check',
      'enrolment-code',
      'audit-head',
      'recording-ticket',
      'recording-cache',
    ] as const;
    const keys = [one, Buffer.alloc(32, 2)].flatMap((key) => purposes.map((purpose) => deriveKey(key, purpose).toString('hex')));
    expect(new Set([...keys, one.toString('hex')]).size).toBe(15);
  });
});
