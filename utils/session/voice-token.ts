import type { VoiceToken } from '../../relay/contract.ts';
import type { RelayClient } from '../relay/relay-client.ts';
import type { Reply } from '../reply.ts';
import { succeed } from '../reply.ts';
import { clockOffsetItem, voiceTokenItem } from '../storage.ts';

/** `expiresAt` is by the relay's clock. The margin avoids handing over a token that expires at once. */
const MARGIN_MS = 30_000;

interface VoiceTokenDeps {
  relay: () => Promise<Reply<Pick<RelayClient, 'createVoiceToken'>>>;
  now?: () => number;
}

/** The agent's voice token: kept in memory-backed storage until it expires, at most one request at a time. */
export function createVoiceTokens({ relay, now = Date.now }: VoiceTokenDeps) {
  let running: Promise<Reply<VoiceToken>> | undefined;

  async function getOrCreate(): Promise<Reply<VoiceToken>> {
    const kept = await voiceTokenItem.getValue();
    if (kept && kept.expiresAt - MARGIN_MS > now() + (await clockOffsetItem.getValue())) return succeed(kept);
    const client = await relay();
    if (!client.ok) return client;
    const created = await client.value.createVoiceToken();
    if (created.ok) await voiceTokenItem.setValue(created.value);
    return created;
  }

  return (): Promise<Reply<VoiceToken>> => {
    running ??= getOrCreate().finally(() => {
      running = undefined;
    });
    return running;
  };
}
