import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { onSites } from './site-announcement.ts';

beforeEach(() => fakeBrowser.reset());
const deliver = (message: unknown) => fakeBrowser.runtime.onMessage.trigger(message, {}, () => {});

it.each([
  { name: 'its site enabled', message: { type: 'dialside:sites', enabled: ['https://a.example'] }, stops: 0, starts: 0 },
  { name: 'its site covered by all sites', message: { type: 'dialside:sites', enabled: ['https://*'] }, stops: 0, starts: 0 },
  { name: 'another site enabled', message: { type: 'dialside:sites', enabled: ['https://b.example'] }, stops: 1, starts: 0 },
  { name: 'nothing enabled', message: { type: 'dialside:sites', enabled: [] }, stops: 1, starts: 0 },
  {
    name: 'other settings for its site',
    message: { type: 'dialside:sites', enabled: ['https://a.example'], isAnew: true },
    stops: 0,
    starts: 2,
  },
  {
    name: 'other settings for another site',
    message: { type: 'dialside:sites', enabled: ['https://b.example'], isAnew: true },
    stops: 1,
    starts: 0,
  },
  { name: 'another message', message: { type: 'placeCall', timestamp: 1 }, stops: 0, starts: 0 },
  { name: 'no message at all', message: null, stops: 0, starts: 0 },
])('$name: stops $stops times, starts anew $starts times', async ({ message, stops, starts }) => {
  let [stopped, started] = [0, 0];
  onSites(
    () => (stopped += 1),
    () => (started += 1),
    'https://a.example',
  );
  await deliver(message);
  await deliver(message);
  expect([stopped, started]).toEqual([stops, starts]);
});

it('listens no more once undone', async () => {
  let stopped = 0;
  const undo = onSites(
    () => (stopped += 1),
    () => {},
    'https://a.example',
  );
  undo();
  await deliver({ type: 'dialside:sites', enabled: [] });
  expect(stopped).toBe(0);
});
