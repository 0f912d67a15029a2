const warmUp = 20;

/** Median and 99th percentile of times in milliseconds, to three significant digits. */
export function quantiles(times: number[]): { p50: number; p99: number } {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => Number((sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toPrecision(3));
  return { p50: at(0.5), p99: at(0.99) };
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
