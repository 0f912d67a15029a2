import type { NumberFacts } from '../../relay/contract.ts';
import type { Reply } from '../reply.ts';
import { type KnownFacts, numberFactsItem } from '../storage.ts';

const KEPT_MS = 60_000;
const KEPT = 50;

export interface FactsCacheDeps {
  relayUrl: () => Promise<string | null>;
  ask: (number: string) => Promise<Reply<NumberFacts>>;
  item?: { getValue(): Promise<KnownFacts[]>; setValue(known: KnownFacts[]): Promise<void> };
  now?: () => number;
}

/**
 * What the relay knows of a number, asked at most once a minute. A refusal is never kept: it may be over a second later, and
 * the call would not be tried.
 */
export function createFactsCache({ relayUrl, ask, item = numberFactsItem, now = Date.now }: FactsCacheDeps) {
  const running = new Map<string, Promise<Reply<NumberFacts>>>();

  async function fetchFacts(number: string, from: string | null): Promise<Reply<NumberFacts>> {
    const reply = await ask(number);
    if (reply.ok && !reply.value.refusal && from !== null && (await relayUrl()) === from) {
      const others = (await item.getValue()).filter((one) => isFresh(one) && one.facts.number !== number);
      await item.setValue([...others, { relayUrl: from, at: now(), facts: reply.value }].slice(-KEPT));
    }
    return reply;
  }
  function isFresh({ at }: KnownFacts): boolean {
    return now() - at < KEPT_MS;
  }

  return {
    async get(number: string): Promise<Reply<NumberFacts>> {
      const from = await relayUrl();
      const known = (await item.getValue()).find((one) => one.facts.number === number && one.relayUrl === from && isFresh(one));
      if (known) return { ok: true, value: known.facts };
      const reply = running.get(number) ?? fetchFacts(number, from).finally(() => running.delete(number));
      running.set(number, reply);
      return reply;
    },
    /** After a call with a number: what was known of it is old. */
    async forget(number: string): Promise<void> {
      await item.setValue((await item.getValue()).filter(({ facts }) => facts.number !== number));
    },
  };
}
export type FactsCache = ReturnType<typeof createFactsCache>;
