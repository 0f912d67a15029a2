import { describe, expect, it, vi } from 'vitest';
import type { HistoryPage } from '../../relay/contract.ts';
import { createFormat } from '../../utils/i18n/format.ts';
import { createTranslate } from '../../utils/i18n/translate.ts';
import { fail, type Reply, succeed } from '../../utils/reply.ts';
import { createCallList } from '../call-list/call-list-store.ts';
import { fakeSend } from '../testing/fake-view.ts';
import { historyCall, placedCall } from '../testing/samples.ts';
import { en } from '../testing/words.ts';
import { callTable } from './call-table.ts';
import { createExport } from './export-store.ts';

const page = (indexes: number[], nextCursor: string | null = null): Reply<HistoryPage> =>
  succeed({ calls: indexes.map((index) => historyCall(index)), placed: [], nextCursor, completeTo: 1 });

function setUp(...answers: (Reply<HistoryPage> | (() => Promise<Reply<HistoryPage>>))[]) {
  const { send, sent } = fakeSend({ listHistory: answers });
  const save = vi.fn();
  const list = { ...createCallList(send).store.getState(), filter: 'in', text: '09' } as const;
  return { exporting: createExport(send, save), list, save, sent };
}

describe('createExport', () => {
  it('saves the days that the list shows, by the relay’s clock', async () => {
    const { send, sent } = fakeSend({ listHistory: page([1]) });
    const relayNow = Date.parse('2026-07-03T12:00:00');
    const list = { ...createCallList(send).store.getState(), range: { kind: 'today', from: '', to: '' } } as const;
    await createExport(send, vi.fn(), async () => relayNow).run(list);
    expect(sent[0]?.data).toMatchObject({ from: String(Date.parse('2026-07-03T00:00:00')) });
  });

  it('reads every page of the list shown and saves each call once', async () => {
    const { exporting, list, save, sent } = setUp(page([1, 2], 'a'), page([2, 3]));
    await exporting.run(list);
    const query = { limit: '100', direction: 'inbound', q: '09' };
    expect(sent.map(({ data }) => data)).toEqual([query, { ...query, cursor: 'a' }]);
    expect(save).toHaveBeenCalledExactlyOnceWith([1, 2, 3].map((index) => historyCall(index)));
    expect(exporting.store.getState()).toMatchObject({ phase: 'saved', count: 3 });
  });

  it('saves the calls just placed among the others, each as one of which little is known', async () => {
    const key = '00000000-0000-4000-8000-00000000000a';
    const placed = [
      placedCall(key, { createdAt: historyCall(1).startedAt - 1 }),
      placedCall('b', { state: 'rejected', createdAt: 1 }),
    ];
    const { exporting, list, save } = setUp(succeed({ calls: [historyCall(1)], placed, nextCursor: null, completeTo: 1 }));
    await exporting.run(list);
    const listed = { direction: 'outbound', disposition: 'other', peer: { number: '+84912345678', name: null }, talkSeconds: 0 };
    expect(save.mock.calls).toMatchObject([
      [[historyCall(1), { ...listed, id: key }, { ...listed, id: 'b', disposition: 'failed', startedAt: 1 }]],
    ]);
  });

  it('saves nothing when a page fails, and says why', async () => {
    const { exporting, list, save } = setUp(page([1], 'a'), fail('relay_timeout'));
    await exporting.run(list);
    expect(save).not.toHaveBeenCalled();
    expect(exporting.store.getState()).toMatchObject({ phase: 'failed', failure: { code: 'relay_timeout' } });
  });

  it('stops when told to, whatever arrives later', async () => {
    const late = Promise.withResolvers<Reply<HistoryPage>>();
    const { exporting, list, save, sent } = setUp(page([1], 'a'), () => late.promise);
    const run = exporting.run(list);
    await vi.waitFor(() => expect(exporting.store.getState()).toMatchObject({ phase: 'reading', count: 1 }));
    exporting.cancel();
    late.resolve(page([2], 'b'));
    await run;
    expect(save).not.toHaveBeenCalled();
    expect(sent).toHaveLength(2);
    expect(exporting.store.getState().phase).toBe('idle');
  });
});

describe('callTable', () => {
  it('writes a call under its headings', () => {
    const note = { text: 'wants a price', outcome: 'call_later', version: 1, updatedAt: 1 } as const;
    const [headings, row] = callTable(
      [historyCall(0, { note })],
      createTranslate(en),
      createFormat('en', 'Asia/Ho_Chi_Minh'),
      'VN',
    );
    expect(headings).toHaveLength(11);
    expect(row).toEqual([
      '2026-07-03 14:00:00',
      'Outgoing',
      'Answered',
      '0912 345 678',
      '+84912345678',
      '',
      60,
      50,
      'Yes',
      'Call later',
      'wants a price',
    ]);
  });

  it.each([
    [{ status: 'NEW' }, 'NEW'],
    [{ id: '00000000-0000-4000-8000-00000000000a' }, en.outcome_untold],
    [{}, en.outcome_unsaid],
    [{ direction: 'inbound' }, en.outcome_unsaid],
  ] as const)('says what became of a call with %j', (more, said) => {
    const calls = [historyCall(0, { disposition: 'other', status: '', ...more })];
    expect(callTable(calls, createTranslate(en), createFormat('en', 'Asia/Ho_Chi_Minh'), 'VN')[1]?.[2]).toBe(said);
  });
});
