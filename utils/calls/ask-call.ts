import type { Call } from '../../relay/contract.ts';
import type { RelayClient } from '../relay/relay-client.ts';
import type { Reply } from '../reply.ts';
import type { CallJournal } from './call-journal.ts';
import type { ToldCalls } from './told-calls.ts';

export interface AskCallDeps {
  relay: () => Promise<Reply<Pick<RelayClient, 'getCall'>>>;
  journal: Pick<CallJournal, 'change'>;
  told: Pick<ToldCalls, 'settle'>;
}

/** Asks the relay what became of a call. Its answer is written wherever the call stood in doubt, before it is given. */
export function createCallAsker({ relay, journal, told }: AskCallDeps) {
  return async (key: string): Promise<Reply<Call>> => {
    const client = await relay();
    const reply = client.ok ? await client.value.getCall(key) : client;
    // What is being placed will have another state soon. An answer is true also where it cannot be written down.
    if (reply.ok && reply.value.state !== 'dispatching')
      await Promise.allSettled([journal.change(key, { outcome: reply.value.state }), told.settle(reply.value)]);
    return reply;
  };
}
export type AskCall = ReturnType<typeof createCallAsker>;
