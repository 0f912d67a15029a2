import { describe, expect, it, vi } from 'vitest';
import { type Channel, createSolo } from './solo.ts';

/** Channels of the same name, one per document. */
function browserWith(count: number): Channel[] {
  const channels = Array.from({ length: count }, () => new EventTarget());
  return channels.map(
    (channel) =>
      Object.assign(channel, {
        postMessage: () => {
          for (const other of channels) if (other !== channel) other.dispatchEvent(new Event('message'));
        },
        close: vi.fn(),
      }) as unknown as Channel,
  );
}

describe('createSolo', () => {
  it('pauses every other player when one begins, and never itself', () => {
    const pauses = [vi.fn(), vi.fn(), vi.fn()];
    const solos = browserWith(3).map((channel, index) => createSolo(pauses[index]!, channel));
    solos[1]!.begin();
    expect(pauses.map((pause) => pause.mock.calls.length)).toEqual([1, 0, 1]);
    solos[0]!.begin();
    expect(pauses.map((pause) => pause.mock.calls.length)).toEqual([1, 1, 2]);
  });

  it('leaves the channel when it stops', () => {
    const [channel] = browserWith(1);
    createSolo(() => {}, channel).stop();
    expect(channel!.close).toHaveBeenCalledOnce();
  });
});
