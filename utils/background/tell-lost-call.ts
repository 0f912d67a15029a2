import type { Call } from '../../relay/contract.ts';
import type { ToldCalls } from '../calls/told-calls.ts';
import { formatNational } from '../phone/format-number.ts';
import { fail, type Reply } from '../reply.ts';
import { readPolicy } from '../session/read-policy.ts';
import { sleep } from '../sleep.ts';
import { callJournalItem, type JournalEntry } from '../storage.ts';
import { endPlacing, showBadge } from './badge.ts';
import { type MenuWords, menuWords } from './menu-words.ts';

/** When this background started: what was clicked before was placed by the one that was killed. */
const startedAt = Date.now();
/** Between two questions while the relay is placing the call, which takes it a dozen seconds at most. */
const PAUSES_MS = [1_000, 2_000, 4_000, 8_000];
const inDoubt = fail('outcome_unknown');

interface FindLostParts {
  journal?: { getValue(): Promise<JournalEntry[]> };
  words?: () => Promise<MenuWords>;
  since?: number;
}

/**
 * A background that has just started places nothing: a call of the menu that was on its way when the one before was killed is told
 * on the button as in doubt. Gives that call. To be awaited before the menu places another, which has the button from then on.
 */
export async function findLostCall({ journal = callJournalItem, words = menuWords, since = startedAt }: FindLostParts = {}) {
  if (!(await endPlacing(async () => (await words()).explain(inDoubt.error)))) return undefined;
  const mine = (await journal.getValue()).filter(({ surface, clickedAt }) => surface === 'menu' && clickedAt < since);
  return mine.findLast(({ outcome }) => outcome === null);
}

interface TellLostParts {
  told: Pick<ToldCalls, 'note'>;
  /** Writes what it learns wherever the call is told. */
  ask(key: string): Promise<Reply<Call>>;
  show?: typeof showBadge;
  words?: () => Promise<MenuWords>;
  wait?: (ms: number) => Promise<void>;
}

/** Tells the views of it too, and everywhere what became of it once the relay says so. */
export async function tellLostCall(
  lost: JournalEntry,
  { told, ask, show = showBadge, words = menuWords, wait = sleep }: TellLostParts,
): Promise<void> {
  await told.note(lost, inDoubt);
  let reply = await ask(lost.key);
  for (const pause of PAUSES_MS) {
    if (!isBeingPlaced(reply)) break;
    await wait(pause);
    reply = await ask(lost.key);
  }
  if (!reply.ok || isBeingPlaced(reply)) return;
  const { say, explain } = await words();
  const { state, reason } = reply.value;
  const number = formatNational(lost.number, (await readPolicy()).homeRegion);
  if (state === 'accepted') await show('accepted', say('accepted', { number }));
  else if (state !== 'unknown' && reason) await show('failed', explain(reason));
}

function isBeingPlaced(reply: Reply<Call>): boolean {
  return reply.ok && reply.value.state === 'dispatching';
}
