import { describe, expect, it, vi } from 'vitest';
import type { Missed, MissedQuery } from '../../relay/contract.ts';
import { type Reply, succeed } from '../../utils/reply.ts';
import { createExport } from '../export/export-store.ts';
import { fakeSend } from '../testing/fake-view.ts';
import { historyCall } from '../testing/samples.ts';
import { createCallList, hasMore } from './call-list-store.ts';

const waiting = Array.from({ length: 250 }, (_, index) => historyCall(index, { direction: 'inbound', disposition: 'missed' }));
// Two calls missed at the same moment, on either side of the first page of a hundred.
const sameMoment = waiting.map((call, index) => (index === 100 ? { ...call, startedAt: call.startedAt + 60_000 } : call));

/** Answers like the relay: the newest hundred of the calls requested, and their total number. */
function missedOf(calls = sameMoment) {
  return (data: unknown): Reply<Missed> => {
    const { to } = data as MissedQuery;
    const asked = calls.filter(({ startedAt }) => to === undefined || startedAt < Number(to));
    const first = asked.slice(0, 100).map((call) => ({ call, times: 1 }));
    return succeed({ from: 7, count: asked.length, calls: first, completeTo: 1 });
  };
}
const open = (...answers: ((data: unknown) => Reply<Missed>)[]) => {
  const { send, sent } = fakeSend({
    getMissed: answers,
    listHistory: succeed({ calls: [], placed: [], nextCursor: null, completeTo: 1 }),
  });
  const list = createCallList(send);
  const ids = () => list.store.getState().calls.map(({ id }) => id);
  return { send, sent, list, ids };
};

describe('the queue', () => {
  it('says that there are more, and reads on to the last, each once', async () => {
    const { list, ids, sent } = open(missedOf());
    await list.want({ filter: 'todo' });
    expect([ids().length, list.store.getState().queue?.count, hasMore(list.store.getState())]).toEqual([100, 250, true]);
    while (hasMore(list.store.getState())) await list.loadMore();
    expect(ids()).toEqual(waiting.map(({ id }) => id));
    // The days looked back are the relay's to choose, of missed calls and of calls to be made later.
    expect(sent.at(-1)?.data).toEqual({ to: expect.any(String) });
    expect(sent).toHaveLength(3);
  });

  it('keeps what was read under the reader when it is read again', async () => {
    const { list, ids } = open(missedOf());
    await list.want({ filter: 'todo' });
    await list.loadMore();
    await list.refresh();
    expect(ids()).toHaveLength(199);
  });

  it('ends where the relay has nothing new, whatever it counts', async () => {
    const few = missedOf(waiting.slice(0, 3));
    const { list, sent } = open((data) => {
      const reply = few(data);
      return reply.ok ? succeed({ ...reply.value, count: 9 }) : reply;
    });
    await list.want({ filter: 'todo' });
    await list.loadMore();
    await list.loadMore();
    expect(hasMore(list.store.getState())).toBe(false);
    expect(sent).toHaveLength(2);
  });
});

describe('exporting the queue', () => {
  it.each([
    ['while it loads', []],
    ['once its first hundred are shown', ['shown']],
  ])('saves all that wait and nothing else %s', async (_, before) => {
    const { send, sent, list } = open(missedOf());
    const loading = list.want({ filter: 'todo' });
    if (before.length > 0) await loading;
    const save = vi.fn();
    await createExport(send, save).run(list.store.getState());
    await loading;
    expect(save).toHaveBeenCalledExactlyOnceWith(sameMoment);
    expect(sent.filter(({ name }) => name === 'listHistory')).toEqual([]);
  });
});
