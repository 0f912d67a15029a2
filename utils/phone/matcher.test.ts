import type { CountryCode } from 'libphonenumber-js/core';
import { findPhoneNumbersInText } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { type MatcherCase, matcherCases } from '../../tests/fixtures/matcher-cases.ts';
import { findNumbers } from './find-numbers.ts';
import { homePlans } from './plans/full-plans.ts';

type Finder = (text: string, region: string) => string[];

const ours: Finder = (text, region) => findNumbers(text, { region, plans: homePlans(region) }).map(({ number }) => number);
const theirs: Finder = (text, region) => findPhoneNumbersInText(text, region as CountryCode).map(({ number }) => number.number);

function score(find: Finder, expectation: (each: MatcherCase) => string[]) {
  let right = 0;
  let marked = 0;
  let written = 0;
  for (const each of matcherCases) {
    const expected = [...expectation(each)];
    const got = find(each.text, each.region);
    marked += got.length;
    written += expected.length;
    for (const number of got) {
      const at = expected.indexOf(number);
      if (at >= 0) right += expected.splice(at, 1).length;
    }
  }
  return { precision: right / marked, recall: right / written };
}

describe("the cases of Google's matcher", () => {
  it.each([
    ['VALID', (each: MatcherCase) => each.valid],
    ['STRICT_GROUPING', (each: MatcherCase) => each.strict],
  ])('are met at least as well as by libphonenumber-js max at leniency %s', (leniency, expectation) => {
    const own = score(ours, expectation);
    const peer = score(theirs, expectation);
    console.log(
      `${leniency}, ${matcherCases.length} cases: precision ${own.precision.toFixed(3)} (max ${peer.precision.toFixed(3)}), ` +
        `recall ${own.recall.toFixed(3)} (max ${peer.recall.toFixed(3)})`,
    );
    expect(own.precision).toBeGreaterThanOrEqual(peer.precision);
    expect(own.recall).toBeGreaterThanOrEqual(peer.recall);
  });
});
