import type { Call } from '../../relay/contract.ts';
import { isUnsettled, startedCall } from '../calls/outcome-of.ts';
import type { ToldCalls } from '../calls/told-calls.ts';
import { formatNational } from '../phone/format-number.ts';
import { type FailureCode, fail, type Reply, succeed } from '../reply.ts';
import { readPolicy } from '../session/read-policy.ts';
import { sleep } from '../sleep.ts';
import type { JournalEntry } from '../storage.ts';
import { endPlacing, lastMenuCall, showBadge } from './badge.ts';
import { acceptedWords, type MenuWords, menuWords } from './menu-words.ts';

/** Pauses before each query while the relay is placing the call or may still receive the click; both end within 16 seconds. */
const PAUSES_MS = [0, 1_000, 2_000, 4_000, 8_000, 2_000];
const inDoubt = fail('outcome_unknown');
/** Outcomes of which only the reason is unknown. */
const refusals: readonly JournalEntry['outcome'][] = ['rejected', 'not_sent'];

/**
 * Returns the menu call that was being placed when the previous background was killed, and shows it on the button as in doubt; a
 * background that has just started places nothing itself. Await it before the menu places another call, which then uses the
 * button.
 */
export async function findLostCall(): Promise<JournalEntry | undefined> {
  const isLost = await endPlacing(async () => (await menuWords()).explain(inDoubt.error));
  return isLost ? lastMenuCall() : undefined;
}

interface TellLostParts {
  told: Pick<ToldCalls, 'note'>;
  /** Also writes the answer wherever the call is recorded. */
  ask(key: string): Promise<Reply<Call>>;
  show?: typeof showBadge;
  words?: () => Promise<MenuWords>;
  wait?: (ms: number) => Promise<void>;
}

/** Reports the lost call to the views too, and its outcome everywhere once the relay knows it. */
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

/** The outcome recorded before the background was killed, if it is complete. */
function knownReply({ key, number, clickedAt, outcome }: JournalEntry): Reply<Call> | undefined {
  if (outcome === 'accepted') return succeed({ ...startedCall(key, number, clickedAt), state: 'accepted' });
  // If the relay knows the call, it tells the reason.
  if (isUnsettled(outcome) || outcome === 'unknown' || refusals.includes(outcome)) return undefined;
  return fail(outcome as FailureCode);
}

/** The outcome of the call; undefined if nobody knows it. */
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
