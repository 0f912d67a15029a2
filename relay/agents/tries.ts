import { RelayError } from '../http/relay-error.ts';
import { type CounterRule, countDown, countUp } from '../store/counters.ts';
import type { Store } from '../store/open-store.ts';

const windowMs = 10 * 60_000;
export const guessesInAll = 100_000;

/**
 * Guesses at one-time codes: few from one address, fewer by one key. The bound on all together is what shuts everybody out, so it is
 * far off: with 50 bits, so many guesses find an open code once in ten billion times.
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
 * Runs what may be tried only so often. Every try is counted before it runs, so that parallel tries cannot slip by; one
 * that was no wrong guess is taken back. Throws `too_many_tries`, whose sentence tells the window.
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

/** A code that was once given out, and now comes too late. Whoever has it guessed nothing; the answer is that of any other code. */
export class SpentCode extends RelayError {
  constructor() {
    super('code_invalid');
  }
}

function isGuess(error: unknown): boolean {
  if (!(error instanceof RelayError) || error instanceof SpentCode) return false;
  return error.code === 'code_invalid' || error.code === 'passphrase_wrong';
}
