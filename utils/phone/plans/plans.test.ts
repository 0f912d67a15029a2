import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { isValidPhoneNumber } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { compilePlan } from './compiled-plan.ts';
import { fullPlan, fullPlanRegions, homePlans } from './full-plans.ts';
import { planData } from './generate.ts';
import { planBook } from './plan-book.ts';

describe('plan data', () => {
  it('is what the generator writes from the installed metadata', () => {
    // The formatter may have changed the file's layout, so white space and quotes are ignored.
    const meaning = (text: string) => text.replace(/[\s,;'"]/g, '');
    expect(meaning(readFileSync(join(import.meta.dirname, 'plan-data.ts'), 'utf8'))).toBe(meaning(planData()));
  });

  it('has a compact plan of every region', () => {
    const book = planBook();
    expect(fullPlanRegions.filter((region) => !book.region(region))).toEqual([]);
    expect(book.callingCode('1').length).toBeGreaterThan(20);
    expect(book.callingCode('999')).toEqual([]);
  });
});

describe('a full plan', () => {
  it('calls valid what libphonenumber-js max calls valid', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 5, maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...fullPlanRegions), digits, (region, national) => {
        const plans = homePlans(region).map(compilePlan);
        const code = plans[0]?.callingCode;
        // Skip digits that begin with a national prefix or the calling code: only bare national numbers are compared here.
        fc.pre(plans.every((plan) => plan.strip(national) === null) && !national.startsWith(code ?? ''));
        expect(plans.some((plan) => plan.isValid(national))).toBe(isValidPhoneNumber(`+${code}${national}`));
      }),
      { numRuns: 2000 },
    );
  }, 30_000);

  it('survives the message that carries it to a page', () => {
    expect(JSON.parse(JSON.stringify(fullPlan('VN')))).toEqual(fullPlan('VN'));
  });

  it('is not there for a region that does not exist', () => {
    expect(fullPlan('ZZ')).toBeUndefined();
    expect(homePlans('ZZ')).toEqual([]);
  });
});
