import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { NumberFacts } from '../../relay/contract.ts';
import { succeed } from '../reply.ts';
import { languageItem, numberFactsItem } from '../storage.ts';
import type { Handle } from './create-handle.ts';
import { registerCard } from './register-card.ts';

const number = '+84912345678';
const relayUrl = 'https://r.example';
const unheardOf = { number, last: null, lastAnswered: null, note: null } as NumberFacts;
const noted = { ...unheardOf, note: { text: 'Hẹn báo giá' } } as NumberFacts;

beforeEach(async () => {
  fakeBrowser.reset();
  await languageItem.setValue('en');
});

it('tells of who rings again within a minute what was noted since', async () => {
  await numberFactsItem.setValue([{ relayUrl, at: Date.now() - 10_000, facts: unheardOf }]);
  const handlers: Record<string, (data: unknown) => Promise<unknown>> = {};
  const access = { client: async () => succeed({ getNumber: async () => succeed(noted) }), relayUrl: async () => relayUrl };
  registerCard(
    ((name: string, handler: (data: unknown) => Promise<unknown>) => {
      handlers[name] = handler;
    }) as unknown as Handle,
    access as unknown as Parameters<typeof registerCard>[1],
    { executeScript: async () => [] },
  );
  expect(await handlers.getCaller?.(number)).toMatchObject({ value: { lines: [expect.anything(), 'Hẹn báo giá'] } });
});
