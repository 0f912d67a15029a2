import { describe, expect, it } from 'vitest';
import type { HistoryPage } from '../../relay/contract.ts';
import { fail, type Reply, succeed } from '../../utils/reply.ts';
import { fakeSend } from '../testing/fake-view.ts';
import { historyCall, placedCall } from '../testing/samples.ts';
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
    ['missed', { disposition: 'missed' }],
    ['recorded', { recorded: 'true' }],
  ] as const)('asks the relay for the filter %s', async (filter, query) => {
    const { send, sent } = fakeSend({ listHistory: page([]) });
    await createCallList(send).want({ filter });
    expect(sent[0]?.data).toEqual({ limit: '30', ...query });
  });

  it.each([
    ['an outcome', { outcome: 'call_later' }],
    ['a text, which may stand in a note', { text: 'báo giá' }],
  ] as const)('reads all that is shown again where it is asked for by %s', async (_, wanted) => {
    const shown = Array.from({ length: 130 }, (_, index) => index + 1);
    // Below the first page one call no longer matches the filter, and others newly do.
    const now = [...shown.filter((index) => index !== 50), 131, 132].toSorted((a, b) => a - b);
    const { send, sent } = fakeSend({
      listHistory: [
        page(shown.slice(0, 30), 'a'),
        page(shown.slice(30), 'b'),
        page(now.slice(0, 100), 'c'),
        page(now.slice(100), 'd'),
      ],
    });
    const list = createCallList(send);
    await list.want(wanted);
    await list.loadMore();
    await list.refresh();
    expect(idsOf(list)).toEqual(now);
    expect(list.store.getState().nextCursor).toBe('d');
    const asked = sent.map(({ data }) => data as { limit: string; cursor?: string }).map(({ limit, cursor }) => [limit, cursor]);
    expect(asked).toEqual([
      ['30', undefined],
      ['30', 'a'],
      ['100', undefined],
      ['30', 'c'],
    ]);
  });

  it('finds older calls that came after it was read to its end', async () => {
    const { send } = fakeSend({ listHistory: [page([1, 2, 3]), page([1, 2, 3], 'older')] });
    const list = createCallList(send);
    await list.refresh();
    await list.refresh();
    expect(idsOf(list)).toEqual([1, 2, 3]);
    expect(list.store.getState().nextCursor).toBe('older');
  });

  it('reads no more than 300 calls again, and leaves those below as they are', async () => {
    const hundred = (from: number, cursor: string) =>
      page(
        Array.from({ length: 100 }, (_, index) => from + index),
        cursor,
      );
    const { send, sent } = fakeSend({
      listHistory: [
        hundred(1, 'a'),
        hundred(101, 'b'),
        hundred(201, 'c'),
        hundred(301, 'd'),
        ...[0, 100, 200].map((from) => hundred(from, 'e')),
      ],
    });
    const list = createCallList(send);
    await list.want({ text: 'báo giá' });
    for (let turn = 0; turn < 3; turn += 1) await list.loadMore();
    await list.refresh();
    expect(sent).toHaveLength(7);
    expect(idsOf(list)).toEqual(Array.from({ length: 401 }, (_, index) => index));
    expect(list.store.getState().nextCursor).toBe('d');
  });

  it('reads no further for a search that is not wanted any more', async () => {
    const late = Promise.withResolvers<Reply<HistoryPage>>();
    const { send, sent } = fakeSend({ listHistory: [page([1], 'a'), page([2], 'b'), () => late.promise, page([7])] });
    const list = createCallList(send);
    await list.want({ text: '09' });
    await list.loadMore();
    const refreshed = list.refresh();
    await list.want({ text: '0912' });
    late.resolve(page([1], 'c'));
    await refreshed;
    expect(sent.at(-1)?.data).toEqual({ limit: '30', q: '0912' });
    expect(idsOf(list)).toEqual([7]);
  });

  it('keeps the calls just placed that the first page holds when a refresh reads several', async () => {
    const first = succeed<HistoryPage>({ calls: [historyCall(1)], placed: [placedCall('k')], nextCursor: 'a', completeTo: 1 });
    const { send } = fakeSend({ listHistory: [first, page([2], 'b'), first, page([2], 'b')] });
    const list = createCallList(send);
    await list.want({ text: '09' });
    await list.loadMore();
    await list.refresh();
    const { placed } = list.store.getState();
    expect([idsOf(list), placed.map(({ key }) => key)]).toEqual([[1, 2], ['k']]);
  });

  it('reads the newest page again where no note decides on what is shown', async () => {
    const { send, sent } = fakeSend({ listHistory: [page([1, 2], 'a'), page([3, 4], 'b'), page([0, 1, 2], 'c')] });
    const list = createCallList(send);
    await list.want({ filter: 'in' });
    await list.loadMore();
    await list.refresh();
    expect([idsOf(list), list.store.getState().nextCursor]).toEqual([[0, 1, 2, 3, 4], 'b']);
    expect(sent.at(-1)?.data).toEqual({ limit: '30', direction: 'inbound' });
  });

  it('lets no late answer replace the answer to a later question', async () => {
    const slow = Promise.withResolvers<Reply<HistoryPage>>();
    const { send } = fakeSend({ listHistory: [() => slow.promise, page([7])] });
    const list = createCallList(send);
    const first = list.want({ text: '09' });
    await list.want({ text: '0912' });
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

  it('keeps what else was wanted when one thing changes', async () => {
    const { send, sent } = fakeSend({ listHistory: page([]) });
    const list = createCallList(send, () => new Date('2026-07-03T14:07:00').getTime());
    await list.want({ filter: 'in', text: '09' });
    await list.want({ range: { kind: 'today', from: '', to: '' } });
    const from = String(new Date('2026-07-03T00:00').getTime());
    expect(sent[1]?.data).toEqual({ limit: '30', direction: 'inbound', q: '09', from });
  });

  it('shows what it knows of the whole list at once when a filter is taken away, then the answer', async () => {
    const late = Promise.withResolvers<Reply<HistoryPage>>();
    const { send } = fakeSend({ listHistory: [page([1, 2], 'older'), page([9]), () => late.promise] });
    const list = createCallList(send);
    await list.refresh();
    await list.want({ filter: 'in' });
    expect(idsOf(list)).toEqual([9]);
    const back = list.want({ filter: 'all' });
    expect(idsOf(list)).toEqual([1, 2]);
    expect(list.store.getState()).toMatchObject({ phase: 'shown', busy: true });
    late.resolve(page([0, 1]));
    await back;
    expect(idsOf(list)).toEqual([0, 1, 2]);
  });

  it('shows of the calls it knows those that a filter wants until the relay has answered, and also when it cannot', async () => {
    const late = Promise.withResolvers<Reply<HistoryPage>>();
    const note = { text: '', outcome: 'call_later', version: 1, updatedAt: 1 } as const;
    const known = succeed({
      calls: [historyCall(1), historyCall(2, { note }), historyCall(3, { note, direction: 'inbound' })],
      placed: [],
      nextCursor: 'older',
      completeTo: 1,
    });
    const { send, sent } = fakeSend({
      listHistory: [known, () => late.promise, page([9], 'more'), fail('relay_unreachable')],
    });
    const list = createCallList(send);
    await list.refresh();
    const asked = list.want({ outcome: 'call_later' });
    expect(sent.at(-1)?.data).toEqual({ limit: '30', outcome: 'call_later' });
    expect(idsOf(list)).toEqual([2, 3]);
    expect(list.store.getState()).toMatchObject({ phase: 'shown', busy: true, nextCursor: null });
    late.resolve(page([2, 8], 'next'));
    await asked;
    expect(idsOf(list)).toEqual([2, 8]);
    expect(list.store.getState().nextCursor).toBe('next');
    await list.want({ filter: 'in' });
    expect(idsOf(list)).toEqual([9]);
    await list.want({ filter: 'out' });
    expect(idsOf(list)).toEqual([2]);
    expect(list.store.getState()).toMatchObject({ phase: 'shown', failure: { code: 'relay_unreachable' } });
  });

  it('asks the relay whom to call back, of the days and with the text and the outcome wanted', async () => {
    const now = new Date('2026-07-03T14:07:00').getTime();
    const missed = (index: number, number: string) => ({
      call: historyCall(index, { startedAt: now - index * 1000, peer: { number, name: null } }),
      times: index,
    });
    const calls = [missed(1, '+84911111111'), missed(2, '+84922222222')];
    const { send, sent } = fakeSend({ getMissed: succeed({ from: 7, count: 3, calls, completeTo: 1 }) });
    const list = createCallList(send, () => now);
    for (const change of [
      { filter: 'todo' },
      { text: ' bao gia ' },
      { text: '', outcome: 'call_later' },
      { outcome: null, range: { kind: 'custom', from: '2026-07-01', to: '2026-07-02' } },
    ] as const) {
      await list.want(change);
      expect(idsOf(list)).toEqual([1, 2]);
    }
    expect(list.store.getState().queue).toMatchObject({ lookedBackTo: 7, count: 3 });
    expect(list.store.getState().queue?.times.get(calls[1]!.call.id)).toBe(2);
    const days = { from: String(+new Date('2026-07-01T00:00')), to: String(+new Date('2026-07-03T00:00')) };
    expect(sent.map(({ data }) => data)).toEqual([{}, { q: 'bao gia' }, { outcome: 'call_later' }, days]);
  });

  it('puts a saved note beside its call, also in the list that comes back after a search', async () => {
    const note = { text: 'call on Monday', outcome: null, version: 1, updatedAt: 1 };
    const { send } = fakeSend({ listHistory: [page([1, 2]), page([]), page([1, 2])] });
    const list = createCallList(send);
    await list.refresh();
    await list.want({ text: 'x' });
    list.setNote(historyCall(2).id, note);
    const back = list.want({ text: '' });
    expect(list.store.getState().calls.map((call) => call.note)).toEqual([null, note]);
    await back;
  });

  it.each([
    ['all', 'listHistory', page([1, 2])],
    ['todo', 'getMissed', succeed({ from: 0, count: 1, calls: [{ call: historyCall(1), times: 1 }], completeTo: 1 })],
  ] as const)(
    'keeps a note that was saved while an earlier answer was on its way, with the filter %s',
    async (filter, name, answer) => {
      const late = Promise.withResolvers<Reply<unknown>>();
      const note = { text: 'call on Monday', outcome: null, version: 1, updatedAt: 1 };
      const { send } = fakeSend({ [name]: [answer, () => late.promise, answer] });
      const list = createCallList(send);
      await list.want({ filter });
      const refreshed = list.refresh();
      list.setNote(historyCall(1).id, note);
      late.resolve(answer);
      await refreshed;
      expect(list.store.getState().calls[0]?.note).toEqual(note);
      // The next answer overrides the note that was set here.
      await list.refresh();
      expect(list.store.getState().calls[0]?.note).toBeNull();
    },
  );

  it('leaves nothing behind when the browser is disconnected, not even what arrives later', async () => {
    const late = Promise.withResolvers<Reply<HistoryPage>>();
    const { send } = fakeSend({ listHistory: [page([1]), () => late.promise] });
    const list = createCallList(send);
    await list.refresh();
    const refreshed = list.refresh();
    list.forget();
    late.resolve(page([1]));
    await refreshed;
    expect(list.store.getState()).toMatchObject({ calls: [], phase: 'loading', busy: false });
  });
});
