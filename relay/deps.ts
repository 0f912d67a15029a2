import type { Logger } from 'pino';
import type { AntBuddyClient } from './antbuddy/antbuddy-client.ts';
import { type CallsInFlight, createCallsInFlight } from './calls/calls-in-flight.ts';
import type { RelayConfig } from './config.ts';
import { createLiveHub, type LiveHub } from './events/live-hub.ts';
import { createOpenStreams, type OpenStreams } from './events/open-streams.ts';
import { createReplayGuard, type ReplayGuard } from './http/replay-guard.ts';
import { createRequestCounts, type RequestCounts } from './http/request-counts.ts';
import type { Store } from './store/open-store.ts';
import { createVoiceTokens, type VoiceTokens } from './voice/voice-tokens.ts';

/** What a relay is started with. */
interface Given {
  config: RelayConfig;
  store: Store;
  antbuddy: AntBuddyClient;
  log: Logger;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Dependencies of every part of the relay; created once in server.ts, and in tests. */
export interface Deps extends Given {
  /** The agents who listen to their live calls. */
  hub: LiveHub;
  /** The tokens of the agents and of the relay itself: two tokens of one SIP device might invalidate each other. */
  tokens: VoiceTokens;
  /** The proofs of browsers that were used; those of codes have a guard of their own. */
  proofs: ReplayGuard;
  /** How much each browser asked. */
  requests: RequestCounts;
  /** The calls being placed. */
  calls: CallsInFlight;
  /** The streams being sent. */
  streams: OpenStreams;
}

/** What most reads and writes of the store need. */
export type StoreDeps = Pick<Deps, 'store' | 'config' | 'now'>;

/** Adds what a relay keeps in its own memory. */
export function createDeps(given: Given): Deps {
  return {
    ...given,
    hub: createLiveHub(given.now),
    tokens: createVoiceTokens(given),
    proofs: createReplayGuard(),
    requests: createRequestCounts(given),
    calls: createCallsInFlight(),
    streams: createOpenStreams(given),
  };
}
