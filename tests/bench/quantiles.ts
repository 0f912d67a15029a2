const warmUp = 20;

/** To three significant digits. */
export const round = (value: number) => Number(value.toPrecision(3));

/** The value that `share` of the values do not reach, to three significant digits. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return round(sorted[Math.floor(sorted.length * share)] ?? Number.NaN);
}

/** Median and 99th percentile of times in milliseconds, to three significant digits. */
export function quantiles(times: readonly number[]): { p50: number; p99: number } {
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

/** Times `turns` runs of `work`, one after the other; 20 runs before them are warm-up and do not count. */
export async function timeEach(turns: number, work: (turn: number) => Promise<unknown>): Promise<{ p50: number; p99: number }> {
  const times: number[] = [];
  for (let turn = 0; turn < turns + warmUp; turn += 1) {
    const began = performance.now();
    await work(turn);
    if (turn >= warmUp) times.push(performance.now() - began);
  }
  return quantiles(times);
}
