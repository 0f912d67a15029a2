import type { Caller } from '../page/caller.ts';
import { send } from '../send-message.ts';
import { createCaller, settle } from './create-caller.ts';

/** The caller of the page script, which sends its requests to the background. */
export function createPageCaller(): Caller {
  const ask = (key: string) => send('getCall', key);
  return {
    ...createCaller({ send: (click) => send('placeCall', click), ask }),
    outcome: (key, clickedAt) => settle({ key, clickedAt }, { send: async () => undefined, ask }),
    async progress(key) {
      const reply = await send('getProgress', key);
      return reply.ok ? reply.value : undefined;
    },
    async openCalls() {
      const reply = await send('getOpenCalls');
      return reply.ok ? reply.value : [];
    },
    offer: async (number, extension) => (await send('offerCall', { number, extension })).ok,
  };
}
