import { openSip, type SealedSip, sipCredentialsOf } from '../agents/sip-credentials.ts';
import type { Dial } from '../antbuddy/antbuddy-client.ts';
import type { CallOutcome } from '../antbuddy/call-outcome.ts';
import type { ErrorCode } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { tellCallNews } from '../history/call-news.ts';
import { RelayError } from '../http/relay-error.ts';
import { checkPolicy } from '../policy/check-policy.ts';
import { digitsToDial } from '../policy/dial-plan.ts';
import { StoreError } from '../store/store-error.ts';
import { answerOf, type CallAnswer, type CallRow } from './call-answer.ts';
import { holdMoment } from './hold-moment.ts';
import { type Click, draftCall, findRepeated, hashPayload } from './ledger.ts';
import { openAtOnce } from './open-at-once.ts';
import { openCall, recordRefusal } from './open-call.ts';
import { readBeforeDial } from './read-before-dial.ts';
import { recordOutcome, takeBack } from './record-outcome.ts';
import { settledIfAbandoned } from './settle-call.ts';

const clickMaxAgeMs = 15_000;
/** From the commit to the first byte. Sent later, the row could be swept as abandoned before AntBuddy has answered. */
const sendWithinMs = 4_000;

/**
 * Places the call of a click at most once, also when requests are repeated, sent in parallel or aborted. Returns the answer of
 * the key.
 * `firstSip`: the agent's first SIP device, if already read.
 * Throws `store_unavailable` when the ledger cannot be written, `idempotency_key_reused` when the key belongs to another call.
 */
export async function placeCall(deps: Deps, click: Click, firstSip?: SealedSip | null): Promise<CallAnswer> {
  const refuse = async (code: ErrorCode) =>
    answerAgain(deps, await recordRefusal(deps.store, draftCall(deps.store, click, null, deps.now()), code, deps.now()), click);
  if (Math.abs(deps.now() - click.clickedAt) > clickMaxAgeMs) return refuse('click_too_old');
  const dialled = digitsToDial(deps.config, click.number);
  if (dialled === null) return refuse('number_invalid');
  const isRead = click.sipDevice === undefined && firstSip !== undefined;
  const credentials = isRead ? firstSip && openSip(deps, firstSip) : await sipCredentialsOf(deps, click.agentId, click.sipDevice);
  if (!credentials) return refuse(click.sipDevice === undefined ? 'agent_not_mapped' : 'sip_device_unknown');

  const { sipUser, sipPassword } = credentials;
  const { at, free } = holdMoment(deps, click);
  const draft = draftCall(deps.store, click, { dialled, sipUser }, at);
  const { agentId, number, overrideReason } = click;
  const open = async () =>
    (await openAtOnce(deps, draft)) ??
    openCall(deps, draft, async (store, opened, exactly) => {
      const { sameAs, standing } = await readBeforeDial({ ...deps, store }, opened);
      if (sameAs !== null) return { sameAs };
      const code = await checkPolicy({ ...deps, store }, { agentId, number, overrideReason, at: deps.now(), exactly }, standing);
      return code && { code };
    });
  let takenBack: Promise<void> | undefined;
  try {
    const { row, fresh } = await open().catch((error: unknown) => {
      if (error instanceof StoreError && error.kind === 'unavailable') takenBack = takeBack(deps, draft);
      throw error;
    });
    if (!fresh) return await answerAgain(deps, row, click);
    const sendBy = Math.min(click.clickedAt + clickMaxAgeMs, row.created_at + sendWithinMs);
    return await dial(deps, row, { number: dialled, sipUser, sipPassword, sendBy });
  } finally {
    // Not awaited: the store is unavailable, so taking the draft back may take seconds.
    void Promise.resolve(takenBack).then(free);
  }
}

/** Only the request that committed the row gets here. */
async function dial(deps: Deps, row: CallRow, what: Dial): Promise<CallAnswer> {
  const outcome = await deps.antbuddy.clickToCall(what);
  logOutcome(deps, row, outcome);
  const code = outcome.state === 'accepted' ? null : outcome.code;
  const settled = await recordOutcome(deps, row, { state: outcome.state, code });
  if (settled.state === 'accepted') tellCallNews(deps);
  return keptAnswer(settled);
}

/** Answers a key that the ledger knows: its first answer again, or the state of the call it stands for. */
async function answerAgain(deps: Deps, row: CallRow, click: Click): Promise<CallAnswer> {
  if (row.payload_hash !== hashPayload(click)) throw new RelayError('idempotency_key_reused');
  return keptAnswer(...(await currentCall(deps, row)));
}

/** The row and the earlier one it was folded into; the one that was dialled is settled if its relay died. */
export async function currentCall(deps: Pick<Deps, 'store' | 'now'>, row: CallRow): Promise<[row: CallRow, earlier?: CallRow]> {
  const earlier = await findRepeated(deps.store, row);
  return earlier ? [row, await settledIfAbandoned(deps, earlier)] : [await settledIfAbandoned(deps, row)];
}

function keptAnswer(row: CallRow, earlier?: CallRow): CallAnswer {
  if (row.answer_body === null || row.answer_status === null) return answerOf(row, earlier);
  return { status: row.answer_status, body: row.answer_body };
}

function logOutcome(deps: Deps, row: CallRow, outcome: CallOutcome): void {
  const { state, detail } = outcome;
  deps.log.info({ key: row.key, agent: row.agent_id, state, detail, ms: deps.now() - row.created_at }, 'call');
}
