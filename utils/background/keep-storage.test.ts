import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { keepStorage } from './keep-storage.ts';

beforeEach(() => fakeBrowser.reset());
const install = () => fakeBrowser.runtime.onInstalled.trigger({ reason: 'install' } as never);

it('once it is installed, the browser is asked to keep the databases', async () => {
  const persist = vi.fn(async () => true);
  keepStorage({ persist });
  expect(persist).not.toHaveBeenCalled();
  await install();
  expect(persist).toHaveBeenCalledOnce();
});

it.each([[{}], [undefined]])('where nobody can be asked (%j) nothing fails', async (storage) => {
  keepStorage(storage);
  await expect(install()).resolves.toBeDefined();
});
