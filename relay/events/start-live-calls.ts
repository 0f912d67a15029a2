import { io, type Socket } from 'socket.io-client';
import type { Deps } from '../deps.ts';
import { onCallNews, tellCallNews } from '../history/call-news.ts';
import { RelayError } from '../http/relay-error.ts';
import { createAnyToken, mappedAgents } from './any-token.ts';
import { readSignal } from './read-signal.ts';
import { isShort, renewAfter } from './renew-after.ts';
import { readAnswer } from './subscription-answers.ts';
import { createTeller } from './tell-calls.ts';

const stages = ['CHANNEL_CREATE', 'CHANNEL_ANSWER', 'CHANNEL_DESTROY'];
const firstRetryMs = 1_000;
const longestRetryMs = 60_000;
/** The server confirms no subscription; it reports a refused one, or disconnects, within this time. */
const refusedWithinMs = 400;
/** Interval of the check for agents with a device: without any the vendor is not contacted, and the first must not wait long. */
const unmappedMs = 2_000;
/** An accepted call makes a device ring at once: if no signal of any call arrives within this time, none will. */
const silentMs = 30_000;
/** A subscription that has held this long was not refused. */
const provenMs = 10_000;
/** One silent call may be of a device that is off, which AntBuddy accepts and nothing rings for. */
const silentCalls = 2;
/**
 * Signals heard this long before the notice count too: a call may be heard before AntBuddy accepts it, and the notice may come
 * from another relay that heard a call end.
 */
const heardBeforeMs = 15_000;

/** Runs the work once after `ms`. Returns its undo. */
export type Timer = (ms: number, work: () => void) => () => void;
const realTimer: Timer = (ms, work) => {
  const timeout = setTimeout(work, ms);
  return () => clearTimeout(timeout);
};
interface Chances {
  random?: () => number;
  timer?: Timer;
}

/**
 * Listens to the vendor's call signals (reading note 12) until the signal aborts and passes each call on to its parties; without
 * an account id nothing is heard. Reconnects with growing, jittered pauses. Subscribes again before its token ends; while no new
 * token is available, it keeps the current subscription to the token's end. The server confirms no subscription: one that brings
 * no signal after accepted calls does not count as live until a signal arrives. The stream is the company's; an agent gets only
 * its own calls.
 */
export async function startLiveCalls(deps: Deps, signal: AbortSignal, chances: Chances = {}): Promise<void> {
  const { hub } = deps;
  const { accountId } = deps.config.antbuddy;
  const stop = accountId ? listen(deps, accountId, chances) : undefined;
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  stop?.();
  hub.setLive(false);
  hub.endAll();
}

function listen(deps: Deps, accountId: string, { random = Math.random, timer = realTimer }: Chances): () => void {
  const { hub } = deps;
  const socket: Socket = io(deps.config.antbuddy.signalUrl.href, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    autoConnect: false,
  });
  const { tokens } = deps;
  const anyToken = createAnyToken(deps, tokens);
  const teller = createTeller(deps);
  let cancel = () => {};
  let failures = 0;
  let shortTokens = 0;
  let isUnreadTold = false;
  let stopped = false;
  /** Time until which the subscription holds; in the past while there is none. */
  let holdsUntil = Number.NEGATIVE_INFINITY;
  /** When the subscription began to hold. */
  let heldSince = Number.POSITIVE_INFINITY;
  let heardAt = Number.NEGATIVE_INFINITY;
  /** Accepted calls without a signal, in a row. */
  let silent = 0;
  let isDeaf = false;
  let cancelDoubt: (() => void) | null = null;

  const after = (ms: number, work: () => void) => {
    cancel();
    if (!stopped) cancel = timer(ms, work);
  };
  const endDoubt = () => {
    cancelDoubt?.();
    cancelDoubt = null;
  };
  const jittered = (ms: number) => Math.min(longestRetryMs, ms) * (0.5 + random());
  const retry = (reason: string) => {
    // A quiet line may end often; only one that is not heard although calls are placed must be retried ever more slowly.
    if (!isDeaf && deps.now() - heldSince >= provenMs) failures = 0;
    holdsUntil = Number.NEGATIVE_INFINITY;
    heldSince = Number.POSITIVE_INFINITY;
    endDoubt();
    hub.setLive(false);
    teller.noteGap();
    socket.disconnect();
    const waitMs = jittered(firstRetryMs * 2 ** failures);
    failures += 1;
    if (!stopped) deps.log.warn({ reason, waitMs: Math.round(waitMs) }, 'the call signals are not heard');
    after(waitMs, () => void open());
  };
  const open = async () => {
    const agents = await mappedAgents(deps).catch(() => null);
    if (stopped) return;
    if (agents?.length === 0) after(unmappedMs, () => void open());
    else socket.connect();
  };
  const subscribe = async () => {
    try {
      const token = await anyToken();
      if (stopped || !socket.connected) return;
      const askedAt = deps.now();
      for (const stage of stages)
        socket.emit('subscribe', { account_id: accountId, auth_token: token.value, binding: `call.${stage}.*` });
      after(refusedWithinMs, () => {
        holdsUntil = token.expiresAt;
        heldSince = Math.min(heldSince, deps.now());
        if (!isDeaf) hub.setLive(true, askedAt);
        const lifeMs = token.expiresAt - deps.now();
        after(renewAfter(lifeMs, shortTokens), () => void subscribe());
        shortTokens = isShort(lifeMs) ? shortTokens + 1 : 0;
      });
    } catch (error) {
      // Nothing awaits this function: no error may end the relay or the listening.
      if (!(error instanceof RelayError)) deps.log.error({ err: error }, 'no token for the call signals');
      const reason = error instanceof RelayError ? error.code : 'no token';
      const leftMs = holdsUntil - deps.now();
      if (!socket.connected || leftMs <= 0) return retry(reason);
      // Half of the time left on each try: a renewal begins 25 s before the end, and each try may request several agents' tokens.
      const waitMs = jittered(Math.max(firstRetryMs, leftMs / 2));
      deps.log.warn({ reason, waitMs: Math.round(waitMs) }, 'the token of the call signals cannot be renewed yet');
      after(Math.min(waitMs, leftMs), () => void subscribe());
    }
  };

  /** An accepted call tests the subscription: its signals must arrive. */
  const undoNews = onCallNews(deps, () => {
    if (cancelDoubt || holdsUntil <= deps.now()) return;
    const since = deps.now() - heardBeforeMs;
    cancelDoubt = timer(silentMs, () => {
      cancelDoubt = null;
      if (heardAt >= since) return;
      silent += 1;
      if (silent < silentCalls) return;
      silent = 0;
      isDeaf = true;
      tokens.forgetAll();
      retry('no signal of calls that were accepted');
    });
  });

  socket.on('connect', () => {
    isUnreadTold = false;
    void subscribe();
  });
  socket.on('connect_error', () => retry('no connection'));
  socket.on('disconnect', (reason) => {
    if (reason === 'io client disconnect') return;
    // A server may refuse a token just by disconnecting: two disconnects in a row soon after subscribing count as a refusal.
    if (failures > 0 && deps.now() - heldSince < provenMs) tokens.forgetAll();
    retry(reason);
  });
  socket.onAny((name: string, event: unknown) => {
    const answer = readAnswer(name, event);
    if (answer === 'refused') {
      // The token may be the reason.
      tokens.forgetAll();
      retry(`refused: ${name}`);
    }
    const heard = readSignal(name, event, deps.now());
    if (!heard) {
      if (answer === null && !isUnreadTold) deps.log.warn({ event: name.slice(0, 60) }, 'a call signal could not be read');
      isUnreadTold ||= answer === null;
      return;
    }
    failures = 0;
    silent = 0;
    heardAt = deps.now();
    if (isDeaf) {
      isDeaf = false;
      hub.setLive(true);
      deps.log.info('the call signals are heard again');
    }
    teller.tell(heard);
    if (heard.state === 'ended') tellCallNews(deps);
  });
  void open();
  return () => {
    stopped = true;
    teller.stop();
    undoNews();
    endDoubt();
    cancel();
    socket.disconnect();
  };
}
