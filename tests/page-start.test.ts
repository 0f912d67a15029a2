import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import page from '../entrypoints/page.ts';
import { send } from '../utils/send-message.ts';

vi.mock('../utils/send-message.ts', () => ({ send: vi.fn() }));

const refused = { ok: false, error: { code: 'message_refused', message: '' } };
beforeEach(() => {
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('self', { origin: 'https://crm.example' });
  vi.stubGlobal('HTMLElement', class {});
  vi.stubGlobal('document', { documentElement: new HTMLElement() });
});
afterEach(() => {
  globalThis.dialsidePage?.abort();
  globalThis.dialsidePage = undefined;
  vi.unstubAllGlobals();
});

it('asks once more for what it starts with when the background dies under the question', async () => {
  vi.mocked(send)
    .mockRejectedValueOnce(new Error('The message port closed.'))
    .mockResolvedValue(refused as never);
  await page.main();
  await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(2));
});

it('takes a refusal for an answer, until the page comes back', async () => {
  vi.mocked(send).mockResolvedValue(refused as never);
  await page.main();
  await Promise.resolve();
  expect(send).toHaveBeenCalledTimes(1);
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  expect(send).toHaveBeenCalledTimes(2);
});
