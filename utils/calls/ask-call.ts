import type { Call } from '../../relay/contract.ts';
import type { RelayClient } from '../relay/relay-client.ts';
import { fail, type Reply } from '../reply.ts';
import type { JournalEntry } from '../storage.ts';
import type { CallJournal } from './call-journal.ts';
import { CLICK_OVER_MS } from './create-caller.ts';
import { isUnsettled } from './outcome-of.ts';
import type { ToldCalls } from './told-calls.ts';

interface AskCallDeps {
  relay: () => Promise<Reply<Pick<RelayClient, 'getCall'>>>;
  journal: Pick<CallJournal, 'change' | 'find'>;
  told: Pick<ToldCalls, 'note' | 'settle'>;
  now?: () => number;
}

/**
 * Asks the relay for the outcome of a call. The answer is written wherever the call was in doubt before it is returned. If the
 * relay does not know a click that is too old to place a call, it never received it: `click_too_old`.
 */
export function createCallAsker({ relay, journal, told, now = Date.now }: AskCallDeps) {
  async function neverCame(key: string): Promise<JournalEntry | undefined> {
    const entry = await journal.find(key).catch(() => undefined);
    return entry && isUnsettled(entry.outcome) && now() - entry.clickedAt >= CLICK_OVER_MS ? entry : undefined;
  }

  return async (key: string): Promise<Reply<Call>> => {
    const client = await relay();
    const reply = client.ok ? await client.value.getCall(key) : client;
    // A call being placed will soon have another state. The answer counts even if it cannot be stored.
    if (reply.ok && reply.value.state !== 'dispatching')
      await Promise.allSettled([journal.change(key, { outcome: reply.value.state }), told.settle(reply.value)]);
    const lost = !reply.ok && reply.error.code === 'call_not_found' && (await neverCame(key));
    if (!lost) return reply;
    const tooOld = fail('click_too_old');
    await Promise.allSettled([journal.change(key, { outcome: tooOld.error.code }), told.note(lost, tooOld)]);
    return tooOld;
  };
}
export type AskCall = ReturnType<typeof createCallAsker>;
