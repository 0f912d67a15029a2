import type { Call } from '../../relay/contract.ts';
import { createTurns } from '../create-turns.ts';
import type { Click } from '../messages.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import type { Reply } from '../reply.ts';
import { clockOffsetItem, type ToldCall, toldCallsItem } from '../storage.ts';
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

interface ToldDeps extends Pick<RelayAccess, 'pin'> {
  item?: ToldItem;
  /** Milliseconds from this computer's clock to the relay's. */
  offset?: () => Promise<number>;
  now?: () => number;
}

/**
 * What became of the calls that were placed from this browser, wherever in it: a view that opens later tells it too. Times are on
 * the relay's clock as far as it is known when a call is told, since this computer's may be set right before anybody looks.
 */
export function createToldCalls({ pin, item = toldCallsItem, offset = clockOffsetItem.getValue, now = Date.now }: ToldDeps) {
  const inTurn = createTurns();
  const change = (next: (calls: ToldCall[], ahead: number) => Promise<ToldCall[]>, pinned = pin()): Promise<void> =>
    inTurn(async () => {
      const isSame = await pinned;
      const ahead = await offset();
      const calls = await next(await item.getValue(), ahead);
      const fresh = calls.filter(({ createdAt }) => now() + ahead - createdAt < toldMs);
      // Nothing of an agent stays once the browser was disconnected, or connected by another.
      if (await isSame()) await item.setValue(fresh.slice(0, most));
    });

  function note(
    click: Pick<Click, 'key' | 'number' | 'clickedAt' | 'extension'>,
    reply: Reply<Call>,
    pinned = pin(),
  ): Promise<void> {
    const outcome = outcomeOf(startedCall(click.key, click.number, click.clickedAt, click.extension), reply, now());
    return change(
      async (calls, ahead) => [
        withOther(onRelayClock(outcome, ahead), await readOwnDevices()),
        ...calls.filter(({ key }) => key !== click.key),
      ],
      pinned,
    );
  }

  return {
    note,
    /** The same caller of calls, whose outcomes are kept. */
    after:
      (placeCall: PlaceCall): PlaceCall =>
      async (click, site) => {
        // Whose call it is shows when the click comes: by the answer somebody else may be connected.
        const pinned = pin();
        const reply = await placeCall(click, site);
        void note(click, reply, pinned);
        return reply;
      },
    /** The relay was asked about a call and said what became of it. */
    settle: ({ key, state, reason, sipUser, settledAt }: Call): Promise<void> =>
      change(async (calls) => calls.map((call) => (call.key === key ? { ...call, state, reason, sipUser, settledAt } : call))),
  };
}

/** @param offset milliseconds from the clock that the call's times are on to the relay's */
export function onRelayClock<Told extends Call>(call: Told, offset: number): Told {
  const { createdAt, settledAt } = call;
  return { ...call, createdAt: createdAt + offset, settledAt: settledAt === null ? null : settledAt + offset };
}
export type ToldCalls = ReturnType<typeof createToldCalls>;
