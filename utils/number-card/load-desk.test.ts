import { afterEach, expect, it, vi } from 'vitest';
import type { CreateCallDesk } from '../page/call-desk-port.ts';
import { send } from '../send-message.ts';
import { loadDesk } from './load-desk.ts';

vi.mock('../send-message.ts', () => ({ send: vi.fn() }));

const createDesk: CreateCallDesk = () => {
  throw new Error('Nobody makes a desk here.');
};
const arrive = async () => {
  globalThis.dialsideDesk = () => createDesk;
  return { ok: true, value: null };
};
const fail = (message: string) => () => Promise.reject(new Error(message));

afterEach(() => {
  globalThis.dialsideDesk = undefined;
});

it.each<[name: string, loadCard: () => Promise<unknown>, given: unknown]>([
  ['the script that came', arrive, createDesk],
  ['that the page has to be loaded anew after an update', fail('Extension context invalidated.'), 'error_extension_reloaded'],
  ['that nothing was called when the background died', fail('The message port closed.'), 'notPlaced'],
  ['the same when it was refused', async () => ({ ok: false, error: { code: 'internal', message: '' } }), 'notPlaced'],
])('gives %s', async (_, loadCard, given) => {
  vi.mocked(send).mockImplementation(loadCard as typeof send);
  expect(await loadDesk(() => {})).toBe(given);
});

it('asks for the script only once', async () => {
  vi.mocked(send).mockImplementation(arrive as typeof send);
  await loadDesk(() => {});
  await loadDesk(() => {});
  expect(send).toHaveBeenCalledTimes(1);
});
