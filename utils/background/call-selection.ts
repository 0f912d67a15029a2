import { type CallerDeps, createCaller } from '../calls/create-caller.ts';
import { findNumbers } from '../phone/find-numbers.ts';
import type { BadgeLook } from './badge.ts';
import type { MenuWords } from './menu-words.ts';

export interface CallSelectionDeps {
  caller: CallerDeps;
  region: string;
  words: MenuWords;
  show(look: BadgeLook, sentence: string): Promise<void>;
  /** Brings up the agent's calls, where what failed stands with what to do about it. */
  reveal(): Promise<void>;
}

/** Calls the one number in a selected text, and shows what became of it. */
export async function callSelection(text: string, { caller, region, words, show, reveal }: CallSelectionDeps): Promise<void> {
  const { say, explain } = words;
  const numbers = [...new Set(findNumbers(text, { region }).map((found) => found.number))];
  const [number] = numbers;
  if (number === undefined) return show('failed', say('noNumber'));
  // With two numbers the one that is meant can only be guessed, and a guess rings a stranger.
  if (numbers.length > 1) return show('failed', say('manyNumbers'));
  await show('placing', say('placing', { number }));
  const reply = await createCaller(caller).call(number, 'menu').settled;
  if (reply.ok && reply.value.state === 'accepted') return show('accepted', say('accepted', { number }));
  const why = reply.ok ? reply.value.reason : reply.error;
  await show('failed', why ? explain(why) : say('unknown'));
  // Of a click that the relay refused there is no row: its sentence stays on the button.
  if (reply.ok || reply.error.code === 'not_connected') await reveal();
}
