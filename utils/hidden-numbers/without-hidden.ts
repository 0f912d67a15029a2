import { createHiddenFilter, type HiddenNumber, type IsHidden } from './hidden-filter.ts';

interface Found {
  number: string;
  start: number;
  end: number;
}
type Find<Number extends Found> = (text: string, label?: () => string | undefined) => Number[];

/** A finder that leaves out what is hidden, and lets that be changed. */
export function withoutHidden<Number extends Found>(find: Find<Number>, hidden: readonly HiddenNumber[]) {
  let isHidden: IsHidden | undefined;
  const set = (now: readonly HiddenNumber[]): void => {
    isHidden = now.length > 0 ? createHiddenFilter(now) : undefined;
  };
  set(hidden);
  const findShown: Find<Number> = (text, label) => {
    const found = find(text, label);
    return found.length > 0 && isHidden
      ? found.filter(({ number, start, end }) => !isHidden?.(number, text.slice(start, end)))
      : found;
  };
  return { find: findShown, set };
}
