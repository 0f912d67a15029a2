import type { Call } from '../../relay/contract.ts';
import { createTurns } from '../create-turns.ts';
import type { Click } from '../messages.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import type { Reply } from '../reply.ts';
import { clockOffsetItem, type ToldCall, toldCallsItem } from '../storage.ts';
import { outcomeOf, startedCall } from './outcome-of.ts';
import type { PlaceCall } from './place-call.ts';
import { readOwnDevices, withOther } from './ring-device.ts';

/** How long outcomes are kept for somebody who looks later. */
export const toldMs = 3_600_000;
const most = 20;

interface ToldItem {
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
 * The outcomes of all calls placed from this browser, so that a view opened later shows them too. Times are converted to the
 * relay's clock when a call is recorded, since this computer's clock may be corrected before anybody looks.
 */
export function createToldCalls({ pin, item = toldCallsItem, offset = clockOffsetItem.getValue, now = Date.now }: ToldDeps) {
  const inTurn = createTurns();
  const change = (next: (calls: ToldCall[], ahead: number) => Promise<ToldCall[]>, pinned = pin()): Promise<void> =>
    inTurn(async () => {
      const isSame = await pinned;
      const ahead = await offset();
      const calls = await next(await item.getValue(), ahead);
      const fresh = calls.filter(({ createdAt }) => now() + ahead - createdAt < toldMs);
      // Nothing of an agent may remain after the browser was disconnected, or connected by another agent.
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
    /** Wraps placeCall and records the outcomes. */
    after:
      (placeCall: PlaceCall): PlaceCall =>
      async (click, site) => {
        // Pinned when the click comes: by the time of the answer another agent may be connected.
        const pinned = pin();
        const reply = await placeCall(click, site);
        void note(click, reply, pinned);
        return reply;
      },
    /** The relay was asked about a call and reported its outcome. */
    settle: ({ key, state, reason, sipUser, settledAt }: Call): Promise<void> =>
      change(async (calls) => calls.map((call) => (call.key === key ? { ...call, state, reason, sipUser, settledAt } : call))),
  };
}

/** @param offset milliseconds from the clock of the call's times to the relay's */
export function onRelayClock<Told extends Call>(call: Told, offset: number): Told {
  const { createdAt, settledAt } = call;
  return { ...call, createdAt: createdAt + offset, settledAt: settledAt === null ? null : settledAt + offset };
}
export type ToldCalls = ReturnType<typeof createToldCalls>;
