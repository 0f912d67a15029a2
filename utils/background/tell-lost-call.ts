import type { Call } from '../../relay/contract.ts';
import { isUnsettled, startedCall } from '../calls/outcome-of.ts';
import type { ToldCalls } from '../calls/told-calls.ts';
import { formatNational } from '../phone/format-number.ts';
import { type FailureCode, fail, type Reply, succeed } from '../reply.ts';
import { readPolicy } from '../session/read-policy.ts';
import { sleep } from '../sleep.ts';
import { callJournalItem, type JournalEntry, menuCallItem } from '../storage.ts';
import { endPlacing, showBadge } from './badge.ts';
import { acceptedWords, type MenuWords, menuWords } from './menu-words.ts';

/** Before each question while the relay is placing the call, or may still get its click: either is over within 16 seconds. */
const PAUSES_MS = [0, 1_000, 2_000, 4_000, 8_000, 2_000];
const inDoubt = fail('outcome_unknown');
/** Of these nothing is in doubt but the reason. */
const refusals: readonly JournalEntry['outcome'][] = ['rejected', 'not_sent'];

/**
 * A background that has just started places nothing: a call of the menu that was on its way when the one before was killed is told
 * on the button as in doubt. Gives that call. To be awaited before the menu places another, which has the button from then on.
 */
export async function findLostCall(): Promise<JournalEntry | undefined> {
  if (!(await endPlacing(async () => (await menuWords()).explain(inDoubt.error)))) return undefined;
  const [lost, journal] = await Promise.all([menuCallItem.getValue(), callJournalItem.getValue()]);
  // A click that was not written down any more is not the one before it.
  return journal.find(({ key }) => key === lost);
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
  const known = knownReply(lost);
  const isRefused = refusals.includes(lost.outcome);
  if (!isRefused) await told.note(lost, known ?? inDoubt);
  const reply = known ?? (await askUntilSure(lost.key, ask, wait));
  if (!reply) return;
  if (isRefused) await told.note(lost, reply);
  const { say, explain } = await words();
  if (!reply.ok) return show('failed', explain(reply.error));
  const { state, reason } = reply.value;
  if (state === 'accepted') await show('accepted', acceptedWords(say, await nationalOf(lost), lost.extension));
  else if (state !== 'unknown' && reason) await show('failed', explain(reason));
}

/** What was written down before the background was killed, where that says it all. */
function knownReply({ key, number, clickedAt, outcome }: JournalEntry): Reply<Call> | undefined {
  if (outcome === 'accepted') return succeed({ ...startedCall(key, number, clickedAt), state: 'accepted' });
  // Of a call that the relay knows it tells the reason.
  if (isUnsettled(outcome) || outcome === 'unknown' || refusals.includes(outcome)) return undefined;
  return fail(outcome as FailureCode);
}

/** What became of the call; undefined while nobody can say. */
async function askUntilSure(key: string, ask: TellLostParts['ask'], wait: typeof sleep): Promise<Reply<Call> | undefined> {
  for (const pause of PAUSES_MS) {
    await wait(pause);
    const reply = await ask(key);
    if (reply.ok ? reply.value.state !== 'dispatching' : reply.error.code === 'click_too_old') return reply;
    if (!reply.ok && reply.error.code !== 'call_not_found') return undefined;
  }
  return undefined;
}

async function nationalOf({ number }: JournalEntry): Promise<string> {
  return formatNational(number, (await readPolicy()).homeRegion);
}
