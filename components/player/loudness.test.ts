import { describe, expect, it } from 'vitest';
import { endOfSilence, measureLoudness } from './loudness.ts';

const rate = 100;
/** Samples that alternate between plus and minus the amplitude of each stretch. */
const samples = (...stretches: [seconds: number, amplitude: number][]) =>
  Float32Array.from(
    stretches.flatMap(([seconds, amplitude]) =>
      Array.from({ length: seconds * rate }, (_, n) => (n % 2 ? amplitude : -amplitude)),
    ),
  );
const rounded = (seconds: number) => Math.round(seconds * 10) / 10;

describe('measureLoudness', () => {
  it.each([
    ['nothing but speech', [samples([5, 0.5])], []],
    ['a pause for breath', [samples([2, 0.5], [1, 0], [2, 0.5])], []],
    ['a long silence', [samples([2, 0.5], [4, 0], [2, 0.5])], [[2.3, 5.7]]],
    ['line noise', [samples([2, 0.5], [4, 0.001], [2, 0.5])], [[2.3, 5.7]]],
    ['quiet speech', [samples([2, 0.5], [4, 0.02], [2, 0.5])], []],
    ['a silence at the end', [samples([2, 0.5], [3, 0])], [[2.3, 4.7]]],
    ['one side silent while the other speaks', [samples([2, 0.5], [4, 0]), samples([2, 0], [4, 0.5])], []],
    ['silence throughout', [samples([9, 0])], []],
    ['no sound at all', [], []],
  ] as const)('of %s', async (_, channels, silences) => {
    const measured = (await measureLoudness([{ channels, sampleRate: rate }])).silences;
    expect(measured.map(({ from, to }) => [rounded(from), rounded(to)])).toEqual(silences);
  });

  it('draws the greater of both sides', async () => {
    const channels = [samples([3, 0.25], [3, 0]), samples([3, 0], [3, 0.75])];
    const { peaks, duration } = await measureLoudness([{ channels, sampleRate: rate }]);
    expect([peaks.length, peaks[0], peaks.at(-1), duration]).toEqual([600, 0.25, 0.75, 6]);
  });

  it('finds the same in pieces', async () => {
    const whole = samples([2, 0.5], [4, 0], [2, 0.25]);
    const pieces = [whole.subarray(0, 155), whole.subarray(155, 156), whole.subarray(156, 500), whole.subarray(500)];
    const measured = await measureLoudness(pieces.map((piece) => ({ channels: [piece], sampleRate: rate })));
    expect(measured).toEqual(await measureLoudness([{ channels: [whole], sampleRate: rate }]));
  });
});

it.each([
  [2.2, null],
  [2.3, 5.7],
  [5.6, 5.7],
  [5.7, null],
  // A media clock cuts the microseconds off that the sums of a measurement have.
  [5.699999, null],
])('at %d goes on at %s', (position, end) => {
  expect(endOfSilence([{ from: 2.3, to: 5.7 }], position)).toBe(end);
});
