import type { Insertable } from 'kysely';
import { expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { forgetNumbers } from '../calls/forget-numbers.ts';
import type { PlacedPage, Report } from '../contract.ts';
import { defaultPolicy } from '../policy/default-policy.ts';
import { companyTimeZone } from '../policy/local-clock.ts';
import { savePolicy } from '../policy/policies.ts';
import type { CallsTable } from '../store/tables.ts';
import { addRecordedCall } from '../testing/add-recorded-call.ts';
import { describeOnEngines, type MakeDeps } from '../testing/describe-on-engines.ts';
import { addDevice } from '../testing/device.ts';
import { sampleCall } from '../testing/sample-call.ts';
import { send } from '../testing/send.ts';
import { readPlacedCalls } from './placed-calls.ts';
import { readPlacedFile } from './placed-file.ts';
import { readReport } from './report.ts';

const hour = 3_600_000;
/** 2026-03-02 00:00 in Ho Chi Minh City. */
const monday = Date.UTC(2026, 2, 1, 17);
const linkedId = 'a'.repeat(32);

/** A company with two agents' calls on Monday and Tuesday. */
async function openCompany(make: MakeDeps) {
  const deps = await make();
  const admin = await addDevice(deps, { role: 'admin', name: 'Ha' });
  const [an, bao] = [await addDevice(deps, { name: '=An' }), await addDevice(deps, { name: 'Bảo' })];
  await addRecordedCall(deps, linkedId, null, 'user:an');
  await deps.store.updateTable('history').set({ status: 'SUCCESS', billing_seconds: 90 }).where('id', '=', linkedId).execute();
  const calls: [typeof an, number, Partial<Insertable<CallsTable>>][] = [
    [an, monday, { history_id: linkedId }],
    [an, monday + 9 * hour, { state: 'refused', reason_code: 'do_not_call', dialled: null }],
    [an, monday + 10 * hour, { state: 'refused', reason_code: 'do_not_call', dialled: null }],
    [an, monday + 24 * hour - 1, { state: 'unknown', reason_code: 'outcome_unknown' }],
    [an, monday + 24 * hour, { state: 'rejected', reason_code: 'device_offline', number: '+842873019555' }],
    [bao, monday + 10 * hour, { state: 'folded', same_as: 'x' }],
    [bao, monday + 48 * hour, {}],
  ];
  for (const [at, [{ agentId, deviceId }, created_at, values]] of calls.entries())
    await deps.store
      .insertInto('calls')
      .values(sampleCall({ agent_id: agentId, device_id: deviceId, key: `${at}`, created_at, ...values }))
      .execute();
  const app = createApp(deps);
  return { deps, an, bao, get: (path: string) => send(app, admin, 'GET', `/v1/admin/reports${path}`) };
}

const twoDays = `from=${monday}&to=${monday + 48 * hour}&timeZone=Asia/Ho_Chi_Minh`;

describeOnEngines('GET /v1/admin/reports', (make) => {
  it('does not say that nobody answered on days whose calls are forgotten', async () => {
    const { deps, get } = await openCompany(make);
    deps.advance(monday + 365 * 24 * hour + 1 - deps.now());
    const { lines, keptFrom } = (await (await get(`?${twoDays}`)).json()) as Report;
    expect(keptFrom).toBe(monday + 1);
    expect(lines.map(({ day, clicks, answered, talkSeconds }) => [day, clicks, answered, talkSeconds])).toEqual([
      ['2026-03-02', 4, null, null],
      ['2026-03-02', 1, null, null],
      ['2026-03-03', 1, 0, 0],
    ]);
    expect(await (await get(`?${twoDays}&format=csv`)).text()).toMatch(/2026-03-02,Bảo,(\d+,){7},,/);
  });

  it('says which calls lost their numbers while the policy kept them for less long than now', async () => {
    const { deps, get } = await openCompany(make);
    const keep = (version: number, historyDays: number) =>
      savePolicy(deps, version, { ...defaultPolicy(deps.config), historyDays }, 'test');
    const told = async () => ((await (await get(`?${twoDays}`)).json()) as Report).keptFrom;
    deps.advance(monday + (31 * 24 + 36) * hour - deps.now());
    await keep(0, 31);
    expect(await forgetNumbers(deps, deps.now())).toBe(6);
    await keep(1, 365);
    expect(await told()).toBe(monday + 24 * hour + 1);
    deps.advance(hour);
    await forgetNumbers(deps, deps.now());
    expect(await told()).toBe(monday + 24 * hour + 1);
    deps.advance(366 * 24 * hour);
    expect(await told()).toBe(deps.now() - 365 * 24 * hour);
  });

  it('counts clicks, outcomes, reasons and talk by agent and day', async () => {
    const { an, bao, get } = await openCompany(make);
    const { lines, timeZone } = (await (await get(`?${twoDays}`)).json()) as Report;
    expect(timeZone).toBe('Asia/Ho_Chi_Minh');
    const none = { accepted: 0, rejected: 0, notSent: 0, unknown: 0, refused: 0, folded: 0, dispatching: 0 };
    expect(lines).toEqual([
      {
        day: '2026-03-02',
        agent: { id: an.agentId, name: '=An' },
        clicks: 4,
        outcomes: { ...none, accepted: 1, refused: 2, unknown: 1 },
        reasons: { do_not_call: 2, outcome_unknown: 1 },
        answered: 1,
        talkSeconds: 90,
      },
      {
        day: '2026-03-02',
        agent: { id: bao.agentId, name: 'Bảo' },
        clicks: 1,
        outcomes: { ...none, folded: 1 },
        reasons: {},
        answered: 0,
        talkSeconds: 0,
      },
      {
        day: '2026-03-03',
        agent: { id: an.agentId, name: '=An' },
        clicks: 1,
        outcomes: { ...none, rejected: 1 },
        reasons: { device_offline: 1 },
        answered: 0,
        talkSeconds: 0,
      },
    ]);
  });

  it('sums a period, and one agent alone', async () => {
    const { an, get } = await openCompany(make);
    const { lines } = (await (await get(`?${twoDays}&per=period&agent=${an.agentId}`)).json()) as Report;
    expect(lines).toMatchObject([{ day: null, agent: { id: an.agentId }, clicks: 5, answered: 1, talkSeconds: 90 }]);
  });

  it('is counted a few hours at a time, and all else goes on between them', async () => {
    const { deps } = await openCompany(make);
    const stretch = { day: null, start: monday, end: monday + 48 * hour };
    const { value, turns } = await countingTurns(() => readReport(deps.store, [stretch], 0));
    expect([turns >= 15, value[0]?.clicks]).toEqual([true, 5]);
  });

  it('is a file for a spreadsheet, without formulas', async () => {
    const { get } = await openCompany(make);
    const answer = await get(`?${twoDays}&per=period&format=csv`);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(
      Buffer.from(await answer.arrayBuffer())
        .toString('utf8')
        .split('\r\n'),
    ).toEqual([
      '\uFEFFday,agent,clicks,accepted,rejected,not_sent,unknown,refused,folded,answered,talk_minutes,reasons',
      ',\'=An,5,1,1,0,1,2,0,1,1.5,"do_not_call 2; device_offline 1; outcome_unknown 1"',
      ',Bảo,1,0,0,0,0,0,1,0,0.0,',
      '',
    ]);
  });

  it('refuses what it does not understand in a sentence', async () => {
    const { get } = await openCompany(make);
    for (const query of [
      '',
      `?from=${monday}`,
      `?from=${monday}&to=${monday}`,
      `?from=${monday}&to=${monday - 1}`,
      `?from=${monday}&to=${monday + 32 * 24 * hour}`,
      `?from=${monday}&to=${monday + 368 * 24 * hour}&per=period`,
      `?${twoDays}&timeZone=UTC`,
      `?from=${monday}&to=${monday + hour}&timeZone=Mars/Olympus`,
      `?${twoDays}&agent=an`,
      `?${twoDays}&format=xlsx`,
      `/calls?from=${monday}&to=${monday + hour}&cursor=x`,
      `/calls?from=${monday}&to=${monday + hour}&limit=1001`,
    ]) {
      const answer = await get(query);
      expect([query, answer.status, await answer.json()]).toEqual([
        query,
        400,
        { error: { code: 'bad_request', message: expect.stringMatching(/\.$/) } },
      ]);
    }
  });
});

describeOnEngines('GET /v1/admin/reports/calls', (make) => {
  it('tells of every click who, what, when and what came of it, by pages', async () => {
    const { an, bao, get } = await openCompany(make);
    const range = `from=${monday}&to=${monday + 72 * hour}`;
    const seen: PlacedPage['calls'] = [];
    for (let cursor = ''; ; ) {
      const page = (await (await get(`/calls?${range}&limit=2${cursor}`)).json()) as PlacedPage;
      seen.push(...page.calls);
      if (!page.next) break;
      cursor = `&cursor=${page.next}`;
    }
    expect(seen).toHaveLength(7);
    expect(seen.map(({ at }) => at)).toEqual([...seen.map(({ at }) => at)].sort((a, b) => b - a));
    expect(seen.at(-1)).toEqual({
      at: monday,
      agent: { id: an.agentId, name: '=An' },
      device: 'Test browser',
      number: '+84912345678',
      dialled: '0912345678',
      sipUser: null,
      surface: 'page',
      site: null,
      state: 'accepted',
      reason: null,
      status: 'SUCCESS',
      talkSeconds: 90,
      disposition: 'answered',
      recorded: false,
      callId: linkedId,
    });

    const count = async (query: string) => ((await (await get(`/calls?${range}&${query}`)).json()) as PlacedPage).calls.length;
    expect(await count('number=028%207301%209555')).toBe(1);
    for (const typed of ['0912.345.678', 'tel:0912345678', '%EF%BC%90912345678', '%2B84%C2%A0912345678'])
      expect(await count(`number=${typed}`)).toBe(6);
    expect(await count(`agent=${bao.agentId}`)).toBe(2);
    expect(await count('number=0987654321')).toBe(0);
    for (const typed of ['091234567&format=csv', 'Lan']) {
      const answer = await get(`/calls?${range}&number=${typed}`);
      expect([answer.status, await answer.json()]).toEqual([400, { error: expect.objectContaining({ code: 'number_invalid' }) }]);
    }
    const csv = await (await get(`/calls?${range}&agent=${bao.agentId}&format=csv`)).text();
    expect(csv.split('\r\n')[1]?.slice(20)).toBe(
      '2026-03-03T17:00:00.000Z,Bảo,Test browser,+84912345678,0912345678,page,,accepted,,,,,',
    );
  });

  it('is looked through for a number a few calls at a time, and all else goes on between them', async () => {
    const { deps, an } = await openCompany(make);
    const filter = { from: monday, to: monday + 72 * hour, number: '+84912345678', limit: 100 };
    const whole = await readPlacedCalls(deps.store, filter);
    expect(whole.calls).toHaveLength(6);
    // Two of the calls have the same millisecond.
    for (const biteCalls of [1, 2, 3]) {
      const { value, turns } = await countingTurns(() => readPlacedCalls(deps.store, filter, biteCalls));
      expect([value, turns >= Math.floor(6 / biteCalls)]).toEqual([whole, true]);
    }
    const ofAn = { ...filter, agent: an.agentId, limit: 2 };
    const [first, again] = [await readPlacedCalls(deps.store, ofAn), await readPlacedCalls(deps.store, ofAn, 1)];
    expect(again).toEqual(first);
    const next = { ...ofAn, cursor: first.next ?? '' };
    expect(await readPlacedCalls(deps.store, next, 1)).toEqual(await readPlacedCalls(deps.store, next));
  });

  it('is a file of every call, a page at a time, or of none where there are too many', async () => {
    const { deps, get } = await openCompany(make);
    const period = { from: monday, to: monday + 72 * hour };
    const timeZone = companyTimeZone({ salesHours: null });
    const whole = (await (await get(`/calls?from=${period.from}&to=${period.to}&format=csv`)).text()).replace(/^\uFEFF/, '');
    expect(whole.trim().split('\r\n')).toHaveLength(8);
    const read = (atOnce: number, most = 7, limit?: number) =>
      readPlacedFile(deps.store, { ...period, limit }, timeZone, { most, atOnce });
    for (const atOnce of [1, 2, 3, 7]) {
      const { value, turns } = await countingTurns(() => read(atOnce));
      expect([value, turns >= Math.floor(6 / atOnce)]).toEqual([whole, true]);
    }
    expect(await read(2, 7, 5)).toBe(`${whole.split('\r\n').slice(0, 6).join('\r\n')}\r\n`);
    const inVietnam = await readPlacedFile(deps.store, { ...period, limit: 1 }, 'Asia/Ho_Chi_Minh');
    expect(inVietnam.split('\r\n').map((row) => row.split(',').slice(0, 2))).toEqual([
      ['at', 'at_utc'],
      ['2026-03-04 00:00:00', '2026-03-03T17:00:00.000Z'],
      [''],
    ]);
    await expect(read(2, 6)).rejects.toMatchObject({ what: 'There are more than 6 calls: ask for a shorter period.' });
  });
});

/** Counts how often other work got a turn during `work`. */
async function countingTurns<Value>(work: () => Promise<Value>): Promise<{ value: Value; turns: number }> {
  let turns = 0;
  const count = () => {
    turns += 1;
    next = setImmediate(count);
  };
  let next = setImmediate(count);
  const value = await work().finally(() => clearImmediate(next));
  return { value, turns };
}
