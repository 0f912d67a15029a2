import { type CallerDeps, createCaller } from '../calls/create-caller.ts';
import { newKey } from '../calls/new-key.ts';
import { outcomeOf, startedCall } from '../calls/outcome-of.ts';
import { formatNational } from '../phone/format-number.ts';
import { type Regions, readSelected, readTyped } from '../phone/read-typed.ts';
import { fail } from '../reply.ts';
import type { ViewWish } from '../storage.ts';
import type { BadgeLook } from './badge.ts';
import { acceptedWords, type MenuWords } from './menu-words.ts';

interface CallSelectionDeps {
  caller: CallerDeps;
  regions: Regions;
  words: MenuWords;
  show(look: BadgeLook, sentence: string): Promise<void>;
  /** Whether the number was called a moment ago, so that the press counts as the same call. */
  isSameCall(click: { key: string; number: string }): Promise<boolean>;
  showFolded(number: string, sentence: string): Promise<void>;
  /** Called with the key of the call before it is shown as being placed. */
  onPlacing(key: string): Promise<void>;
  /** Opens the agent's calls, which show a failure together with what can be done about it. */
  reveal(wish: ViewWish): Promise<void>;
  now?: () => number;
}

/** Calls the only number in the selected text, and shows the outcome. */
export async function callSelection(
  text: string,
  { caller, regions, words, show, isSameCall, showFolded, onPlacing, reveal, now = Date.now }: CallSelectionDeps,
): Promise<void> {
  const { say, explain } = words;
  const selected = readSelected(text, regions);
  // If the intended number is unclear, nothing is called: a guess might ring a stranger.
  if (selected.kind !== 'number') {
    const isDoubtful = readTyped(text, regions).kind === 'number';
    await show('failed', say(selected.kind === 'several' ? 'manyNumbers' : isDoubtful ? 'doubtful' : 'noNumber'));
    return reveal({ show: 'typed', text });
  }
  const { number, extension } = selected;
  const shown = formatNational(number, regions.homeRegion);
  const key = newKey();
  if (await isSameCall({ key, number })) return showFolded(number, explain(fail('called_recently').error));
  await onPlacing(key);
  await show('placing', say('placing', { number: shown }));
  const { settled } = createCaller({ ...caller, newKey: () => key }).call(number, 'menu', { extension });
  const started = startedCall(key, number, now(), extension);
  const call = outcomeOf(started, await settled, now());
  if (call.state === 'accepted') return show('accepted', acceptedWords(say, shown, extension));
  await show('failed', explain(call.reason ?? fail('outcome_unknown').error));
  await reveal({ show: 'placed', call });
}
