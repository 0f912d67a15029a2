import { RelayError } from '../http/relay-error.ts';
import type { CounterRule } from '../store/counter-rows.ts';
import { countDown, countUp } from '../store/counters.ts';
import type { Store } from '../store/open-store.ts';

const windowMs = 10 * 60_000;
export const guessesInAll = 100_000;

/**
 * Limits guesses of one-time codes: few from one address, fewer with one key. Reaching the overall limit would block everybody,
 * so it is high: with 50 bits, that many guesses find a given open code with a probability of one in ten billion.
 */
export function enrolmentTries(address: string, thumbprint: string): CounterRule[] {
  return [
    { bucket: `enrol:address:${address}`, limit: 10, windowMs },
    { bucket: `enrol:key:${thumbprint}`, limit: 5, windowMs },
    { bucket: 'enrol:all', limit: guessesInAll, windowMs },
  ];
}

export function passphraseTries(agentId: string): CounterRule[] {
  return [{ bucket: `passphrase:${agentId}`, limit: 5, windowMs }];
}

/**
 * Limits an attempt. Each attempt is counted before it runs, so that parallel attempts cannot evade the limit; an attempt that
 * was not a wrong guess is uncounted. Throws `too_many_tries`, whose sentence states the window.
 */
export async function tryFew<Value>(
  { store, now }: { store: Store; now: () => number },
  rules: CounterRule[],
  attempt: () => Promise<Value>,
): Promise<Value> {
  const at = now();
  if (await countUp(store, at, rules)) throw new RelayError('too_many_tries');
  try {
    const value = await attempt();
    await countDown(store, at, rules);
    return value;
  } catch (error) {
    if (!isGuess(error)) await countDown(store, at, rules);
    throw error;
  }
}

/**
 * A code that was issued but is used or expired. Its holder did not guess, so the attempt is not counted; the answer is the same
 * as for any other wrong code.
 */
export class SpentCode extends RelayError {
  constructor() {
    super('code_invalid');
  }
}

function isGuess(error: unknown): boolean {
  if (!(error instanceof RelayError) || error instanceof SpentCode) return false;
  return error.code === 'code_invalid' || error.code === 'passphrase_wrong';
}
