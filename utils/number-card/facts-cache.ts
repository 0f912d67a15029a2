import type { NumberFacts } from '../../relay/contract.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import type { Reply } from '../reply.ts';
import { callJournalItem, type KnownFacts, numberFactsItem } from '../storage.ts';

const KEPT_MS = 60_000;
const KEPT = 50;
/** For this long after a call the relay may learn of its end at any moment. */
const SETTLING_MS = 120_000;

/**
 * Requests to the relay, by number. Another map once the facts changed, so that nobody joins a request from before that and its
 * answer is not kept.
 */
let running = new Map<string, Promise<Reply<NumberFacts>>>();

/** To be called after something was saved that changes what the relay says of numbers: a note, or the rules of calling. */
export async function forgetFacts(): Promise<void> {
  running = new Map();
  await numberFactsItem.setValue([]);
}

interface FactsCacheDeps extends Pick<RelayAccess, 'relayUrl' | 'pin'> {
  ask: (number: string) => Promise<Reply<NumberFacts>>;
  /** When a number was last called from this browser; facts from before that call are outdated. */
  calledAt?: (number: string) => Promise<number>;
  item?: { getValue(): Promise<KnownFacts[]>; setValue(known: KnownFacts[]): Promise<void> };
  now?: () => number;
}

/**
 * The relay's facts of a number, requested at most once a minute. A refusal is never cached: it may be lifted a second later,
 * and a cached one would keep the agent from trying the call.
 */
export function createFactsCache({
  relayUrl,
  pin,
  ask,
  calledAt = lastCallOf,
  item = numberFactsItem,
  now = Date.now,
}: FactsCacheDeps) {
  async function fetchFacts(number: string, from: string | null): Promise<Reply<NumberFacts>> {
    const asked = running;
    const isSame = await pin();
    const reply = await ask(number);
    if (reply.ok && !reply.value.refusal && from !== null) {
      const others = (await item.getValue()).filter((one) => isFresh(one) && one.facts.number !== number);
      if ((await isSame()) && asked === running)
        await item.setValue([...others, { relayUrl: from, at: now(), facts: reply.value }].slice(-KEPT));
    }
    return reply;
  }
  function isFresh({ at }: KnownFacts): boolean {
    // Absolute difference, since the clock may have been set back meanwhile.
    return Math.abs(now() - at) < KEPT_MS;
  }

  return {
    async get(number: string): Promise<Reply<NumberFacts>> {
      const from = await relayUrl();
      const known = (await item.getValue()).find((one) => one.facts.number === number && one.relayUrl === from && isFresh(one));
      if (known && (await calledAt(number)) < known.at - SETTLING_MS) return { ok: true, value: known.facts };
      const asked = running;
      const reply = asked.get(number) ?? fetchFacts(number, from).finally(() => asked.delete(number));
      asked.set(number, reply);
      return reply;
    },
  };
}

async function lastCallOf(number: string): Promise<number> {
  const entries = await callJournalItem.getValue();
  return Math.max(0, ...entries.filter((entry) => entry.number === number).map(({ clickedAt }) => clickedAt));
}
