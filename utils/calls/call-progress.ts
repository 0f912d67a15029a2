import type { Call } from '../../relay/contract.ts';
import type { CallProgress } from '../page/caller.ts';
import { type Reply, succeed } from '../reply.ts';
import type { JournalEntry } from '../storage.ts';

export interface CallProgressDeps {
  journal: { getValue(): Promise<JournalEntry[]> };
  ask: (key: string) => Promise<Reply<Call>>;
}

const UNKNOWN: CallProgress = { stage: 'unknown', since: null, live: false };

/**
 * How far a call of this browser has come. Without signals of the call nobody knows more than that the device was made to ring,
 * so no later stage is ever made up.
 */
export function createCallProgress({ journal, ask }: CallProgressDeps) {
  return async (key: string): Promise<Reply<CallProgress>> => {
    const entry = (await journal.getValue()).find((one) => one.key === key);
    if (!entry) return succeed(UNKNOWN);
    const state = entry.outcome ?? (await ask(key).then((reply) => (reply.ok ? reply.value.state : null)));
    return succeed(state === 'accepted' ? { stage: 'device', since: entry.sentAt, live: false } : UNKNOWN);
  };
}
