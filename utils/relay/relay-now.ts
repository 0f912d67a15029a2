import { clockOffsetItem } from '../storage.ts';

/** The current time by the relay's clock, as learned from its responses. */
export const relayNow = async (): Promise<number> => Date.now() + (await clockOffsetItem.getValue());
