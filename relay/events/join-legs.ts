import type { LiveCall } from '../contract.ts';
import type { Signal } from './read-signal.ts';

/** Each about 2 kB. A call of two agents has four: their names and devices. */
const mostKept = 5_000;

interface Leg {
  /** Whether it leads to the agent's own device, as the first leg does, and each that rings for a click. */
  isOwn: boolean;
  /** Whether it leads to whom the agent calls. */
  isOther: boolean;
  isAnswered: boolean;
  /** Its ending signal; null while it goes on. */
  end: LiveCall | null;
}
/** The state of one call as told to one party. */
interface Told {
  /** The first signal, whose leg gives the call its id. */
  first: LiveCall;
  state: LiveCall['state'] | null;
  at: number;
  legs: Map<string, Leg>;
}

/**
 * Kazoo signals each leg of a call, to a device or to a carrier, as its own channel. This joins the legs of a party into one
 * call, which has the first leg's id and ends with the last. A party of one leg, such as a ringing device, hears of that leg
 * only. A click-to-call rings the agent's device, and the number once that is picked up: the call, answered, then rings again.
 */
export function createLegs() {
  const callOfLeg = new Map<string, string>();
  const told = new Map<string, Told>();
  /** By call, how whoever placed it sees it: its first signal to tell that. */
  const placed = new Map<string, [party: string, call: LiveCall][]>();

  /** A carrier's leg has the company's number in place of the caller's: it is told to those who placed the call, too. */
  function withCallers(of: string, calls: ReadonlyMap<string, LiveCall>): ReadonlyMap<string, LiveCall> {
    const outgoing = [...calls].filter(([, { direction }]) => direction !== 'inbound');
    const callers = placed.get(of) ?? outgoing;
    if (outgoing.length > 0) keep(placed, of, callers);
    const same = outgoing.find(([, { peer }]) => peer.number === callers[0]?.[1].peer.number)?.[1];
    const [any] = calls.values();
    const missing = callers.flatMap(([party]): [string, LiveCall][] => {
      const { first, legs } = told.get(`${of} ${party}`) ?? {};
      if (calls.has(party) || !first || !legs || !any) return [];
      // Of a leg that was told before everything is: it must not stay open because it shows another number later.
      if (legs.has(any.callId)) return [[party, { ...any, direction: first.direction, peer: first.peer }]];
      return same && [...legs.values()].some(({ end }) => !end) ? [[party, same]] : [];
    });
    return new Map([...calls, ...missing]);
  }

  function join(key: string, call: LiveCall): LiveCall | null {
    const known = told.get(key);
    const isOver = known && !known.legs.has(call.callId) && [...known.legs.values()].every(({ end }) => end);
    const own: Told = !known || isOver ? { first: call, state: null, at: Number.NEGATIVE_INFINITY, legs: new Map() } : known;
    keep(told, key, own);
    const more = news(own, call);
    if (!more) return null;
    // Signals tell whole seconds, each server by its clock: the order of what is told must show in its times.
    own.at = Math.max(call.at, own.at + 1);
    const heard = { ...call, ...more, callId: own.first.callId, at: own.at };
    own.state = heard.state;
    return heard;
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
      const joined = [...withCallers(of, calls)].map(([party, call]) => [party, join(`${of} ${party}`, call)] as const);
      const legsOf = ([party]: readonly [string, unknown]) => told.get(`${of} ${party}`)?.legs.size ?? 0;
      const news = joined.filter((one): one is [string, LiveCall] => one[1] !== null);
      const isEnd = news.every(([, { state }]) => state === 'ended');
      return new Map(isEnd ? news.sort((a, b) => legsOf(b) - legsOf(a)) : news);
    },
    /** Called after a gap in the signals: the end of a leg may have been missed, and no call may wait for it. */
    forget(): void {
      callOfLeg.clear();
      placed.clear();
      told.clear();
    },
  };
}

/** Notes a signal of a leg. Returns what it tells of the call otherwise than of the leg; null if nothing new. */
function news({ first, state, legs }: Told, call: LiveCall): Partial<LiveCall> | null {
  const isNew = !legs.has(call.callId);
  const leg = legs.get(call.callId) ?? newLeg(legs.size === 0 || call.rings === 'own', first, call);
  legs.set(call.callId, leg);
  const all = [...legs.values()];
  const isAnsweredThere = all.some(({ isOwn, isAnswered }) => !isOwn && isAnswered);
  switch (call.state) {
    case 'ended':
      leg.end = call;
      return all.every(({ end }) => end) ? outcome(all) : null;
    case 'answered': {
      const isRepeated = leg.isAnswered;
      leg.isAnswered = true;
      if (isRepeated || state === 'answered') return null;
      // For a click, the signal that the other end rings may come before the one that the device was picked up.
      const ringsThere =
        first.rings === 'own' && leg.isOwn && all.some(({ isOther, end }) => isOther && !end) && !isAnsweredThere;
      return ringsThere ? { state: 'ringing', rings: 'other' } : {};
    }
    case 'ringing': {
      if (state === null) return {};
      return isNew && leg.isOther && !isAnsweredThere && state === 'answered' ? { rings: 'other' } : null;
    }
  }
}

function newLeg(isOwn: boolean, first: LiveCall, call: LiveCall): Leg {
  const isOutgoing = first.direction !== 'inbound' && call.direction !== 'inbound';
  return { isOwn, isOther: !isOwn && isOutgoing && first.peer.number === call.peer.number, isAnswered: false, end: null };
}

/** The time of the device's own leg runs while the other end rings: the other legs tell talk time and cause. */
function outcome(legs: Leg[]): Pick<LiveCall, 'talkSeconds' | 'cause'> {
  const ends = (some: Leg[]) => some.flatMap(({ end }) => end ?? []).sort((a, b) => (b.talkSeconds ?? 0) - (a.talkSeconds ?? 0));
  const longest = ends(legs.filter(({ isOwn }) => !isOwn))[0] ?? ends(legs)[0];
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
