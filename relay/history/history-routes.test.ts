import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { type HistoryPage, HistoryPageSchema } from '../contract.ts';
import { addPlaced } from '../testing/add-placed.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice, addSipDevice, type TestDevice } from '../testing/device.ts';
import type { TestDeps } from '../testing/make-deps.ts';
import { inbound, mailan, mirrorRecords, outbound, quochuy, stranger } from '../testing/mirror-records.ts';
import { send } from '../testing/send.ts';
import { changeProgress, writeProgress } from './mirror-status.ts';

let deps: TestDeps;
let app: ReturnType<typeof createApp>;
let device: TestDevice;

const mirror = (...records: object[]) => mirrorRecords(deps, ...records);
async function ask(query = '', from = device): Promise<HistoryPage> {
  const response = await send(app, from, 'GET', `/v1/history${query}`);
  const body: unknown = await response.json();
  expect([response.status, body]).toEqual([200, expect.anything()]);
  return v.parse(HistoryPageSchema, body);
}
const peers = async (query?: string, from?: TestDevice) => (await ask(query, from)).calls.map(({ peer }) => peer.number);

describeOnEngines('GET /v1/history', (make) => {
  beforeEach(async () => {
    deps = await make();
    app = createApp(deps);
    device = await addDevice(deps, { username: 'mailan', sipUser: '1001' });
  });

  it('shows a call as its agent saw it', async () => {
    await mirror(
      outbound('01693608879', { recording: 'a.mp3' }),
      inbound('0912345678', { status_detail: 'CANCELLED', billing_seconds: 0 }),
    );
    const { calls } = await ask();
    expect(calls).toMatchObject([
      {
        direction: 'outbound',
        disposition: 'answered',
        status: 'SUCCESS',
        peer: { number: '+84393608879', name: null },
        durationSeconds: 20,
        talkSeconds: 12,
        hasRecording: true,
      },
      {
        direction: 'inbound',
        disposition: 'missed',
        status: 'CANCELLED',
        peer: { number: '+84912345678', name: null },
        talkSeconds: 0,
        hasRecording: false,
      },
    ]);
  });

  it('takes names as long as they may be', async () => {
    const long = (start: number) => String.fromCodePoint(...Array.from({ length: 60 }, (_, at) => 0x20000 + start + at * 7));
    await mirror({ caller: { ...mailan, number: long(1) }, callee: { number: long(500), username: long(1000), type: 'user' } });
    expect((await ask()).calls).toMatchObject([{ peer: { number: long(500), name: long(1000) } }]);
  });

  it('shows a call between two agents to both, each from their side', async () => {
    const other = await addDevice(deps, { username: 'quochuy', sipUser: '1002' });
    await mirror({ caller: mailan, callee: quochuy, class: 'one_one', direction: 'from_ab', status_detail: 'CANCELLED' });
    expect((await ask()).calls).toMatchObject([
      { direction: 'internal', disposition: 'cancelled', peer: { number: '1002', name: 'quochuy' } },
    ]);
    expect((await ask('', other)).calls).toMatchObject([
      { direction: 'internal', disposition: 'missed', peer: { number: '1001', name: 'mailan' } },
    ]);
  });

  describe('whose calls', () => {
    it('an agent with several devices: those of all of them', async () => {
      const from = await addDevice(deps, { sipUser: '3001' });
      await addSipDevice(deps, from.agentId, { sipUser: '3002' });
      await mirror(
        outbound('0912345601', { caller: { number: '3001', type: 'device' } }),
        outbound('0912345602', { caller: { number: '3002', type: 'device' } }),
        outbound('0912345603', { caller: { number: '3003', type: 'device' } }),
      );
      expect((await peers('', from)).sort()).toEqual(['+84912345601', '+84912345602']);
    });

    it.each([
      ['user name and SIP user', 'mailan', '1001', 4],
      ['user name alone', 'MaiLan', null, 2],
      ['SIP user alone', null, '1001', 3],
      ['nothing', null, null, 0],
      ['another user name', 'quochuy', null, 1],
      ['a SIP user that is a number in another form', null, '+842873019555', 1],
      ['a wildcard', '%', '%', 0],
    ])('an agent mapped by %s', async (_name, username, sipUser, count) => {
      await deps.store.updateTable('agents').set({ username: null }).where('id', '=', device.agentId).execute();
      await deps.store.deleteFrom('sip_devices').where('agent_id', '=', device.agentId).execute();
      const from = await addDevice(deps, { username, sipUser });
      await mirror(
        outbound('0912345601'),
        outbound('0912345602', { caller: { number: '9999', type: 'user', username: 'mailan' } }),
        outbound('0912345603', { caller: { number: '1001', type: 'device' } }),
        outbound('0912345604', { caller: { number: 'sip:1001@pbx.example', type: '' } }),
        outbound('0912345605', { caller: quochuy }),
        outbound('0912345606', { caller: stranger('02873019555') }),
      );
      expect(await peers('', from)).toHaveLength(count);
    });
  });

  it.each([
    ['the SIP user', stranger('1001')],
    ['the SIP user with a domain', stranger('sip:1001@pbx.example')],
    ['the user name', { ...stranger('0912345678'), username: 'mailan' }],
  ])('gives an agent no call of another whose caller has %s', async (_, caller) => {
    const other = await addDevice(deps, { username: 'quochuy', sipUser: '1002' });
    await mirror(inbound('', { caller, callee: quochuy }));
    expect(await peers()).toEqual([]);
    expect(await peers('', other)).toHaveLength(1);
  });

  it('gives every agent its own calls and no other’s', async () => {
    const devices = await Promise.all(
      Array.from({ length: 12 }, (_, turn) => addDevice(deps, { username: `agent${turn}`, sipUser: `20${turn}` })),
    );
    const records = Array.from({ length: 600 }, (_, turn) => {
      const caller = { number: `20${turn % 12}`, type: 'user', ...(turn % 3 ? { username: `agent${turn % 12}` } : {}) };
      return { ...outbound(`09123${String(turn).padStart(5, '0')}`), caller };
    });
    await mirror(...records);
    for (const [turn, from] of devices.entries()) {
      const numbers = await peers('?limit=100', from);
      expect(numbers).toEqual(records.flatMap(({ callee }, at) => (at % 12 === turn ? [`+84${callee.number.slice(1)}`] : [])));
    }
  });

  it('pages through all calls once, also when new ones come in meanwhile', async () => {
    // Each two calls start in the same second, so that a page can end between them.
    await mirror(
      ...Array.from({ length: 95 }, (_, turn) =>
        outbound(`09123456${String(turn).padStart(2, '0')}`, { unix_timestamp: deps.now() / 1000 - 100 - (turn >> 1) }),
      ),
    );
    const seen: string[] = [];
    let cursor: string | null = '';
    for (let page = 0; cursor !== null; page += 1) {
      const { calls, nextCursor }: HistoryPage = await ask(`?limit=10${cursor && `&cursor=${cursor}`}`);
      seen.push(...calls.map(({ id }) => id));
      cursor = nextCursor;
      await mirror(outbound(`09876543${page + 10}`));
    }
    expect(seen).toHaveLength(95);
    expect(new Set(seen).size).toBe(95);
  });

  describe('filters', () => {
    beforeEach(async () => {
      const at = deps.now() / 1000;
      await mirror(
        outbound('0912345678', { recording: 'a.mp3', unix_timestamp: at - 10 }),
        inbound('0987654321', { status_detail: 'BUSY', unix_timestamp: at - 20 }),
        outbound('01693608879', { status_detail: 'BUSY', unix_timestamp: at - 30 }),
        { caller: quochuy, callee: mailan, class: 'one_one', direction: 'from_ab', unix_timestamp: at - 40 },
        outbound('19001234', { status_detail: 'UNSUCCESS', unix_timestamp: at - 50 }),
        outbound('Đỗ_Thu 100%', { status_detail: 'NEW', unix_timestamp: at - 60 }),
        outbound('0912345678', { caller: quochuy, unix_timestamp: at - 70 }),
      );
    });
    const [a, b, c, d, e, f] = ['+84912345678', '+84987654321', '+84393608879', '1002', '19001234', 'Đỗ_Thu 100%'];

    it.each([
      ['', [a, b, c, d, e, f]],
      ['?direction=outbound', [a, c, e, f]],
      ['?direction=inbound', [b]],
      ['?direction=internal', [d]],
      ['?disposition=missed', [b]],
      ['?disposition=busy', [c]],
      ['?disposition=failed', [e]],
      ['?disposition=other', [f]],
      ['?recorded=true', [a]],
      ['?recorded=false', [b, c, d, e, f]],
      ['?direction=outbound&disposition=busy', [c]],
      ['?q=0912345678', [a]],
      ['?q=912 345', [a]],
      ['?q=%2B84 (912) 345-678', [a]],
      ['?q=0084912345678', [a]],
      ['?q=0912.345.678', [a]],
      ['?q=0912–345–678', [a]],
      ['?q=0912\u2011345\u2011678', [a]],
      ['?q=0912·345·678', [a]],
      ['?q=０９１２３４５６７８', [a]],
      ['?q=tel:%2B84912345678', [a]],
      ["?q='0912345678", [a]],
      ['?q=\u202a0912 345 678\u202c', [a]],
      ['?q=01693608879', [c]],
      ['?q=0393608879', [c]],
      ['?q=0169 360', [c]],
      ['?q=1900', [e]],
      ['?q=QUOC', [d]],
      ['?q=do_thu', [f]],
      ['?q=ĐỖ', [f]],
      ['?q=100%25', [f]],
      ['?q=%25', [f]],
      ['?q=_', [f]],
      ['?q=\\', []],
      ["?q=' or 1=1 --", []],
      ['?q=1001', []],
      ['?q=%20', [a, b, c, d, e, f]],
    ])('%s', async (query, expected) => expect(await peers(query.replaceAll(' ', '%20'))).toEqual(expected));

    it('takes from and to as a half-open range', async () => {
      const at = deps.now();
      expect(await peers(`?from=${at - 40_000}&to=${at - 20_000}`)).toEqual([c, d]);
    });
  });

  describe('placed calls', () => {
    const place = (key: string, change: Parameters<typeof addPlaced>[3] = {}) => addPlaced(deps, device, key, change);

    it('are shown until the mirror has them, on the first page', async () => {
      await place('a');
      await place('linked', { history_id: 'x' });
      await place('old', { created_at: deps.now() - 15 * 60_000 - 1 });
      await place('refused', { state: 'refused' });
      await place('folded', { state: 'folded' });
      await place('failed', { state: 'rejected', reason_code: 'device_offline', created_at: deps.now() });
      expect((await ask()).placed).toMatchObject([
        { key: 'failed', state: 'rejected', reason: { code: 'device_offline' } },
        { key: 'a' },
      ]);
      await mirror(outbound('0912345601'), outbound('0912345602'));
      const { nextCursor } = await ask('?limit=1');
      expect((await ask(`?cursor=${nextCursor}`)).placed).toEqual([]);
      expect((await ask('', await addDevice(deps, { sipUser: '1009' }))).placed).toEqual([]);
    });
  });

  describe('placed calls under filters', () => {
    const [talk, offline, noted] = ['a', 'b', 'c'].map((end) => `3b241101-e2bb-4255-8caf-4136c566a96${end}`) as [
      string,
      string,
      string,
    ];
    const minutes = (ago: number) => ({ created_at: deps.now() - ago * 60_000 });

    beforeEach(async () => {
      await addPlaced(deps, device, talk, { dialled: '0912345678', ...minutes(30) });
      await addPlaced(deps, device, offline, { number: '+84912345600', state: 'rejected', ...minutes(10) });
      await addPlaced(deps, device, noted, { number: '+84987654321', state: 'unknown', ...minutes(5) });
      const json = { text: 'Hẹn báo giá', outcome: 'call_later' };
      const saved = await send(app, device, 'PUT', `/v1/notes/${noted}`, { json, headers: { 'if-match': '"0"' } });
      expect(saved.status).toBe(200);
    });

    it.each([
      ['', [noted, offline, talk]],
      ['?direction=outbound', [noted, offline, talk]],
      ['?direction=inbound', []],
      ['?recorded=true', []],
      ['?recorded=false', [noted, offline, talk]],
      ['?disposition=missed', []],
      ['?disposition=failed', [offline]],
      ['?disposition=other', [noted, talk]],
      ['?q=0912345678', [talk]],
      ['?q=0123456', []],
      ['?q=9123456', [offline, talk]],
      ['?q=bao%20gia', [noted]],
      ['?outcome=call_later', [noted]],
      ['?outcome=done', []],
      ['?outcome=none', [offline, talk]],
      ['?number=%2B84912345678', [talk]],
      ['?number=%2B84912345678&direction=inbound', []],
    ])('are those that match %s, and stand nowhere else', async (query, expected) => {
      const { placed, calls } = await ask(query);
      expect([placed.map(({ key }) => key), calls]).toEqual([expected, []]);
    });

    it('are of the days asked for', async () => {
      const from = deps.now() - 10 * 60_000;
      expect((await ask(`?from=${from}`)).placed.map(({ key }) => key)).toEqual([noted, offline]);
      expect((await ask(`?to=${from}`)).placed.map(({ key }) => key)).toEqual([talk]);
    });
  });

  it('shows a call that may be a long talk until the mirror has it', async () => {
    const minutes = (ago: number) => ({ created_at: deps.now() - ago * 60_000 });
    const place = (key: string, change: object) => addPlaced(deps, device, key, change);
    await place('too long ago', { ...minutes(121) });
    await place('talk', minutes(119));
    await place('soon followed', minutes(80));
    await place('unsure', { state: 'unknown', ...minutes(70) });
    await place('talk after all', minutes(60));
    await place('refused', { state: 'refused', ...minutes(55) });
    await place('listed', { history_id: 'x', ...minutes(40) });
    await place('just now', minutes(1));
    const other = await addDevice(deps, { sipUser: '1009' });
    await addPlaced(deps, other, 'theirs', minutes(118));
    expect((await ask()).placed.map(({ key }) => key)).toEqual(['just now', 'talk after all', 'talk']);
  });

  it('says how far it is complete', async () => {
    expect((await ask()).completeTo).toBeNull();
    await writeProgress(deps.store, { completeTo: 1_700_000_000_000, holes: [], backfillFrom: 1, backfilledDays: 3 });
    expect((await ask()).completeTo).toBe(1_700_000_000_000);
    const holes = [1_690_000_000_000, 1_695_000_000_000].map((from) => ({ from, to: from + 60_000 }));
    await changeProgress(deps.store, () => ({ holes }));
    expect((await ask()).completeTo).toBe(1_690_000_000_000);
  });

  it.each([
    '?limit=0',
    '?limit=101',
    '?limit=x',
    '?cursor=x',
    `?cursor=${'A'.repeat(201)}`,
    '?direction=up',
    '?from=-1',
    '?who=me',
    '?q=a&q=b',
  ])('refuses %s', async (query) => {
    expect((await send(app, device, 'GET', `/v1/history${query}`)).status).toBe(400);
  });
});
