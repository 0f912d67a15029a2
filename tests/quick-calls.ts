/** Options of an AntBuddy stand-in without history or rate limit, whose calls ring and talk for one millisecond. */
export const quickCalls = { seed: { calls: 0 }, ringMs: 1, talkMs: 1, historyDelayMs: 1, rateLimit: null };
