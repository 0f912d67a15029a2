import type { AntBuddyClient, Dial } from '../antbuddy/antbuddy-client.ts';

export type FakeAntBuddy = AntBuddyClient & {
  /** Every dial that was received, in order. */
  dials: Dial[];
};

/** An AntBuddy that accepts everything, has no histories and records its dials; `overrides` replaces single methods. */
export function createFakeAntBuddy(overrides: Partial<AntBuddyClient> = {}): FakeAntBuddy {
  const dials: Dial[] = [];
  const { clickToCall = async () => ({ state: 'accepted' as const }), ...others } = overrides;
  return {
    dials,
    listHistories: async () => [],
    recordingUrl: async (fileName) => new URL(`https://abs1.antbuddy.com/${encodeURIComponent(fileName)}?Expires=9999999999`),
    voiceToken: async () => ({ value: 'voice-token', expiresAt: 4_000_000_000_000 }),
    health: () => ({ state: 'ok', checkedAt: 0 }),
    backOff: () => ({ until: 0, waitMs: 0 }),
    joinBackOff: () => undefined,
    readPauseMs: () => 0,
    ...others,
    clickToCall: (dial) => {
      dials.push(dial);
      return clickToCall(dial);
    },
  };
}
