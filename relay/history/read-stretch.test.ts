import { expect, it } from 'vitest';
import { RelayError } from '../http/relay-error.ts';
import { addHole } from './holes.ts';
import { dayMs, type Span } from './mirror-status.ts';
import { readStretch, stretchOf } from './read-stretch.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Reads three days, of which `bad` always fails, again and again to the end. From read number `deadFrom` on every read fails. */
async function read(bad: Span[], { deadFrom = Number.POSITIVE_INFINITY, tries = 100 } = {}) {
  let holes: Span[] = [];
  let reads = 0;
  const told: Span[] = [];
  const stretch = stretchOf(0, 3 * dayMs);
  const reader = {
    async read({ from, to }: Span) {
      reads += 1;
      if (reads >= deadFrom || bad.some((one) => from <= one.to && one.from <= to)) throw new RelayError('upstream_failed');
      told.push({ from, to });
      return true;
    },
    async readNewest() {
      reads += 1;
      if (reads >= deadFrom) throw new RelayError('upstream_failed');
    },
    holes: async () => holes,
    async onHole(hole: Span) {
      holes = addHole(holes, hole);
    },
  };
  for (let turn = 1; turn <= tries; turn += 1) {
    const done = await readStretch(stretch, reader).catch((error: unknown) => {
      if (!(error instanceof RelayError)) throw error;
      return false;
    });
    if (done) return { turn, reads, holes, told };
  }
  return { turn: null, reads, holes, told };
}

const lengthOf = (spans: Span[]) => spans.reduce((sum, { from, to }) => sum + to - from, 0);

it('is read a day at a time', async () => {
  const days = [0, 1, 2].map((day) => ({ from: day * dayMs, to: (day + 1) * dayMs }));
  expect(await read([])).toMatchObject({ turn: 1, holes: [], told: days });
});

it.each<[string, bad: Span[], most: number, reads: number]>([
  ['a moment', [{ from: 30.5 * hourMs, to: 30.5 * hourMs }], minuteMs, 60],
  ['its first moment', [{ from: 0, to: 0 }], minuteMs, 60],
  ['its last moment', [{ from: 3 * dayMs, to: 3 * dayMs }], minuteMs, 60],
  ['the moment where two days meet', [{ from: dayMs, to: dayMs }], 2 * minuteMs, 100],
  ['two moments', [30, 60].map((hour) => ({ from: hour * hourMs, to: hour * hourMs })), 4 * minuteMs, 200],
  ['ten hours', [{ from: 30 * hourMs, to: 40 * hourMs }], 20 * hourMs, 200],
])('but for %s, of which no more than a little is passed over', async (_what, bad, most, reads) => {
  const done = await read(bad);
  expect(done.turn).not.toBeNull();
  expect(done.reads).toBeLessThan(reads);
  expect(lengthOf(done.holes)).toBeLessThanOrEqual(most);
  for (const one of bad) expect(done.holes.some(({ from, to }) => from <= one.from && one.to <= to)).toBe(true);
  // Everything outside the holes was read.
  expect([...done.holes, ...done.told].reduce<Span[]>(addHole, [])).toEqual([{ from: 0, to: 3 * dayMs }]);
});

it.each([1, 2, 3, 5, 8, 20])(
  'leaves no hole of more than one part when nothing is given from the read %i on',
  async (deadFrom) => {
    const { turn, holes } = await read([{ from: 30 * hourMs, to: 30 * hourMs }], { deadFrom });
    expect(turn).toBeNull();
    expect(lengthOf(holes)).toBeLessThanOrEqual(2 * minuteMs);
  },
);
