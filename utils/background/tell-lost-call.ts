import type { Call } from '../../relay/contract.ts';
import type { ToldCalls } from '../calls/told-calls.ts';
import { fail, type Reply } from '../reply.ts';
import { callJournalItem, type JournalEntry } from '../storage.ts';
import { endPlacing, showBadge } from './badge.ts';
import { type MenuWords, menuWords } from './menu-words.ts';

interface LostCallParts {
  told: Pick<ToldCalls, 'note' | 'settle'>;
  ask(key: string): Promise<Reply<Call>>;
  journal?: { getValue(): Promise<JournalEntry[]> };
  words?: () => Promise<MenuWords>;
}

/**
 * A background that has just started places nothing: a call of the menu that was on its way when the one before was killed is told
 * on the button and in the views, as in doubt until the relay says what became of it.
 */
export async function tellLostCall({ told, ask, journal = callJournalItem, words = menuWords }: LostCallParts): Promise<void> {
  if (!(await endPlacing(async () => (await words()).say('unknown')))) return;
  const lost = (await journal.getValue()).findLast(({ surface, outcome }) => surface === 'menu' && outcome === null);
  if (!lost) return;
  await told.note(lost, fail('outcome_unknown'));
  const reply = await ask(lost.key);
  if (!reply.ok || reply.value.state === 'dispatching') return;
  await told.settle(reply.value);
  if (reply.value.state === 'accepted') await showBadge('accepted', (await words()).say('accepted', { number: lost.number }));
}
