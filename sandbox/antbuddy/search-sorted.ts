/** Index of the first element whose time is at or after `time` (`after: true`: strictly after), in ascending order. */
export function searchSorted(size: number, timeAt: (index: number) => number, time: number, after = false): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const here = timeAt(middle);
    if (here < time || (after && here === time)) low = middle + 1;
    else high = middle;
  }
  return low;
}
