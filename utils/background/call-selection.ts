import { type CallerDeps, createCaller } from '../calls/create-caller.ts';
import { outcomeOf, startedCall } from '../calls/outcome-of.ts';
import { findNumbers } from '../phone/find-numbers.ts';
import type { ViewWish } from '../storage.ts';
import type { BadgeLook } from './badge.ts';
import type { MenuWords } from './menu-words.ts';

export interface CallSelectionDeps {
  caller: CallerDeps;
  region: string;
  words: MenuWords;
  show(look: BadgeLook, sentence: string): Promise<void>;
  /** Brings up the agent's calls, where what failed stands with what can be done about it. */
  reveal(wish: ViewWish): Promise<void>;
  now?: () => number;
}

/** Calls the one number in a selected text, and shows what became of it. */
export async function callSelection(
  text: string,
  { caller, region, words, show, reveal, now = Date.now }: CallSelectionDeps,
): Promise<void> {
  const { say, explain } = words;
  const numbers = [...new Set(findNumbers(text, { region }).map((found) => found.number))];
  const [number] = numbers;
  // With two numbers the one that is meant can only be guessed, and a guess rings a stranger.
  if (number === undefined || numbers.length > 1) {
    await show('failed', say(number === undefined ? 'noNumber' : 'manyNumbers'));
    return reveal({ show: 'typed', text });
  }
  await show('placing', say('placing', { number }));
  const { key, settled } = createCaller(caller).call(number, 'menu');
  const started = startedCall(key, number, now());
  const call = outcomeOf(started, await settled, now());
  if (call.state === 'accepted') return show('accepted', say('accepted', { number }));
  await show('failed', call.reason ? explain(call.reason) : say('unknown'));
  await reveal({ show: 'placed', call });
}
