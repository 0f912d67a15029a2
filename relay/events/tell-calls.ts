import type { LiveCall } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { createLegs } from './join-legs.ts';
import { liveCallsOf } from './live-calls-of.ts';
import { createOwnClicks } from './own-clicks.ts';
import type { Signal } from './read-signal.ts';

/** Longest wait for the store; after it the call is reported as it was heard. */
const lookUpMs = 500;

/** Passes each signal on to the parties of its call until it is stopped. */
export function createTeller(deps: Deps) {
  const { hub } = deps;
  const withOwnClicks = createOwnClicks(deps);
  const legs = createLegs();
  let stopped = false;
  // The store is asked for all signals at once, but those of one call are told in order: it must not ring after its end.
  const turns = new Map<string, Promise<void>>();

  async function lookUp(heard: Signal): Promise<ReadonlyMap<string, LiveCall>> {
    const calls = liveCallsOf(heard, deps.config.homeRegion, deps.config);
    const lookedUp = withOwnClicks(heard, calls).catch((error: unknown) => {
      deps.log.error({ err: error }, 'a ringing call could not be compared with those placed');
      return calls;
    });
    const { promise: tooLate, resolve } = Promise.withResolvers<ReadonlyMap<string, LiveCall>>();
    const timeout = setTimeout(resolve, lookUpMs, calls);
    const own = await Promise.race([lookedUp, tooLate]);
    clearTimeout(timeout);
    return own;
  }

  return {
    tell(heard: Signal): void {
      const of = legs.callOf(heard);
      const looked = lookUp(heard);
      const turn = Promise.all([looked, turns.get(of)])
        .then(([own]) => {
          if (!stopped) hub.publish(legs.join(of, own));
        })
        .catch((error: unknown) => deps.log.error({ err: error }, 'a signal could not be passed on'))
        .finally(() => {
          if (turns.get(of) === turn) turns.delete(of);
        });
      turns.set(of, turn);
    },
    /** Call it when signals may have been missed. */
    noteGap: legs.forget,
    stop(): void {
      stopped = true;
    },
  };
}
