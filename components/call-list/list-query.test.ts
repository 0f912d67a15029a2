import { beforeEach, expect, it } from 'vitest';
import { createApp } from '../../relay/app.ts';
import type { HistoryPage, Outcome } from '../../relay/contract.ts';
import { describeOnEngines } from '../../relay/testing/describe-on-engines.ts';
import { addDevice, type TestDevice } from '../../relay/testing/device.ts';
import type { TestDeps } from '../../relay/testing/make-deps.ts';
import { inbound, mailan, mirrorRecords, outbound, quochuy } from '../../relay/testing/mirror-records.ts';
import { send } from '../../relay/testing/send.ts';
import { anyDay } from './date-range.ts';
import { callFilters, everything, historyQuery, selectKnown, type Wanted } from './list-query.ts';

const day = 86_400_000;
/** A call with a colleague instead of a number. */
const colleague = (_: string, change: object) => ({
  caller: quochuy,
  callee: mailan,
  direction: '',
  class: 'one_one',
  ...change,
});

describeOnEngines('calls known here, filtered as the relay filters', (make) => {
  let deps: TestDeps;
  let device: TestDevice;
  const ask = async (wanted: Wanted) => {
    const query = new URLSearchParams({ limit: '100', ...historyQuery(wanted, deps.now()) });
    const response = await send(createApp(deps), device, 'GET', `/v1/history?${query}`);
    return ((await response.json()) as HistoryPage).calls;
  };

  beforeEach(async () => {
    deps = await make();
    device = await addDevice(deps, { username: 'mailan', sipUser: '1001' });
    const records = Array.from({ length: 40 }, (_, index) => {
      const record = [inbound, outbound, colleague][index % 3] ?? outbound;
      const statuses = ['SUCCESS', 'BUSY', 'CANCELLED', 'UNSUCCESS'];
      return record(`09123456${String(index).padStart(2, '0')}`, {
        status_detail: statuses[index % 4],
        ...(index % 5 === 0 && { recording: `${index}.mp3` }),
        unix_timestamp: Math.floor((deps.now() - index * (day / 4)) / 1000),
      });
    });
    const ids = await mirrorRecords(deps, ...records);
    const notes: (Outcome | null)[] = ['reached', 'call_later', null];
    for (const [index, id] of ids.entries()) {
      if (index % 2 === 0) continue;
      const change = { text: 'x', outcome: notes[index % 3] ?? null };
      await send(createApp(deps), device, 'PUT', `/v1/notes/${id}`, { json: change, headers: { 'If-Match': '"0"' } });
    }
  });

  it('for every filter, outcome and range of days', async () => {
    const all = await ask(everything);
    expect(all).toHaveLength(40);
    const ranges = [anyDay, { ...anyDay, kind: 'today' }, { ...anyDay, kind: 'week' }] as const;
    let found = 0;
    for (const filter of callFilters.filter((name) => name !== 'todo')) {
      for (const outcome of [null, 'none', 'reached', 'call_later', 'done'] as const) {
        for (const range of ranges) {
          const wanted = { ...everything, filter, outcome, range };
          const calls = await ask(wanted);
          expect(selectKnown(all, wanted, deps.now()), JSON.stringify(wanted)).toEqual(calls);
          if (outcome) found += calls.length;
        }
      }
    }
    expect(found).toBeGreaterThan(20);
  });

  it('as missed also what colleagues called in vain', async () => {
    const missed = await ask({ ...everything, filter: 'missed' });
    expect(new Set(missed.map(({ direction }) => direction))).toEqual(new Set(['inbound', 'internal']));
  });

  it('for texts and the queue the relay alone knows', async () => {
    const all = await ask(everything);
    expect(selectKnown(all, { ...everything, text: '0912' }, deps.now())).toEqual([]);
    expect(selectKnown(all, { ...everything, filter: 'todo' }, deps.now())).toEqual([]);
  });
});
