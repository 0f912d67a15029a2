import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { onSiteDisabled } from './site-announcement.ts';

beforeEach(() => fakeBrowser.reset());
const deliver = (message: unknown) => fakeBrowser.runtime.onMessage.trigger(message, {}, () => {});

it.each([
  { name: 'its site enabled', message: { type: 'dialside:sites', enabled: ['https://a.example'] }, stops: 0 },
  { name: 'its site covered by all sites', message: { type: 'dialside:sites', enabled: ['https://*'] }, stops: 0 },
  { name: 'another site enabled', message: { type: 'dialside:sites', enabled: ['https://b.example'] }, stops: 1 },
  { name: 'nothing enabled', message: { type: 'dialside:sites', enabled: [] }, stops: 1 },
  { name: 'another message', message: { type: 'placeCall', timestamp: 1 }, stops: 0 },
  { name: 'no message at all', message: null, stops: 0 },
])('$name: stops $stops times', async ({ message, stops }) => {
  let stopped = 0;
  onSiteDisabled(() => (stopped += 1), 'https://a.example');
  await deliver(message);
  await deliver(message);
  expect(stopped).toBe(stops);
});

it('listens no more once undone', async () => {
  let stopped = 0;
  const undo = onSiteDisabled(() => (stopped += 1), 'https://a.example');
  undo();
  await deliver({ type: 'dialside:sites', enabled: [] });
  expect(stopped).toBe(0);
});
