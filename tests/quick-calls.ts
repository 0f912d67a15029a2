/** An AntBuddy without history that rings and talks for a millisecond and refuses nobody for asking much. */
export const quickCalls = { seed: { calls: 0 }, ringMs: 1, talkMs: 1, historyDelayMs: 1, rateLimit: null };
