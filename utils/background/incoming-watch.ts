import type { LiveCall, NumberFacts } from '../../relay/contract.ts';
import { crmSearchUrl } from '../live/crm-link.ts';
import { noticeWords } from '../live/notice-words.ts';
import { incomingNotice, incomingNoticeId, type Notice } from '../live/notices.ts';
import { changeNotice, clearNotice, showNotice } from '../live/show-notice.ts';
import { isDialable } from '../phone/is-dialable.ts';
import type { Reply } from '../reply.ts';
import { readPolicy } from '../session/read-policy.ts';
import { sleep } from '../sleep.ts';
import { type AgentSettings, agentSettingsItem, type SeenCall } from '../storage.ts';

interface IncomingWatchDeps {
  getNumber(number: string): Promise<Reply<NumberFacts>>;
  /** The relay's clock. */
  relayNow(): Promise<number>;
  notify?: typeof showNotice;
  change?: typeof changeNotice;
  clear?: typeof clearNotice;
  /** Waits for this many milliseconds. */
  wait?: (ms: number) => Promise<void>;
}

/**
 * A ringing signal delivered later than this, after a broken connection, is not announced: the call has been noticed or is over.
 */
const freshMs = 30_000;
/** How long the notification waits for facts about the caller; a phone rings only for seconds, so later facts are added to it. */
const soonMs = 1_000;

/**
 * Shows a notification for a ringing call, with what is known about the caller, and removes it when the call is answered or over.
 */
export function createIncomingWatch(deps: IncomingWatchDeps) {
  const { getNumber, relayNow, notify = showNotice, change = changeNotice, clear = clearNotice, wait = sleep } = deps;
  /** Calls that no longer ring: facts about the caller that arrive later must not show the notification again. */
  const over = new Set<string>();
  /** Calls already announced: after a reconnect the stream may repeat that they ring. */
  const told = new Set<string>();

  function end(callId: string): Promise<void> {
    note(over, callId);
    return clear(incomingNoticeId(callId));
  }
  async function hear(call: LiveCall): Promise<void> {
    if (call.direction !== 'inbound') return;
    if (call.state !== 'ringing') return end(call.callId);
    const settings = await agentSettingsItem.getValue();
    if (!settings.notifyIncoming || (await relayNow()) - call.at > freshMs) return;
    if (told.has(call.callId)) return;
    note(told, call.callId);
    const facts = factsOf(call.peer.number);
    const soon = await Promise.race([facts, wait(soonMs)]);
    await show(call, soon ?? null, settings, notify);
    const late = soon === undefined && settings.showCaller ? await facts : null;
    if (late) await show(call, late, settings, change);
  }
  async function factsOf(number: string): Promise<NumberFacts | null> {
    const reply = isDialable(number) ? await getNumber(number) : null;
    return reply?.ok ? reply.value : null;
  }
  async function show(
    call: LiveCall,
    facts: NumberFacts | null,
    settings: AgentSettings,
    put: (notice: Notice) => Promise<void>,
  ): Promise<void> {
    const { homeRegion: region } = await readPolicy();
    const context = { settings, words: await noticeWords(), region, now: await relayNow() };
    if (over.has(call.callId)) return;
    const hasCrm = crmSearchUrl(settings.crmSearch, call.peer.number, region) !== null;
    const notice = incomingNotice(call, facts, hasCrm, context);
    await put(notice);
    // The call ended while the notification was being shown.
    if (over.has(call.callId)) await clear(notice.id);
  }
  return {
    hear,
    /** For calls whose end signal was lost. */
    lose: async (calls: readonly Pick<SeenCall, 'callId' | 'direction'>[]) => {
      for (const { callId, direction } of calls) if (direction === 'inbound') await end(callId);
    },
  };
}

function note(calls: Set<string>, callId: string): void {
  if (calls.size > 100) calls.clear();
  calls.add(callId);
}
