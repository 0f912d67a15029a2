import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorTable } from '../../relay/contract.ts';
import { extensionErrorCodes } from '../reply.ts';
import { en as shared, type TextKey } from './en.ts';
import { optionsEn } from './options-en.ts';
import { optionsVi } from './options-vi.ts';
import { vi as sharedVi } from './vi.ts';

const codes = [...Object.keys(errorTable), ...extensionErrorCodes];
const en: Record<TextKey, string> = { ...shared, ...optionsEn };
const vi: Record<TextKey, string> = { ...sharedVi, ...optionsVi };
const keys = Object.keys(en) as TextKey[];
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
// Said alike in both languages.
const sameInBoth: TextKey[] = [];

describe('the dictionaries', () => {
  it.each(codes)('have a sentence for %s in both languages', (code) => {
    for (const dictionary of [shared, sharedVi] as Record<string, string>[])
      expect(dictionary[`failure_${code}`]).toMatch(/\p{L}.+[.!?]$/u);
  });

  it.each([
    ['views', shared, sharedVi],
    ['options', optionsEn, optionsVi],
  ])('of the %s have the same keys', (_, english, vietnamese) => {
    expect(Object.keys(vietnamese).sort()).toEqual(Object.keys(english).sort());
  });

  it('take the same values in both languages', () => {
    expect(keys.filter((key) => placeholders(vi[key]).join() !== placeholders(en[key]).join())).toEqual([]);
  });

  it('are translated throughout', () => {
    expect(keys.filter((key) => en[key] === vi[key] && /\p{L}{3}/u.test(en[key].replace(/\{\w+\}/g, '')))).toEqual(sameInBoth);
  });

  it('keep the words of the options out of the other views', () => {
    const components = join(import.meta.dirname, '../../components');
    const ofOptions =
      /^(admin|agents|options-view|settings|ui\/text-file|sites\/site-list|connection\/(connect|connected|language|regain))/;
    const files = readdirSync(components, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
    const used = files
      .filter((file) => !ofOptions.test(file) && !file.includes('.test.'))
      .flatMap((file) => [...readFileSync(join(components, file), 'utf8').matchAll(/'([a-z]+_\w+)'/g)].map(([, key]) => key));
    expect(used.filter((key) => key !== undefined && key in optionsEn)).toEqual([]);
    expect(used.length).toBeGreaterThan(50);
  });
});
