import type { CallProgress } from '../page/caller.ts';
import { type Reply, succeed } from '../reply.ts';
import type { JournalEntry, LiveState, SeenCall } from '../storage.ts';
import type { AskCall } from './ask-call.ts';
import { isUnsettled } from './outcome-of.ts';

interface CallProgressDeps {
  journal: { getValue(): Promise<JournalEntry[]> };
  ask: AskCall;
  /** The live calls of the agent; without it none are known. */
  live?: { getValue(): Promise<LiveState> };
  /** Milliseconds from this computer's clock to the relay's. */
  offset?: () => Promise<number>;
  now?: () => number;
}

/** The switch's clock has whole seconds and differs a little from the relay's. */
const CLOCK_SLACK_MS = 10_000;
const LATER_MS = 180_000;
/** A click's device is picked up before the other end rings, which is signalled within this time: until then nobody talks. */
const CONNECTS_MS = 3_000;
/** A device that rings longer than this without a signal of the call is treated as unheard. */
const UNHEARD_MS = 90_000;

const UNKNOWN: CallProgress = { stage: 'unknown', since: null, live: false, signals: false };

/**
 * The progress of a call placed from this browser, from its live signals: those of the call to the same number that began
 * nearest. Without signals it is only known that the device was asked to ring, so no later stage is reported.
 */
export function createCallProgress({ journal, ask, live, offset = async () => 0, now = Date.now }: CallProgressDeps) {
  return async (key: string): Promise<Reply<CallProgress>> => {
    const entry = (await journal.getValue()).find((one) => one.key === key);
    if (!entry) return succeed(UNKNOWN);
    const state = isUnsettled(entry.outcome) ? await ask(key).then((reply) => reply.ok && reply.value.state) : entry.outcome;
    if (state !== 'accepted') return succeed(UNKNOWN);
    const heard = await live?.getValue();
    const isHeard = heard?.link === 'open' && heard.signals;
    const sentAt = entry.sentAt ?? entry.clickedAt;
    const difference = await offset();
    const call = isHeard ? findSignal(heard.calls, entry.number, sentAt + difference) : undefined;
    if (!call) {
      const isLive = isHeard && now() - sentAt < UNHEARD_MS;
      return succeed({ stage: 'sent', since: entry.sentAt, live: isLive, signals: isHeard });
    }
    const { stage, at } = stageOf(call, now() + difference);
    return succeed({ stage, since: at - difference, live: true, signals: true });
  };
}

/** The live call that belongs to a click. @param at when the click was sent, by the relay's clock */
export function findSignal(calls: readonly SeenCall[], number: string, at: number): SeenCall | undefined {
  return calls
    .filter(({ direction, peer, startedAt }) => {
      const after = startedAt - at;
      return direction !== 'inbound' && peer.number === number && after > -CLOCK_SLACK_MS && after < LATER_MS;
    })
    .sort((a, b) => Math.abs(a.startedAt - at) - Math.abs(b.startedAt - at))[0];
}

function stageOf(
  { startedAt, rings, rangAt = startedAt, answeredAt, endedAt }: SeenCall,
  now: number,
): Pick<CallProgress, 'stage'> & { at: number } {
  if (endedAt !== null) return { stage: 'ended', at: endedAt };
  if (answeredAt !== null && rings === 'own' && now - answeredAt < CONNECTS_MS) return { stage: 'ringing', at: answeredAt };
  if (answeredAt !== null) return { stage: 'talking', at: answeredAt };
  return { stage: rings === 'own' ? 'pickUp' : 'ringing', at: rangAt };
}
