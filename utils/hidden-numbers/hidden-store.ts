import { createTurns } from '../create-turns.ts';
import { hiddenNumbersItem } from '../storage.ts';
import type { HiddenNumber } from './hidden-filter.ts';

export type HiddenBySite = Record<string, HiddenNumber[]>;

/** Limit per site; the oldest are dropped beyond it. */
const KEPT = 200;

/** The numbers that people hid on each site, by origin, newest last. */
export function createHiddenStore(
  item: { getValue(): Promise<HiddenBySite>; setValue(all: HiddenBySite): Promise<void> } = hiddenNumbersItem,
) {
  const inTurn = createTurns();
  const change = (origin: string, next: (before: HiddenNumber[]) => HiddenNumber[]): Promise<HiddenNumber[]> =>
    inTurn(async () => {
      const { [origin]: before = [], ...others } = await item.getValue();
      const after = next(before);
      await item.setValue(after.length > 0 ? { ...others, [origin]: after } : others);
      return after;
    });
  return {
    all: () => item.getValue(),
    of: async (origin: string): Promise<HiddenNumber[]> => (await item.getValue())[origin] ?? [],
    /** Returns the numbers now hidden on the site. */
    hide: (origin: string, { number, text }: HiddenNumber) =>
      change(origin, (before) => [...before.filter((one) => one.number !== number), { number, text }].slice(-KEPT)),
    show: (origin: string, number: string) => change(origin, (before) => before.filter((one) => one.number !== number)),
  };
}
export type HiddenStore = ReturnType<typeof createHiddenStore>;
