import type { Call } from '../../relay/contract.ts';
import { createTurns } from '../create-turns.ts';
import { type ToldCall, toldCallsItem } from '../storage.ts';
import { outcomeOf, startedCall } from './outcome-of.ts';
import type { PlaceCall } from './place-call.ts';
import { readOwnDevices, withOther } from './ring-device.ts';

/** How long what became of a call is of use to somebody who looks later. */
export const toldMs = 3_600_000;
const most = 20;

export interface ToldItem {
  getValue(): Promise<ToldCall[]>;
  setValue(calls: ToldCall[]): Promise<void>;
}

/**
 * What became of the calls that were placed from this browser, wherever in it: a view that opens later tells it too. Times are on
 * this computer's clock.
 */
export function createToldCalls(
  relayUrl: () => Promise<string | null>,
  item: ToldItem = toldCallsItem,
  now: () => number = Date.now,
) {
  const inTurn = createTurns();
  const change = (next: (calls: ToldCall[]) => ToldCall[]): Promise<void> =>
    inTurn(async () => {
      const fresh = next(await item.getValue()).filter(({ createdAt }) => now() - createdAt < toldMs);
      // Nothing of an agent stays once the browser was disconnected.
      if ((await relayUrl()) !== null) await item.setValue(fresh.slice(0, most));
    });

  return {
    /** The same caller of calls, whose outcomes are kept. */
    after:
      (placeCall: PlaceCall): PlaceCall =>
      async (click, site) => {
        const reply = await placeCall(click, site);
        const outcome = outcomeOf(startedCall(click.key, click.number, click.clickedAt), reply, now());
        const told = withOther(outcome, await readOwnDevices());
        void change((calls) => [told, ...calls.filter(({ key }) => key !== click.key)]);
        return reply;
      },
    /** The relay was asked about a call and said what became of it. */
    settle: ({ key, state, reason, sipUser }: Call): Promise<void> =>
      change((calls) => calls.map((call) => (call.key === key ? { ...call, state, reason, sipUser } : call))),
  };
}
export type ToldCalls = ReturnType<typeof createToldCalls>;
