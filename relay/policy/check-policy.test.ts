import * as v from 'valibot';
import { expect, it } from 'vitest';
import { readAuditLines, readAuditPage, verifyAudit } from '../audit/read-audit.ts';
import { type Policy, PolicySchema, type SalesWindow } from '../contract.ts';
import { createLease } from '../history/lease.ts';
import { purgeCounters } from '../store/counters.ts';
import { collect } from '../testing/collect.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice } from '../testing/device.ts';
import type { TestDeps } from '../testing/make-deps.ts';
import { unlockAgent } from './call-locks.ts';
import { checkPolicy } from './check-policy.ts';
import { defaultPolicy } from './default-policy.ts';
import { exportDoNotCall, importDoNotCall, removeDoNotCall } from './do-not-call.ts';
import { dryRun } from './dry-run.ts';
import { readPolicy, savePolicy } from './policies.ts';

const minute = 60_000;
const generous: Policy = {
  ...defaultPolicy({ regions: ['VN'] }),
  caps: { agentPerMinute: 1000, agentPerDay: 1000, companyPerMinute: 1000, companyPerDay: 1000 },
  burst: { calls: 1000, minutes: 5 },
};
const set = async (deps: TestDeps, changed: Partial<Policy>) =>
  savePolicy(deps, (await readPolicy(deps)).version, { ...generous, ...changed }, 'test');
const caps = (changed: Partial<Policy['caps']>) => ({ caps: { ...generous.caps, ...changed } });

/** Places this many calls concurrently; returns each code with how often it occurred. */
async function callTimes(
  deps: TestDeps,
  times: number,
  agentId: string,
  number = '+84912345678',
): Promise<Record<string, number>> {
  const codes = await Promise.all(Array.from({ length: times }, () => checkPolicy(deps, { agentId, number, at: deps.now() })));
  const counts: Record<string, number> = {};
  for (const code of codes.map(String)) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

describeOnEngines('the call policy', (make) => {
  it('has defaults that are a valid policy, and keeps every version', async () => {
    const deps = await make();
    const first = await readPolicy(deps);
    expect(first).toEqual({ version: 0, at: null, policy: v.parse(PolicySchema, defaultPolicy(deps.config)) });
    // As the README says.
    expect(first.policy).toMatchObject({
      countries: ['VN'],
      openClasses: ['toll_free', 'other'],
      caps: { agentPerMinute: 30, agentPerDay: 600, companyPerMinute: 300, companyPerDay: 10_000 },
      burst: { calls: 120, minutes: 10 },
      salesHours: null,
      historyDays: 365,
      recordingDownload: false,
    });
    const saved = await savePolicy(deps, 0, generous, 'agent:x');
    expect(saved).toEqual({ version: 1, at: deps.now(), policy: generous });
    expect(await readPolicy(deps)).toEqual(saved);
    await expect(savePolicy(deps, 0, generous, 'agent:x')).rejects.toMatchObject({ code: 'version_conflict' });
    const lines = await collect(readAuditLines(deps.store));
    expect(lines).toMatchObject([{ actor: 'agent:x', action: 'policy.change', subject: 'policy:1' }]);
    expect(JSON.parse(lines[0]?.detail ?? '')).toEqual({ policy: generous });
  });

  it.each([
    [{ countries: ['VN', 'XX'] }, 'There is no country “XX”.'],
    [{ salesHours: hours({ timeZone: 'Asia/Nowhere' }) }, 'The time zone of the sales hours is not known'],
    [
      { salesHours: hours({}, { from: '08:00', to: '12:00' }, { from: '17:00', to: '08:00' }) },
      'Sales hours must end after they begin',
    ],
  ])('refuses %j', async (changed, sentence) => {
    const deps = await make();
    await expect(set(deps, changed)).rejects.toMatchObject({ code: 'bad_request', what: expect.stringContaining(sentence) });
  });

  it.each([
    ['agentPerMinute', 'agent_minute_cap', minute],
    ['agentPerDay', 'agent_day_cap', 1440 * minute],
    ['companyPerMinute', 'company_minute_cap', minute],
    ['companyPerDay', 'company_day_cap', 1440 * minute],
  ] as const)('holds %s exactly when calls come at once, and opens again', async (cap, code, windowMs) => {
    const deps = await make();
    await set(deps, caps({ [cap]: 7 }));
    expect(await callTimes(deps, 30, 'a')).toEqual({ null: 7, [code]: 23 });
    const isCompany = cap.startsWith('company');
    expect(await callTimes(deps, 1, 'b')).toEqual(isCompany ? { [code]: 1 } : { null: 1 });
    deps.advance(windowMs);
    expect(await callTimes(deps, 1, 'a')).toEqual({ null: 1 });
  });

  it.each([
    // 07:00 in Vietnam is midnight in UTC: a day that began at 00:00 in Vietnam is still going on.
    ['2026-03-02T06:59+07:00', '2026-03-02T07:01+07:00', 'Asia/Ho_Chi_Minh', 'agent_day_cap'],
    ['2026-03-02T23:59+07:00', '2026-03-03T00:01+07:00', 'Asia/Ho_Chi_Minh', 'null'],
    // The day on which Berlin's clocks are put back has 25 hours.
    ['2026-10-25T00:01+02:00', '2026-10-25T23:59+01:00', 'Europe/Berlin', 'agent_day_cap'],
    ['2026-10-25T23:59+01:00', '2026-10-26T00:01+01:00', 'Europe/Berlin', 'null'],
  ])('counts the days of the company: %s to %s in %s', async (first, second, timeZone, code) => {
    const deps = await make();
    await set(deps, { ...caps({ agentPerDay: 1 }), salesHours: hours({ timeZone }, { classes: ['fixed'] }) });
    deps.advance(Date.parse(first) - deps.now());
    expect(await callTimes(deps, 1, 'a')).toEqual({ null: 1 });
    deps.advance(Date.parse(second) - deps.now());
    await purgeCounters(deps.store, deps.now());
    expect(await callTimes(deps, 1, 'a')).toEqual({ [code]: 1 });
  });

  it('does not count what it refuses', async () => {
    const deps = await make();
    await set(deps, caps({ agentPerMinute: 2 }));
    expect(await callTimes(deps, 20, 'a', '+6591234567')).toEqual({ country_not_allowed: 20 });
    expect(await callTimes(deps, 3, 'a')).toEqual({ null: 2, agent_minute_cap: 1 });
  });

  it('gives counts back with a transaction that is undone', async () => {
    const deps = await make();
    await set(deps, caps({ agentPerMinute: 1 }));
    const undone = deps.store.transaction().execute(async (store) => {
      expect(await checkPolicy({ ...deps, store }, { agentId: 'a', number: '+84912345678', at: deps.now() })).toBeNull();
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await callTimes(deps, 2, 'a')).toEqual({ null: 1, agent_minute_cap: 1 });
  });

  it('locks an agent who bursts until an admin unlocks them', async () => {
    const deps = await make();
    const { agentId } = await addDevice(deps);
    await set(deps, { burst: { calls: 5, minutes: 5 } });
    expect(await callTimes(deps, 5, agentId)).toEqual({ null: 5 });
    expect(await callTimes(deps, 3, agentId)).toEqual({ agent_locked: 3 });
    deps.advance(1440 * minute);
    expect(await callTimes(deps, 1, agentId)).toEqual({ agent_locked: 1 });
    await unlockAgent(deps, agentId, 'agent:admin');
    expect(await callTimes(deps, 1, agentId)).toEqual({ null: 1 });
    await expect(unlockAgent(deps, agentId, 'agent:admin')).rejects.toMatchObject({ code: 'not_found' });
    const actions = (await collect(readAuditLines(deps.store))).map(({ action }) => action);
    expect(actions.filter((action) => action === 'agent.unlock')).toHaveLength(1);
    expect(await verifyAudit(deps.store, deps.config.relayKey)).toBeNull();
  });

  it('locks an agent who bursts across the turn of ten minutes', async () => {
    const deps = await make();
    const { agentId } = await addDevice(deps);
    await savePolicy(deps, 0, defaultPolicy(deps.config), 'test');
    deps.advance(Date.parse('2026-03-02T10:06:00+07:00') - deps.now());
    let placed = 0;
    for (; placed < 240 && (await callTimes(deps, 1, agentId)).null; placed += 1) deps.advance(2_000);
    expect([placed, await callTimes(deps, 1, agentId)]).toEqual([120, { agent_locked: 1 }]);
  });

  it.each([
    ['agentPerMinute', 'agent_minute_cap'],
    ['companyPerMinute', 'company_minute_cap'],
  ] as const)('has %s little room after a minute that used it up', async (cap, code) => {
    const deps = await make();
    await set(deps, caps({ [cap]: 40 }));
    deps.advance(Date.parse('2026-03-02T10:00:58+07:00') - deps.now());
    expect(await callTimes(deps, 45, 'a')).toEqual({ null: 40, [code]: 5 });
    deps.advance(5_000);
    expect(await callTimes(deps, 45, 'a')).toEqual({ null: 3, [code]: 42 });
    expect(await dryRun(deps, { number: '0912345678', agentId: 'a' })).toMatchObject({ refusal: { code } });
    deps.advance(30_000);
    expect(await callTimes(deps, 45, 'a')).toEqual({ null: 20, [code]: 25 });
  });

  it.each<[local: string, number: string, reason: string | undefined, code: string | null]>([
    ['2026-03-02T08:00', '+84912345678', undefined, null],
    ['2026-03-02T16:59', '+84912345678', undefined, null],
    ['2026-03-02T07:59', '+84912345678', undefined, 'outside_sales_hours'],
    ['2026-03-02T17:00', '+84912345678', undefined, 'outside_sales_hours'],
    ['2026-03-01T12:00', '+84912345678', undefined, 'outside_sales_hours'],
    ['2026-03-01T12:00', '+842838222222', undefined, null],
    ['2026-03-01T12:00', '18001090', undefined, null],
    ['2026-03-02T18:00', '+84912345678', 'the customer asked to be called at six', null],
  ])('at %s lets %s be called for sales (%s): %s', async (local, number, overrideReason, code) => {
    const deps = await make();
    await set(deps, { salesHours: hours({}) });
    const at = Date.parse(`${local}:00+07:00`);
    expect(await checkPolicy(deps, { agentId: 'a', number, at, overrideReason })).toBe(code);
    const kept = (await collect(readAuditLines(deps.store))).filter(({ action }) => action === 'call.outside-sales-hours');
    expect(kept.map(({ detail }) => JSON.parse(detail))).toEqual(overrideReason ? [{ number, reason: overrideReason }] : []);
  });

  it('asks each kind of number for its own windows, in a dry run too', async () => {
    const deps = await make();
    const days = [1, 2, 3, 4, 5];
    await set(deps, {
      salesHours: hours(
        {},
        { to: '12:00', days, classes: ['mobile', 'fixed'] },
        { from: '13:30', to: '17:30', days, classes: ['mobile'] },
        { from: '13:30', to: '20:00', days, classes: ['fixed'] },
      ),
    });
    for (const [time, mobile, fixed] of [
      ['11:59', null, null],
      ['12:00', 'outside_sales_hours', 'outside_sales_hours'],
      ['13:30', null, null],
      ['17:30', 'outside_sales_hours', null],
      ['20:00', 'outside_sales_hours', 'outside_sales_hours'],
    ]) {
      const at = Date.parse(`2026-03-02T${time}:00+07:00`);
      for (const [number, code] of [
        ['+84912345678', mobile],
        ['+842838222222', fixed],
        // Internet telephony: within the hours of either.
        ['+84672012345', fixed],
      ] as [string, string | null][]) {
        expect([time, await checkPolicy(deps, { agentId: 'a', number, at })]).toEqual([time, code]);
        expect([time, (await dryRun(deps, { number, at })).refusal?.code ?? null]).toEqual([time, code]);
      }
    }
  });

  it.each<[stands: string, number: string, code: string, forbid: (deps: TestDeps, agentId: string) => Promise<unknown>]>([
    ['the do-not-call list', '+84912345678', 'do_not_call', (deps) => importDoNotCall(deps, '0912345678', false, 'test')],
    ['a country that is not open', '+6591234567', 'country_not_allowed', async () => {}],
    ['a class that is not open', '19001234', 'number_premium', async () => {}],
    ['an emergency line', '113', 'number_emergency', async () => {}],
    [
      'a cap that is reached',
      '+84912345678',
      'agent_minute_cap',
      (deps, agentId) => callTimes(deps, 1, agentId, '+842838222222'),
    ],
    [
      'a lock',
      '+84912345678',
      'agent_locked',
      async (deps, agentId) => {
        await set(deps, { salesHours: hours({}), burst: { calls: 1, minutes: 5 } });
        await callTimes(deps, 2, agentId, '+842838222222');
      },
    ],
  ])('a reason opens nothing but the sales hours: not %s', async (_, number, code, forbid) => {
    const deps = await make({ now: Date.parse('2026-03-02T20:00:00+07:00') });
    const { agentId } = await addDevice(deps);
    await set(deps, { ...(code === 'agent_minute_cap' ? caps({ agentPerMinute: 1 }) : {}), salesHours: hours({}) });
    await forbid(deps, agentId);
    const overrideReason = 'the customer asked to be called at eight';
    expect(await checkPolicy(deps, { agentId, number, at: deps.now(), overrideReason })).toBe(code);
  });

  it('takes no reason where the policy takes none', async () => {
    const deps = await make({ now: Date.parse('2026-03-02T20:00:00+07:00') });
    await set(deps, { salesHours: hours({ override: false }) });
    expect(await checkPolicy(deps, { agentId: 'a', number: '+84912345678', at: deps.now(), overrideReason: 'please' })).toBe(
      'outside_sales_hours',
    );
  });
});

describeOnEngines('the do-not-call list', (make) => {
  const csv =
    '\uFEFFPhone number;Reason\r\n0912 345 678;"asked; twice"\n"+84 28 3822 2222",=cmd()\n1900-1234\n\n091;typo\nnobody\n(+84)912.345.678;again\n';

  it('takes numbers in any format and gives them back as CSV', async () => {
    const deps = await make();
    expect(await importDoNotCall(deps, csv, false, 'test')).toEqual({
      added: 3,
      removed: 0,
      unreadable: [{ line: 6 }, { line: 7 }],
    });
    await set(deps, { salesHours: hours({ timeZone: 'Asia/Ho_Chi_Minh' }) });
    const local = new Date(deps.now() + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
    const seen = `${local},${new Date(deps.now()).toISOString()}`;
    expect((await exportDoNotCall(deps)).split('\r\n')).toEqual([
      'number,reason,added,added_utc',
      `+842838222222,'=cmd(),${seen}`,
      `+84912345678,again,${seen}`,
      `19001234,,${seen}`,
      '',
    ]);
    expect(await importDoNotCall(deps, await exportDoNotCall(deps), true, 'test')).toEqual({
      added: 0,
      removed: 0,
      unreadable: [],
    });
  });

  it.each([
    ['0912 345 678', 'not_found'],
    ['091234567', 'number_invalid'],
    ['nobody', 'number_invalid'],
  ])('says of %s, which is not on it, %s', async (typed, code) => {
    const deps = await make();
    await importDoNotCall(deps, '0356789012', false, 'test');
    await expect(removeDoNotCall(deps, typed, 'test')).rejects.toMatchObject({ code });
  });

  it.each([
    ['in the column headed so', 'STT,Họ tên,Số điện thoại,Lý do\n101,Mai,0912 345 678,đã từ chối\n102,Hà,0356 789 012,\n'],
    ['in the column that holds most', '101;0912345678;đã từ chối\n102;0356789012;\n1900;nobody;\n'],
    ['behind a reason', 'Reason,Phone\nđã từ chối,0912345678\n,0356789012\n'],
  ])('finds numbers %s', async (_, table) => {
    const deps = await make();
    await importDoNotCall(deps, table, false, 'test');
    const rows = (await exportDoNotCall(deps)).split('\r\n').map((line) => line.split(',').slice(0, 2));
    expect(rows.slice(1, -1)).toEqual([
      ['+84356789012', ''],
      ['+84912345678', 'đã từ chối'],
    ]);
  });

  it.each([
    '0393608879',
    '01693608879',
    '+84 169 360 8879',
    '841693608879',
    "'01693608879",
    'tel:+84393608879',
    '０３９３６０８８７９',
    '0393\u00a0608\u200b879',
    '0393–608–879',
    '393608879',
  ])('reads %s', async (typed) => {
    const deps = await make();
    expect(await importDoNotCall(deps, typed, false, 'test')).toEqual({ added: 1, removed: 0, unreadable: [] });
    expect(await checkPolicy(deps, { agentId: 'a', number: '+84393608879', at: deps.now() })).toBe('do_not_call');
  });

  it('stops calls to its numbers until they are removed', async () => {
    const deps = await make();
    await importDoNotCall(deps, '0912345678', false, 'test');
    const ask = () => checkPolicy(deps, { agentId: 'a', number: '+84912345678', at: deps.now() });
    expect(await ask()).toBe('do_not_call');
    expect(await dryRun(deps, { number: '0912 345 678' })).toMatchObject({
      number: '+84912345678',
      refusal: { code: 'do_not_call' },
    });
    await removeDoNotCall(deps, '(+84) 912 345 678', 'test');
    expect(await ask()).toBeNull();
    await expect(removeDoNotCall(deps, '0912345678', 'test')).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each(['1900 6035', '+84 1900 6035', '84 1900 6035', '0084 19006035'])(
    'stops calls to the service line %s',
    async (typed) => {
      const deps = await make();
      await importDoNotCall(deps, typed, false, 'test');
      expect(await dryRun(deps, { number: '19006035' })).toMatchObject({ number: '19006035' });
      await set(deps, { openClasses: ['premium'] });
      expect(await checkPolicy(deps, { agentId: 'a', number: '19006035', at: deps.now() })).toBe('do_not_call');
      await removeDoNotCall(deps, typed, 'test');
      expect(await checkPolicy(deps, { agentId: 'a', number: '19006035', at: deps.now() })).toBeNull();
    },
  );

  const listed = async (deps: TestDeps) =>
    (await exportDoNotCall(deps)).split('\r\n').flatMap((line) => /^\+?\d+/.exec(line) ?? []);

  it.each([
    ['of a spreadsheet', '0912345678\tđã từ chối\n0356789012\t\n', []],
    ['of several columns headed so', 'Tên,SĐT 1,SĐT 2,Số lần\nMai,0912345678,0356789012,3\nHà,,không có,4\n', [3]],
    ['beside what else is counted', 'Phone,Number of calls\n0912345678,12\n0356789012,1234567\n', []],
    ['beside one that is none', 'Phone,Phone 2\n0912345678,09123456789\n0356789012,\n', [2]],
    ['without those that lost digits', '0912345678\n91234\n0356789012\n113\n', [2, 4]],
    ['of columns headed so somewhere', 'Home Phone,Work Phone,Mobile\n,0912345678,\n0356789012,,\nMai,,\n', [4]],
    ['of two columns without headings', '0912345678,0356789012\n', []],
    ['all in one line', 'Mai\n0912345678;0356789012;0912 345 678;0356 789 012\n', []],
    ['beside inch marks', 'Tên,Phone\nỐng 5",0912345678\nỐng 6",0356789012\n', []],
    ['and says where it left one out', 'Phone,Order number\n0912345678,1234\n0356789012,0987654321\n', [3]],
  ])('takes numbers %s', async (_, table, unreadable) => {
    const deps = await make();
    const lines = unreadable.map((line) => ({ line }));
    expect(await importDoNotCall(deps, table, false, 'test')).toEqual({ added: 2, removed: 0, unreadable: lines });
    expect(await listed(deps)).toEqual(['+84356789012', '+84912345678']);
  });

  it('tells the lines of a text that it left out, of one row all', async () => {
    const deps = await make();
    const table = 'Phone,Reason\n0912345678,"asked\nin\nwriting"\nnobody,x\n091234567,"lost\none"\n';
    const { unreadable } = await importDoNotCall(deps, table, false, 'test');
    expect(unreadable).toEqual([{ line: 5 }, { line: 6, end: 7 }]);
  });

  it.each([
    ['added to', false, { added: 1, removed: 0 }],
    ['replaced', true, { added: 1, removed: 1 }],
  ])('keeps reasons and dates of the numbers that stay when it is %s', async (_, replace, counts) => {
    const deps = await make();
    const first = new Date(deps.now()).toISOString();
    await importDoNotCall(deps, 'Phone,Reason\n0912345678,asked\n0356789012,angry\n0987654321,\n', false, 'test');
    deps.advance(86_400_000);
    const then = new Date(deps.now()).toISOString();
    const table = 'Phone,Reason\n0912345678,\n0356789012,moved\n0356789012,\n0903000000,new\n';
    expect(await importDoNotCall(deps, table, replace, 'test')).toEqual({ ...counts, unreadable: [] });
    const rows = (await exportDoNotCall(deps)).split('\r\n').slice(1, -1);
    expect(rows.map((row) => row.split(',').toSpliced(2, 1).join())).toEqual([
      `+84356789012,moved,${first}`,
      `+84903000000,new,${then}`,
      `+84912345678,asked,${first}`,
      ...(replace ? [] : [`+84987654321,,${first}`]),
    ]);
  });

  it.each([
    ['a number', 1],
    ['120 numbers', 120],
  ])('has a line in the log when it is replaced by one without %s', async (_, count) => {
    const deps = await make();
    const numbers = Array.from({ length: count }, (_, index) => `+8491${2_000_000 + index}`);
    await importDoNotCall(deps, ['0356789012', ...numbers].join('\n'), true, 'test');
    await importDoNotCall(deps, '0356789012', true, 'agent:an');
    const removals = deps.store.selectFrom('audit').select(['actor', 'detail']).where('action', '=', 'do-not-call.remove');
    expect((await removals.execute()).map(({ actor, detail }) => [actor, JSON.parse(detail)])).toEqual([
      ['agent:an', { numbers: count, removed: numbers.slice(0, 100) }],
    ]);
    const about = await readAuditPage(deps, { limit: 9, number: numbers[0] });
    expect(about.map(({ action }) => action)).toEqual(['do-not-call.remove']);
    expect(await readAuditPage(deps, { limit: 9, number: '+84356789012' })).toEqual([]);
  });

  it('takes the numbers of a line that is very wide', async () => {
    const deps = await make();
    const line = `${'0912345678,'.repeat(150_000)}0356789012`;
    expect(await importDoNotCall(deps, line, false, 'test')).toEqual({ added: 2, removed: 0, unreadable: [] });
  }, 60_000);

  it('is not emptied by lines in which no number is found', async () => {
    const deps = await make();
    await importDoNotCall(deps, '0912345678', false, 'test');
    const replace = (csv: string) => importDoNotCall(deps, csv, true, 'test');
    await expect(replace('Phone|Reason\nnobody|x\n')).rejects.toMatchObject({ code: 'no_number_found' });
    expect(await listed(deps)).toEqual(['+84912345678']);
    expect(await replace('')).toMatchObject({ removed: 1 });
  });

  it('takes 20,000 numbers, and lets others use the store meanwhile', { timeout: 60_000 }, async () => {
    const deps = await make();
    const numbers = Array.from({ length: 20_000 }, (_, index) => `09${String(10_000_000 + index)}`);
    const count = async () => (await deps.store.selectFrom('do_not_call').select('number').execute()).length;
    const importing = importDoNotCall(deps, numbers.join('\n'), false, 'test');
    let seen = 0;
    for (; seen === 0; seen = await count()) await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toBeLessThan(20_000);
    expect(await importing).toMatchObject({ added: 20_000, unreadable: [] });
    expect(await count()).toBe(20_000);
  });

  it('is not imported twice at once, and again soon after an import whose relay died', async () => {
    const deps = await make();
    await createLease(deps.store, 'do-not-call', 30_000, deps.now).take();
    const attempt = () => importDoNotCall(deps, '0912345678', true, 'test');
    await expect(attempt()).rejects.toMatchObject({ code: 'version_conflict' });
    deps.advance(30_001);
    expect(await attempt()).toMatchObject({ added: 1 });
    expect(await attempt()).toMatchObject({ added: 0 });
  });
});

describeOnEngines('a dry run', (make) => {
  it.each([
    ['0912 345 678', { number: '+84912345678', class: 'mobile', country: 'VN', dialled: '0912345678', refusal: null }],
    [
      '+65 9123 4567',
      {
        number: '+6591234567',
        class: 'mobile',
        country: 'SG',
        dialled: '006591234567',
        refusal: expect.objectContaining({ code: 'country_not_allowed' }),
      },
    ],
    [
      '1900 1234',
      {
        number: '19001234',
        class: 'premium',
        country: null,
        dialled: '19001234',
        refusal: expect.objectContaining({ code: 'number_premium' }),
      },
    ],
    [
      'hello',
      { number: null, class: null, country: null, dialled: null, refusal: expect.objectContaining({ code: 'number_invalid' }) },
    ],
  ])('of %s says what would happen', async (number, expected) => {
    const deps = await make();
    expect(await dryRun(deps, { number })).toEqual({ ...expected, policyVersion: 0 });
  });

  it('counts nothing, and says when a cap is reached', async () => {
    const deps = await make();
    await set(deps, caps({ agentPerMinute: 1 }));
    const ask = async () => (await dryRun(deps, { number: '0912345678', agentId: crypto.randomUUID() })).refusal;
    expect([await ask(), await ask()]).toEqual([null, null]);
    const agentId = crypto.randomUUID();
    await callTimes(deps, 1, agentId);
    expect(await dryRun(deps, { number: '0912345678', agentId })).toMatchObject({ refusal: { code: 'agent_minute_cap' } });
  });

  it('says for no agent in particular when the company has reached a cap', async () => {
    const deps = await make();
    const ask = async () => (await dryRun(deps, { number: '0912345678' })).refusal?.code ?? null;
    await set(deps, caps({ agentPerMinute: 1, companyPerDay: 2 }));
    await callTimes(deps, 1, crypto.randomUUID());
    expect(await ask()).toBeNull();
    await callTimes(deps, 1, crypto.randomUUID());
    expect(await ask()).toBe('company_day_cap');
  });
});

function hours(
  changed: Partial<Omit<NonNullable<Policy['salesHours']>, 'windows'>>,
  ...windows: Partial<SalesWindow>[]
): NonNullable<Policy['salesHours']> {
  const all = windows.length > 0 ? windows : [{}];
  return {
    timeZone: 'Asia/Ho_Chi_Minh',
    windows: all.map((window) => ({
      from: '08:00',
      to: '17:00',
      days: [1, 2, 3, 4, 5, 6],
      classes: ['mobile'],
      ...window,
    })),
    override: true,
    ...changed,
  };
}
