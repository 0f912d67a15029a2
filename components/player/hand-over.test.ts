import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { handoverItem } from '../../utils/storage.ts';
import { historyCall } from '../testing/samples.ts';
import { panelOfPopup, takeOverInPanel } from './hand-over.ts';

const handover = { call: historyCall(1), position: 42, at: 1_000 };

beforeEach(() => fakeBrowser.reset());
afterEach(() => vi.unstubAllGlobals());

describe('panelOfPopup', () => {
  const start = async (type: string, open: () => Promise<void>) => {
    const sidePanel = { open: vi.fn(open) };
    const close = vi.fn();
    vi.stubGlobal('window', { close });
    Object.assign(fakeBrowser, { sidePanel });
    vi.spyOn(fakeBrowser.windows, 'getCurrent').mockResolvedValue({ id: 7, type } as never);
    const panel = panelOfPopup().panel!;
    return { panel, isPossible: await panel.isPossible, sidePanel, close };
  };

  it('gives to the panel of its window, and closes', async () => {
    const { panel, sidePanel, close } = await start('normal', async () => {});
    expect(await panel.open(handover)).toBe(true);
    expect(sidePanel.open).toHaveBeenCalledExactlyOnceWith({ windowId: 7 });
    expect(await handoverItem.getValue()).toEqual({ ...handover, windowId: 7 });
    expect(close).toHaveBeenCalledOnce();
  });

  it('opens the panel with nothing to hand over', async () => {
    const { panel, sidePanel, close } = await start('normal', async () => {});
    expect(await panel.open()).toBe(true);
    expect(sidePanel.open).toHaveBeenCalledOnce();
    expect(await handoverItem.getValue()).toBeNull();
    expect(close).toHaveBeenCalledOnce();
  });

  it('leaves nothing behind for later where the browser opens no panel', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const { panel, close } = await start('normal', () => Promise.reject(new Error('no gesture')));
    expect(await panel.open(handover)).toBe(false);
    expect(await handoverItem.getValue()).toBeNull();
    expect(close).not.toHaveBeenCalled();
  });

  it('is not possible in a window of its own', async () => {
    const { panel, isPossible } = await start('popup', async () => {});
    expect([isPossible, await panel.open()]).toEqual([false, false]);
  });
});

describe('takeOverInPanel', () => {
  it.each([
    ['goes on with what was given just now', 1_000 + 29_000, 1],
    ['leaves what was given long ago', 1_000 + 31_000, 0],
  ])('%s', async (_, now, times) => {
    await handoverItem.setValue(handover);
    const taken = vi.fn();
    const stop = takeOverInPanel(() => now).watchHandover?.(taken);
    await vi.waitFor(async () => expect(await handoverItem.getValue()).toBeNull());
    expect(taken).toHaveBeenCalledTimes(times);
    stop?.();
  });

  it('takes over while it is open, until it is stopped', async () => {
    const taken = vi.fn();
    const stop = takeOverInPanel(() => 1_000).watchHandover?.(taken);
    await handoverItem.setValue(handover);
    await vi.waitFor(() => expect(taken).toHaveBeenCalledExactlyOnceWith(handover));
    stop?.();
    await handoverItem.setValue({ ...handover, position: 50 });
    expect(taken).toHaveBeenCalledTimes(1);
  });

  it('goes on once with what it reads and is told of', async () => {
    const taken = vi.fn();
    const window = Promise.withResolvers<number>();
    const given = { ...handover, windowId: 7 };
    const reading = vi.spyOn(handoverItem, 'getValue').mockResolvedValue(given);
    const stop = takeOverInPanel(
      () => 1_000,
      () => window.promise,
    ).watchHandover?.(taken);
    reading.mockRestore();
    await handoverItem.setValue(given);
    window.resolve(7);
    await vi.waitFor(async () => expect(await handoverItem.getValue()).toBeNull());
    expect(taken).toHaveBeenCalledExactlyOnceWith(given);
    stop?.();
  });

  it('leaves a recording to the panel of the window that it was given in', async () => {
    const taken: number[] = [];
    const stops = [1, 2].map((id) =>
      takeOverInPanel(
        () => 1_000,
        async () => id,
      ).watchHandover?.(() => void taken.push(id)),
    );
    for (const windowId of [2, 1]) {
      await handoverItem.setValue({ ...handover, windowId });
      await vi.waitFor(async () => expect(await handoverItem.getValue()).toBeNull());
    }
    expect(taken).toEqual([2, 1]);
    for (const stop of stops) stop?.();
  });
});
