import type { LiveCall } from '../contract.ts';
import type { Signal } from './read-signal.ts';

const mostKept = 10_000;

/** The state of one call as told to one party. `legs` has the ending signal of each leg; null while it goes on. */
interface Told {
  callId: string;
  states: Set<LiveCall['state']>;
  legs: Map<string, LiveCall | null>;
}

/**
 * Kazoo signals each leg of a call, to a device or to a carrier, as its own channel. This joins the legs of a party into one
 * call, which has the first leg's id and ends with the last. A party of one leg, such as a ringing device, hears of that leg
 * only.
 */
export function createLegs() {
  const callOfLeg = new Map<string, string>();
  const told = new Map<string, Told>();

  function join(key: string, call: LiveCall): LiveCall | null {
    const known = told.get(key);
    const isOver = known && !known.legs.has(call.callId) && ![...known.legs.values()].includes(null);
    const own: Told = !known || isOver ? { callId: call.callId, states: new Set(), legs: new Map() } : known;
    keep(told, key, own);
    const { callId, states, legs } = own;
    if (call.state === 'ended') {
      const ends = [...legs.set(call.callId, call).values()].filter((end) => end !== null);
      return ends.length < legs.size ? null : { ...call, callId, ...outcome(ends) };
    }
    if (!legs.has(call.callId)) legs.set(call.callId, null);
    if (call.state === 'ringing' ? states.size > 0 : states.has(call.state)) return null;
    states.add(call.state);
    return { ...call, callId };
  }

  return {
    /** The id of the call that a signal belongs to, the same for all its legs. */
    callOf({ callId, interaction, otherLeg }: Pick<Signal, 'callId' | 'interaction' | 'otherLeg'>): string {
      const call = callOfLeg.get(callId) ?? callOfLeg.get(otherLeg) ?? (interaction || callId);
      keep(callOfLeg, callId, call);
      return call;
    },
    /**
     * Reduces what a leg tells each party of the call to what is new to that party. At an end, parties of more legs come first:
     * whoever is several of them is told the outcome of the whole call.
     */
    join(of: string, calls: ReadonlyMap<string, LiveCall>): Map<string, LiveCall> {
      const joined = [...calls].map(([party, call]) => [party, join(`${of} ${party}`, call)] as const);
      const legsOf = ([party]: readonly [string, unknown]) => told.get(`${of} ${party}`)?.legs.size ?? 0;
      const news = joined.filter((one): one is [string, LiveCall] => one[1] !== null);
      const isEnd = news.every(([, { state }]) => state === 'ended');
      return new Map(isEnd ? news.sort((a, b) => legsOf(b) - legsOf(a)) : news);
    },
    /** Called after a gap in the signals: the end of a leg may have been missed, and no call may wait for it. */
    forget(): void {
      callOfLeg.clear();
      told.clear();
    },
  };
}

/** The first leg is the device's own, whose time runs while the other end rings: the other legs tell talk time and cause. */
function outcome([first, ...others]: LiveCall[]): Pick<LiveCall, 'talkSeconds' | 'cause'> {
  const [longest = first] = others.sort((a, b) => (b.talkSeconds ?? 0) - (a.talkSeconds ?? 0));
  return { talkSeconds: longest?.talkSeconds ?? null, cause: longest?.cause ?? null };
}

function keep<Value>(kept: Map<string, Value>, key: string, value: Value): void {
  kept.delete(key);
  kept.set(key, value);
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
}
