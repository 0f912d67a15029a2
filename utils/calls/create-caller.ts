import type { Call } from '../../relay/contract.ts';
import type { Click } from '../messages.ts';
import type { CallWishes } from '../page/caller.ts';
import { fail, type Reply } from '../reply.ts';
import { sleep } from '../sleep.ts';
import { newKey } from './new-key.ts';

/** The result of the channel to the background: a reply, or undefined or a rejection if the background died meanwhile. */
type Answer = Promise<Reply<Call> | undefined>;

export interface CallerDeps {
  /** The messages `placeCall` and `getCall`. */
  send(click: Click): Answer;
  ask(key: string): Answer;
  now?: () => number;
  newKey?: () => string;
}

export interface PlacedCall {
  key: string;
  /** Never rejects. The failure code `outcome_unknown` means that a call may be ringing; any other that none was placed. */
  settled: Promise<Reply<Call>>;
}

/** The relay refuses clicks older than 15 s; a repeated dispatch must reach it well before. */
const RESEND_BEFORE_MS = 10_000;
/** From this age on no request with this click can place a call, wherever it is delayed. */
export const CLICK_OVER_MS = 16_000;
const GIVE_UP_MS = 20_000;
const SEND_BUDGET_MS = 16_000;
const ASK_BUDGET_MS = 4_000;
const PAUSES_MS = [200, 400, 800, 1_000];

/** The next step, or the outcome. */
type Step = 'ask' | 'send' | Reply<Call>;

/**
 * Turns a gesture into at most one call and its true outcome. Each `call` generates one key; when the channel is lost the relay
 * is asked about the key, and the click is sent again, with the same key, only if the relay does not know it.
 */
export function createCaller(deps: CallerDeps): {
  call(number: string, surface: Click['surface'], wishes?: CallWishes): PlacedCall;
} {
  const { ask, now = Date.now } = deps;
  return {
    call(number, surface, { overrideReason, ...wishes } = {}) {
      const click = {
        key: (deps.newKey ?? newKey)(),
        number,
        clickedAt: now(),
        surface,
        ...(overrideReason && { overrideReason }),
        ...wishes,
      };
      return { key: click.key, settled: settle(click, { send: () => deps.send(click), ask }, now) };
    },
  };
}

interface Channel {
  send(): Answer;
  ask(key: string): Answer;
}

/** The outcome of a click. With a channel whose `send` gives no answer, it only asks about a click sent by somebody else. */
export async function settle(
  click: Pick<Click, 'key' | 'clickedAt'>,
  channel: Channel,
  now: () => number = Date.now,
): Promise<Reply<Call>> {
  const from = performance.now();
  // The larger of two clocks: the system clock may be set back, and the monotonic one stops while the computer sleeps.
  const age = () => Math.max(now() - click.clickedAt, performance.now() - from);
  /** True if an earlier dispatch may have reached the relay unnoticed. */
  let uncertain = false;
  let next: 'ask' | 'send' = 'send';
  for (let turn = 0; ; turn += 1) {
    const step: Step =
      next === 'send'
        ? afterSend(await attempt(() => channel.send(), SEND_BUDGET_MS), uncertain)
        : afterAsk(await attempt(() => channel.ask(click.key), ASK_BUDGET_MS), age());
    if (typeof step === 'object') return step;
    uncertain = true;
    // Only after asking the relay: a page that was suspended learns only now that its channel was lost.
    if (next === 'ask' && age() >= GIVE_UP_MS) return fail('outcome_unknown');
    // The first query follows a lost channel at once; later ones give the relay time.
    if (turn > 0 && step === 'ask') await sleep(PAUSES_MS[Math.min(turn - 1, PAUSES_MS.length - 1)] as number);
    next = step;
  }
}

type Attempt = Reply<Call> | 'lost' | 'reloaded';

function afterSend(reply: Attempt, uncertain: boolean): Step {
  if (reply === 'lost') return 'ask';
  if (reply === 'reloaded') return uncertain ? fail('outcome_unknown') : fail('extension_reloaded');
  if (reply.ok) return reply.value.state === 'dispatching' ? 'ask' : reply;
  const { code } = reply.error;
  if (code === 'call_in_progress' || code === 'outcome_unknown' || code === 'call_not_found') return 'ask';
  // An unexpected failure, possibly after the call was placed.
  if (code === 'internal') return 'ask';
  // These codes mean that this dispatch did not leave; an earlier one may have.
  return uncertain && isOwnFailure(code) ? 'ask' : reply;
}

function afterAsk(reply: Attempt, age: number): Step {
  if (reply === 'lost') return 'ask';
  if (reply === 'reloaded') return fail('outcome_unknown');
  if (reply.ok) return reply.value.state === 'dispatching' ? 'ask' : reply;
  // The background, which recorded the click, knows that its time is over.
  if (reply.error.code === 'click_too_old') return reply;
  if (reply.error.code !== 'call_not_found') return 'ask';
  if (age < RESEND_BEFORE_MS) return 'send';
  return age < CLICK_OVER_MS ? 'ask' : fail('click_too_old');
}

function isOwnFailure(code: string): boolean {
  return code.startsWith('relay_') || code === 'not_connected' || code === 'message_refused';
}

async function attempt(get: () => Answer, budget: number): Promise<Attempt> {
  const overdue = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => overdue.resolve(undefined), budget);
  try {
    const reply = (await Promise.race([get(), overdue.promise])) ?? 'lost';
    // The views' own sender reports a broken channel with this code.
    return reply !== 'lost' && !reply.ok && reply.error.code === 'extension_reloaded' ? 'lost' : reply;
  } catch (error) {
    // After an update or reload the old script of a page can never reach the extension again; other errors may be temporary.
    return /context invalidated/i.test(String(error)) ? 'reloaded' : 'lost';
  } finally {
    clearTimeout(timer);
  }
}
