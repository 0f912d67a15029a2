import { clockOffsetItem } from '../storage.ts';

/** The time on the relay's clock, as its answers told it. */
export const relayNow = async (): Promise<number> => Date.now() + (await clockOffsetItem.getValue());
