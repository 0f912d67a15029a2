import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { changeAgent } from '../agents/agent-records.ts';
import { createApp } from '../app.ts';
import { HistoryPageSchema, type NoteChange, NoteSchema } from '../contract.ts';
import { linkCalls } from '../history/link-calls.ts';
import { purgeHistory } from '../history/purge-history.ts';
import { addPlaced } from '../testing/add-placed.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice, type TestDevice } from '../testing/device.ts';
import type { TestDeps } from '../testing/make-deps.ts';
import { inbound, mailan, mirrorRecords, outbound, quochuy } from '../testing/mirror-records.ts';
import { send } from '../testing/send.ts';

let deps: TestDeps;
let app: ReturnType<typeof createApp>;
let device: TestDevice;

async function put(subject: string, change: Partial<NoteChange>, version: number | null = 0, from = device) {
  const headers: Record<string, string> = version === null ? {} : { 'if-match': `"${version}"` };
  return send(app, from, 'PUT', `/v1/notes/${subject}`, { json: { text: '', outcome: null, ...change }, headers });
}
async function saved(...request: Parameters<typeof put>) {
  const answer = await put(...request);
  expect(answer.status).toBe(200);
  return v.parse(NoteSchema, await answer.json());
}
async function refusal(...request: Parameters<typeof put>) {
  const answer = await put(...request);
  return [answer.status, (await answer.json()).error.code];
}
async function read(subject: string, from = device) {
  return v.parse(NoteSchema, await (await send(app, from, 'GET', `/v1/notes/${subject}`)).json());
}
async function history(query = '', from = device) {
  return v.parse(HistoryPageSchema, await (await send(app, from, 'GET', `/v1/history${query}`)).json());
}
const notes = async (query?: string) => (await history(query)).calls.map(({ note }) => note?.text ?? null);

describeOnEngines('notes', (make) => {
  beforeEach(async () => {
    deps = await make();
    app = createApp(deps);
    device = await addDevice(deps, { username: 'mailan', sipUser: '1001' });
  });

  it('stand at their call in the history', async () => {
    const [id = ''] = await mirrorRecords(deps, outbound('0912345678'), outbound('0987654321'));
    const note = await saved(id, { text: '  00:42 asks for the price \n', outcome: 'call_later' });
    expect(note).toEqual({ text: '00:42 asks for the price', outcome: 'call_later', version: 1, updatedAt: deps.now() });
    expect((await history()).calls.map((call) => call.note)).toEqual([note, null]);
    expect(await read(id)).toEqual(note);
  });

  it('are the agent’s own: two agents on one call have two', async () => {
    const other = await addDevice(deps, { username: 'quochuy', sipUser: '1002' });
    const [id = '', theirs = ''] = await mirrorRecords(
      deps,
      { caller: mailan, callee: quochuy, class: 'one_one', direction: 'from_ab' },
      outbound('0912345678', { caller: quochuy }),
    );
    await saved(id, { text: 'mine' });
    expect((await history('', other)).calls.map(({ note }) => note)).toEqual([null, null]);
    await saved(id, { text: 'theirs' }, 0, other);
    expect([(await read(id)).text, (await read(id, other)).text]).toEqual(['mine', 'theirs']);
    expect(await refusal(theirs, { text: 'x' })).toEqual([404, 'call_not_found']);
    expect((await send(app, device, 'GET', `/v1/notes/${theirs}`)).status).toBe(404);
  });

  it('change for the version they were made from, also when many change at once', async () => {
    const [id = ''] = await mirrorRecords(deps, outbound('0912345678'));
    expect(await refusal(id, { text: 'a' }, null)).toEqual([428, 'version_missing']);
    expect(await refusal(id, { text: 'a' }, 1)).toEqual([412, 'version_conflict']);
    const first = await Promise.all(Array.from({ length: 8 }, (_, turn) => put(id, { text: `a${turn}` })));
    expect(first.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 412)]);
    const second = await Promise.all(Array.from({ length: 8 }, (_, turn) => put(id, { text: `b${turn}` }, 1)));
    expect(second.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 412)]);
    expect(await read(id)).toMatchObject({ version: 2 });
  });

  it('are written for the first time while an admin changes their agent', async () => {
    const ids = await mirrorRecords(deps, ...Array.from({ length: 5 }, () => outbound('0912345678')));
    const { agentId } = device;
    for (const [turn, id] of ids.entries()) {
      const changed = changeAgent(deps, agentId, turn + 1, { name: `Mai Lan ${turn}` }, 'agent:admin');
      await Promise.all([saved(id, { text: 'a' }), changed]);
    }
    expect(await notes()).toEqual(ids.map(() => 'a'));
  });

  it('are removed by emptying them, and an old version does not come back after that', async () => {
    const [id = ''] = await mirrorRecords(deps, outbound('0912345678'));
    await saved(id, { text: 'a' });
    expect(await saved(id, {}, 1)).toMatchObject({ text: '', outcome: null, version: 0 });
    expect(await notes()).toEqual([null]);
    expect(await read(id)).toMatchObject({ version: 0 });
    expect(await saved(id, { outcome: 'done' })).toMatchObject({ version: 3 });
    expect(await refusal(id, { text: 'of the first' }, 1)).toEqual([412, 'version_conflict']);
  });

  it.each([
    ['too long', { text: 'x'.repeat(4001) }],
    ['of an unknown outcome', { outcome: 'sold' as never }],
    ['of another field', { number: '1' } as object],
  ])('are refused when %s', async (_, change) => {
    const [id = ''] = await mirrorRecords(deps, outbound('0912345678'));
    expect((await put(id, change)).status).toBe(400);
  });

  it('take any letters', async () => {
    const [id = ''] = await mirrorRecords(deps, outbound('0912345678'));
    expect((await saved(id, { text: 'Gọi lại 😀 "x" \u0000<b>' })).text).toBe('Gọi lại 😀 "x" <b>');
  });

  describe('in a search', () => {
    beforeEach(async () => {
      const [a = '', , c = ''] = await mirrorRecords(deps, outbound('0912345678'), inbound('0987654321'), outbound('0393608879'));
      await saved(a, { text: 'Hẹn Đức thứ Hai, 100%', outcome: 'call_later' });
      await saved(c, { text: 'muốn báo giá 0987', outcome: 'reached' });
    });
    const [a, b, c] = ['+84912345678', '+84987654321', '+84393608879'];

    it.each([
      ['?q=duc', [a]],
      ['?q=HẸN', [a]],
      ['?q=bao gia', [c]],
      ['?q=0987', [b, c]],
      ['?q=100%25', [a]],
      ['?q=nobody', []],
      ['?outcome=reached', [c]],
      ['?outcome=done', []],
      ['?outcome=call_later&direction=inbound', []],
      ['?outcome=call_later&q=duc', [a]],
      ['?number=%2B84987654321', [b]],
      ['?number=%2B84987654321&direction=outbound', []],
    ])('%s', async (query, expected) => {
      const { calls, placed } = await history(query.replaceAll(' ', '%20'));
      expect([calls.map(({ peer }) => peer.number), placed]).toEqual([expected, []]);
    });
  });

  describe('on a call that was just placed', () => {
    const key = randomUUID();

    it('stand with it, and go on in the history when it is found there', async () => {
      await addPlaced(deps, device, key);
      await addPlaced(deps, device, randomUUID(), { state: 'folded', same_as: key });
      await saved(key.toUpperCase(), { text: 'rings' });
      expect((await history()).placed.map(({ note }) => note?.text)).toEqual(['rings']);
      const [id = ''] = await mirrorRecords(deps, outbound('0912345678', { unix_timestamp: deps.now() / 1000 - 50 }));
      expect(await linkCalls(deps, deps.now())).toBe(1);
      expect(await notes()).toEqual(['rings']);
      expect([await read(id), await read(key)]).toMatchObject([{ version: 1 }, { version: 1 }]);
      // A view that knows only the key so far.
      expect(await saved(key, { text: 'talked' }, 1)).toMatchObject({ version: 2 });
      expect(await notes()).toEqual(['talked']);
    });

    it('go each to its own call when several are found at once', async () => {
      const numbers = ['0912345678', '0987654321'];
      const keys = numbers.map(() => randomUUID());
      for (const [at, number] of numbers.entries()) {
        await addPlaced(deps, device, keys[at] ?? '', { number: `+84${number.slice(1)}` });
        await saved(keys[at] ?? '', { text: number });
      }
      const started = { unix_timestamp: deps.now() / 1000 - 50 };
      const ids = await mirrorRecords(deps, ...numbers.map((number) => outbound(number, started)));
      expect(await linkCalls(deps, deps.now())).toBe(2);
      const listed = (await history()).calls.filter(({ id }) => ids.includes(id));
      expect(listed.map(({ peer, note }) => [peer.number, note?.text]).sort()).toEqual([
        ['+84912345678', '0912345678'],
        ['+84987654321', '0987654321'],
      ]);
    });

    it('keep all words when the history’s call was noted too', async () => {
      await addPlaced(deps, device, key);
      const [id = ''] = await mirrorRecords(deps, outbound('0912345678', { unix_timestamp: deps.now() / 1000 - 50 }));
      await saved(key, { text: 'first', outcome: 'reached' });
      await saved(id, { text: 'second' });
      await linkCalls(deps, deps.now());
      expect(await read(id)).toMatchObject({ text: 'second\nfirst', outcome: 'reached', version: 2 });
      expect(await notes('?q=first')).toEqual(['second\nfirst']);
    });

    it.each([
      ['no_answer', 'reached', 'reached'],
      ['no_answer', 'do_not_call', 'do_not_call'],
      ['do_not_call', 'no_answer', 'do_not_call'],
    ] as const)('keep the later outcome, and a wish not to be called: %s, then %s', async (first, then, kept) => {
      await addPlaced(deps, device, key);
      const [id = ''] = await mirrorRecords(deps, outbound('0912345678', { unix_timestamp: deps.now() / 1000 - 50 }));
      await saved(id, { text: '', outcome: first });
      deps.advance(1_000);
      await saved(key, { text: '', outcome: then });
      await linkCalls(deps, deps.now());
      expect(await read(id)).toMatchObject({ outcome: kept });
    });

    it('belong to the call that a second click was folded into', async () => {
      const folded = randomUUID();
      await addPlaced(deps, device, key);
      await addPlaced(deps, device, folded, { state: 'folded', same_as: key });
      await saved(folded, { text: 'once' });
      expect(await read(key)).toMatchObject({ text: 'once' });
    });

    it('are nobody else’s', async () => {
      await addPlaced(deps, device, key);
      const other = await addDevice(deps, { sipUser: '1002' });
      expect(await refusal(key, { text: 'x' }, 0, other)).toEqual([404, 'call_not_found']);
      expect(await refusal(randomUUID(), { text: 'x' })).toEqual([404, 'call_not_found']);
      expect(await refusal('nothing', { text: 'x' })).toEqual([404, 'call_not_found']);
    });
  });

  describe('on a call that the history does not tell of', () => {
    const [offline, unheard, removed] = [randomUUID(), randomUUID(), randomUUID()];
    let [earlier, later] = ['', ''];
    const minute = 60_000;

    beforeEach(async () => {
      const at = deps.now();
      const started = (minutes: number) => ({ unix_timestamp: at / 1000 - minutes * 60 });
      [later = '', earlier = ''] = await mirrorRecords(
        deps,
        outbound('0987654321', started(30)),
        outbound('0987654321', { status_detail: 'BUSY', ...started(90) }),
      );
      const number = '+84393608879';
      const dialled = '0393608879';
      await addPlaced(deps, device, offline, { state: 'rejected', number, dialled, created_at: at - 60 * minute });
      // Too long ago for a talk that is still going on.
      await addPlaced(deps, device, unheard, { number, created_at: at - 121 * minute });
      await addPlaced(deps, device, removed, { number, created_at: at - 10 * minute });
      await addPlaced(deps, device, randomUUID(), { number, created_at: at - 20 * minute });
      for (const subject of [earlier, later, offline, unheard])
        await saved(subject, { text: 'Gọi lúc 3h', outcome: 'call_later' });
      await saved(removed, { text: 'Gọi lúc 3h', outcome: 'call_later' });
      await saved(removed, {}, 1);
      const other = await addDevice(deps, { sipUser: '1002' });
      const theirs = randomUUID();
      await addPlaced(deps, other, theirs, { number });
      await saved(theirs, { text: 'Gọi lúc 3h', outcome: 'call_later' }, 0, other);
    });

    it.each([
      ['?outcome=call_later', () => [later, offline, earlier, unheard]],
      ['?q=goi luc', () => [later, offline, earlier, unheard]],
      ['?q=0393', () => [offline]],
      ['?q=01693608879', () => [offline, unheard]],
      ['?q=0393608879&outcome=call_later', () => [offline, unheard]],
      ['?outcome=call_later&disposition=failed', () => [offline]],
      ['?outcome=call_later&disposition=other', () => [unheard]],
      ['?outcome=call_later&disposition=busy', () => [earlier]],
      ['?outcome=call_later&direction=outbound', () => [later, offline, earlier, unheard]],
      ['?outcome=call_later&direction=inbound', () => []],
      ['?outcome=call_later&recorded=true', () => []],
      ['?outcome=call_later&number=%2B84393608879', () => [offline, unheard]],
      ['?outcome=done', () => []],
      ['?q=nobody', () => []],
      ['?direction=outbound', () => [later, earlier]],
      ['', () => [later, earlier]],
    ])('are found by %s', async (query, expected) => {
      expect((await history(query.replaceAll(' ', '%20'))).calls.map(({ id }) => id)).toEqual(expected());
    });

    it('are found among days as others are, and page after page', async () => {
      const at = deps.now();
      const ids = async (query: string) => (await history(`?outcome=call_later${query}`)).calls.map(({ id }) => id);
      expect(await ids(`&from=${at - 60 * minute}`)).toEqual([later, offline]);
      expect(await ids(`&to=${at - 60 * minute}`)).toEqual([earlier, unheard]);
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page = await history(`?q=3h&limit=1${cursor && `&cursor=${cursor}`}`);
        seen.push(...page.calls.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(seen).toEqual([later, offline, earlier, unheard]);
    });

    it('stand there with what is known of it, once also when the history tells of it after all', async () => {
      const [call] = (await history('?q=0393')).calls;
      expect(call).toMatchObject({
        direction: 'outbound',
        disposition: 'failed',
        peer: { number: '+84393608879', name: null },
        startedAt: deps.now() - 60 * minute,
        hasRecording: false,
        note: { text: 'Gọi lúc 3h', outcome: 'call_later' },
      });
      await mirrorRecords(deps, outbound('0393608879', { unix_timestamp: deps.now() / 1000 - 120 * 60 }));
      expect(await linkCalls(deps, deps.now())).toBe(1);
      expect((await history('?q=0393608879')).calls.map(({ disposition }) => disposition)).toEqual(['failed', 'answered']);
    });
  });

  it('are kept as long as their calls', async () => {
    const day = 86_400_000;
    const key = randomUUID();
    await addPlaced(deps, device, key, { created_at: deps.now() - 400 * day });
    const [old = '', kept = ''] = await mirrorRecords(
      deps,
      outbound('0912345678', { unix_timestamp: deps.now() / 1000 - 400 * 86_400 }),
      outbound('0987654321'),
    );
    await saved(old, { text: 'old' });
    await saved(kept, { text: 'kept' });
    await saved(key, { text: 'placed' });
    await purgeHistory(deps, deps.now());
    const rows = await deps.store.selectFrom('notes').select('text').execute();
    expect(rows).toEqual([{ text: 'kept' }]);
  });

  it('are in the audit without their words', async () => {
    const [id = ''] = await mirrorRecords(deps, outbound('0912345678'));
    await saved(id, { text: 'canary-9' });
    await saved(id, {}, 1);
    const lines = await deps.store.selectFrom('audit').selectAll().orderBy('seq').execute();
    const actor = `agent:${device.agentId}`;
    expect(lines).toMatchObject([
      { actor, action: 'note.write', subject: `call:${id}` },
      { actor, action: 'note.remove', subject: `call:${id}` },
    ]);
    expect(JSON.stringify(lines)).not.toContain('canary');
  });
});
