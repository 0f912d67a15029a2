import { type CallerDeps, createCaller } from '../calls/create-caller.ts';
import { newKey } from '../calls/new-key.ts';
import { outcomeOf, startedCall } from '../calls/outcome-of.ts';
import { formatNational } from '../phone/format-number.ts';
import { type Regions, readSelected, readTyped } from '../phone/read-typed.ts';
import { fail } from '../reply.ts';
import type { ViewWish } from '../storage.ts';
import type { BadgeLook } from './badge.ts';
import { acceptedWords, type MenuWords } from './menu-words.ts';

export interface CallSelectionDeps {
  caller: CallerDeps;
  regions: Regions;
  words: MenuWords;
  show(look: BadgeLook, sentence: string): Promise<void>;
  /** Whether the number was called a moment ago, so that a press is taken for the same call. */
  isSameCall(click: { key: string; number: string }): Promise<boolean>;
  showFolded(sentence: string): Promise<void>;
  /** Told the key of the call before it is shown as on its way. */
  onPlacing(key: string): Promise<void>;
  /** Brings up the agent's calls, where what failed stands with what can be done about it. */
  reveal(wish: ViewWish): Promise<void>;
  now?: () => number;
}

/** Calls the one number in a selected text, and shows what became of it. */
export async function callSelection(
  text: string,
  { caller, regions, words, show, isSameCall, showFolded, onPlacing, reveal, now = Date.now }: CallSelectionDeps,
): Promise<void> {
  const { say, explain } = words;
  const selected = readSelected(text, regions);
  // Where the one that is meant can only be guessed, a guess rings a stranger.
  if (selected.kind !== 'number') {
    const isDoubtful = readTyped(text, regions).kind === 'number';
    await show('failed', say(selected.kind === 'several' ? 'manyNumbers' : isDoubtful ? 'doubtful' : 'noNumber'));
    return reveal({ show: 'typed', text });
  }
  const { number, extension } = selected;
  const shown = formatNational(number, regions.homeRegion);
  const key = newKey();
  if (await isSameCall({ key, number })) return showFolded(explain(fail('called_recently').error));
  await onPlacing(key);
  await show('placing', say('placing', { number: shown }));
  const { settled } = createCaller({ ...caller, newKey: () => key }).call(number, 'menu', { extension });
  const started = startedCall(key, number, now(), extension);
  const call = outcomeOf(started, await settled, now());
  if (call.state === 'accepted') return show('accepted', acceptedWords(say, shown, extension));
  await show('failed', explain(call.reason ?? fail('outcome_unknown').error));
  await reveal({ show: 'placed', call });
}
