import { describe, expect, it } from 'vitest';
import type { HistoryPage } from '../../relay/contract.ts';
import { fail, type Reply, succeed } from '../../utils/reply.ts';
import { fakeSend } from '../testing/fake-view.ts';
import { historyCall } from '../testing/samples.ts';
import { createCallList } from './call-list-store.ts';

const page = (indexes: number[], nextCursor: string | null = null): Reply<HistoryPage> =>
  succeed({ calls: indexes.map((index) => historyCall(index)), placed: [], nextCursor, completeTo: 1 });
const idsOf = (list: ReturnType<typeof createCallList>) => list.store.getState().calls.map(({ id }) => Number.parseInt(id, 16));

describe('createCallList', () => {
  it('adds the next page below', async () => {
    const { send, sent } = fakeSend({ listHistory: [page([1, 2], 'older'), page([3, 4])] });
    const list = createCallList(send);
    await list.refresh();
    await list.loadMore();
    expect(idsOf(list)).toEqual([1, 2, 3, 4]);
    expect(sent.map(({ data }) => data)).toEqual([{ limit: '30' }, { limit: '30', cursor: 'older' }]);
    expect(list.store.getState().nextCursor).toBeNull();
  });

  it.each([
    ['out', { direction: 'outbound' }],
    ['in', { direction: 'inbound' }],
    ['missed', { direction: 'inbound', disposition: 'missed' }],
    ['recorded', { recorded: 'true' }],
  ] as const)('asks the relay for the filter %s', async (filter, query) => {
    const { send, sent } = fakeSend({ listHistory: page([]) });
    await createCallList(send).choose(filter);
    expect(sent[0]?.data).toEqual({ limit: '30', ...query });
  });

  it('lets no late answer replace the answer to a later question', async () => {
    const slow = Promise.withResolvers<Reply<HistoryPage>>();
    const { send } = fakeSend({ listHistory: [() => slow.promise, page([7])] });
    const list = createCallList(send);
    const first = list.search('09');
    await list.search('0912');
    slow.resolve(page([1, 2]));
    await first;
    expect(idsOf(list)).toEqual([7]);
  });

  it('keeps what is shown when a refresh fails, and says why', async () => {
    const { send } = fakeSend({ listHistory: [page([1]), fail('relay_timeout')] });
    const list = createCallList(send);
    await list.refresh();
    await list.refresh();
    expect(list.store.getState()).toMatchObject({ phase: 'shown', failure: { code: 'relay_timeout' } });
    expect(idsOf(list)).toEqual([1]);
  });

  it('has failed when nothing could be shown at all', async () => {
    const list = createCallList(fakeSend({ listHistory: fail('relay_unreachable') }).send);
    await list.refresh();
    expect(list.store.getState()).toMatchObject({ phase: 'failed', failure: { code: 'relay_unreachable' } });
  });
});
