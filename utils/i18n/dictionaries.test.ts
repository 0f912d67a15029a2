import { describe, expect, it } from 'vitest';
import { errorTable } from '../../relay/contract.ts';
import { extensionErrorCodes } from '../reply.ts';
import { en, type TextKey } from './en.ts';
import { vi } from './vi.ts';

const codes = [...Object.keys(errorTable), ...extensionErrorCodes];
const keys = Object.keys(en) as TextKey[];
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
// Said alike in both languages.
const sameInBoth: TextKey[] = [];

describe('the dictionaries', () => {
  it.each(codes)('have a sentence for %s in both languages', (code) => {
    for (const dictionary of [en, vi] as Record<string, string>[])
      expect(dictionary[`failure_${code}`]).toMatch(/\p{L}.+[.!?]$/u);
  });

  it('have the same keys', () => {
    expect(Object.keys(vi).sort()).toEqual([...keys].sort());
  });

  it.each(keys)('take the same values in %s', (key) => {
    expect(placeholders(vi[key])).toEqual(placeholders(en[key]));
  });

  it('are translated throughout', () => {
    expect(keys.filter((key) => en[key] === vi[key] && /\p{L}{3}/u.test(en[key].replace(/\{\w+\}/g, '')))).toEqual(sameInBoth);
  });
});
