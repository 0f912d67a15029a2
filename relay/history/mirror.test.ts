import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HistoriesQuery } from '../antbuddy/antbuddy-client.ts';
import { RelayError } from '../http/relay-error.ts';
import { createLogger } from '../logging.ts';
import { readState } from '../store/state.ts';
import { StoreError } from '../store/store-error.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice } from '../testing/device.ts';
import type { TestDeps } from '../testing/make-deps.ts';
import { sampleCall } from '../testing/sample-call.ts';
import { backfillAgain } from './backfill-again.ts';
import { tellCallNews } from './call-news.ts';
import { createLease } from './lease.ts';
import { createHistoryMirror, type HistoryMirror } from './mirror.ts';
import { changeProgress, dayMs, readMirrorStatus } from './mirror-status.ts';
import { purgeHistory } from './purge-history.ts';
import { startHistoryMirror } from './start-history-mirror.ts';

interface Sent {
  unix_timestamp: number;
  [field: string]: unknown;
}
const never = new AbortController().signal;
let deps: TestDeps;
let records: Sent[];
let asked: HistoriesQuery[];
/** Runs before a page is answered; may change the records or throw. */
let onPage: (query: HistoriesQuery) => void;

const record = (ageMs: number, change: Record<string, unknown> = {}): Sent => ({
  caller: { number: '1001', type: 'user', username: 'mailan' },
  callee: { number: '0912345678', type: 'realnumber' },
  class: 'trunking',
  did_number: null,
  direction: 'from_ab',
  status_detail: 'SUCCESS',
  duration_seconds: 50,
  billing_seconds: 43,
  recording: 'a.mp3',
  unix_timestamp: Math.floor((deps.now() - ageMs) / 1000),
  ...change,
});
const many = (count: number, ageMs: number, stepMs = 1_000) =>
  Array.from({ length: count }, (_, turn) => record(ageMs + turn * stepMs));

/** Newest first and filtered by time, as AntBuddy answers. */
async function listHistories(query: HistoriesQuery) {
  asked.push(query);
  onPage(query);
  const inside = records.filter(({ unix_timestamp: s }) => s * 1000 >= query.from && s * 1000 <= query.to);
  const sorted = inside.sort((a, b) => b.unix_timestamp - a.unix_timestamp);
  return sorted.slice((query.page - 1) * query.limit, query.page * query.limit);
}
const mirrored = () => deps.store.selectFrom('history').selectAll().orderBy('started_at', 'desc').execute();

describeOnEngines('the history mirror', (make) => {
  beforeEach(async () => {
    deps = await make({ antbuddy: { listHistories }, config: { sweepSeconds: 60 } });
    records = [];
    asked = [];
    onPage = () => {};
  });

  it('reads the last day first, then 31 days newest first, and ends', async () => {
    records = many(31 * 24, 1_800_000, 3_600_000);
    const mirror = createHistoryMirror(deps);
    expect(await readMirrorStatus(deps.store)).toEqual({ completeTo: null, backfilled: 0 });
    await mirror.sweep(never);
    expect(await mirrored()).toHaveLength(24);
    expect(await readMirrorStatus(deps.store)).toEqual({ completeTo: deps.now(), backfilled: 0 });
    const oldest: number[] = [];
    while (await mirror.backfillDay(never)) oldest.push((await mirrored()).at(-1)?.started_at ?? 0);
    expect(oldest).toEqual([...oldest].sort((a, b) => b - a));
    expect(await mirrored()).toHaveLength(31 * 24);
    expect((await readMirrorStatus(deps.store)).backfilled).toBe(1);
    expect(
      asked.every(({ from, to, limit }) => to - from <= 31 * dayMs && from >= deps.now() - 31 * dayMs && limit === 100),
    ).toBe(true);
    expect(await mirror.backfillDay(never)).toBe(false);
  });

  it('freezes the end of a sweep and pages until a page is short', async () => {
    records = many(250, 60_000);
    await createHistoryMirror(deps).sweep(never);
    expect(asked.map(({ page }) => page)).toEqual([1, 2, 3]);
    expect(new Set(asked.map(({ to }) => to))).toEqual(new Set([deps.now()]));
    expect(await mirrored()).toHaveLength(250);
  });

  it('loses nothing when records arrive between two pages', async () => {
    records = many(350, 600_000);
    let late = 0;
    onPage = ({ page }) => {
      late += 1;
      if (page > 1) records.push(record(1_000 * late), record(60_000 + late * 1_000));
    };
    const mirror = createHistoryMirror(deps);
    await mirror.sweep(never);
    onPage = () => {};
    deps.advance(60_000);
    await mirror.sweep(never);
    expect(await mirrored()).toHaveLength(records.length);
  });

  it.each([
    ['10 minutes', 600_000, 60_000],
    ['100 minutes', 6_000_000, 600_000],
    ['30 hours', 108_000_000, 6 * 3_600_000],
  ])('finds a record that is %s late', async (_name, ageMs, waitMs) => {
    const mirror = createHistoryMirror(deps);
    await mirror.sweep(never);
    records.push(record(ageMs));
    deps.advance(waitMs);
    await mirror.sweep(never);
    expect(await mirrored()).toHaveLength(1);
  });

  it('takes a later copy of a call for the same call, and forgets no recording', async () => {
    const mirror = createHistoryMirror(deps);
    const ringing = record(5_000, { status_detail: 'IVR', duration_seconds: 0, billing_seconds: 0, recording: null });
    for (const change of [
      {},
      { status_detail: 'SUCCESS', duration_seconds: 9, billing_seconds: 7, recording: 'b.mp3' },
      { recording: null },
    ]) {
      Object.assign(ringing, change);
      records = [ringing];
      await mirror.sweep(never);
    }
    expect(await mirrored()).toMatchObject([{ status: 'SUCCESS', duration_seconds: 9, billing_seconds: 7, recording: 'b.mp3' }]);
    expect(await deps.store.selectFrom('history_parties').selectAll().orderBy('party').execute()).toMatchObject([
      { party: 'number:+84912345678', disposition: 'answered', recorded: 1, peer_number: '1001', peer_name: 'mailan' },
      {
        party: 'number:1001',
        disposition: 'answered',
        recorded: 1,
        peer_number: '+84912345678',
        search: '0912345678 84912345678',
      },
      { party: 'user:mailan', disposition: 'answered', recorded: 1 },
    ]);
  });

  it.each<[string, copy: Record<string, unknown>, kept: Record<string, unknown>]>([
    ['nothing', { status_detail: null, duration_seconds: null, billing_seconds: null }, {}],
    ['no status', { status_detail: '' }, {}],
    ['a duration alone', { status_detail: '', billing_seconds: 0 }, {}],
    ['another end, and no talk', { status_detail: 'CANCELLED', billing_seconds: 0 }, {}],
    ['a longer talk', { billing_seconds: 49 }, { billing_seconds: 49 }],
    ['another status', { status_detail: 'ERROR' }, { status: 'ERROR' }],
    ['a recording alone', { status_detail: null, billing_seconds: null, recording: 'b.mp3' }, { recording: 'b.mp3' }],
  ])('keeps of a call what a later copy that tells of %s lacks', async (_what, copy, kept) => {
    const mirror = createHistoryMirror(deps);
    records = [record(5_000)];
    await mirror.sweep(never);
    records = [record(5_000, copy)];
    await mirror.sweep(never);
    const said = { status: 'SUCCESS', duration_seconds: 50, billing_seconds: 43, recording: 'a.mp3', ...kept };
    expect(await mirrored()).toMatchObject([said]);
    const { recording: _recording, ...seen } = said;
    const own = deps.store.selectFrom('history_parties').selectAll().where('party', '=', 'user:mailan');
    const disposition = said.status === 'SUCCESS' ? 'answered' : 'failed';
    expect(await own.executeTakeFirst()).toMatchObject({ ...seen, disposition });
  });

  it.each([
    ['a talk and none', { billing_seconds: 43 }, { status_detail: 'BUSY', billing_seconds: 0 }, 'SUCCESS'],
    ['none and a talk', { status_detail: 'BUSY', billing_seconds: 0 }, { billing_seconds: 43 }, 'SUCCESS'],
    ['nothing to tell them apart by', { status_detail: 'BUSY' }, { status_detail: 'ERROR' }, 'ERROR'],
  ])('decides once between two records of one call with %s', async (_what, first, second, status) => {
    const mirror = createHistoryMirror(deps);
    records = [record(5_000, first), record(5_000, second)];
    const writtenAt = deps.now();
    for (let turn = 0; turn < 3; turn += 1) {
      await mirror.sweep(never);
      expect(await mirrored()).toMatchObject([{ status, updated_at: writtenAt }]);
      deps.advance(1_000);
    }
  });

  it('writes nothing when nothing changed', async () => {
    records = many(30, 60_000);
    const mirror = createHistoryMirror(deps);
    await mirror.sweep(never);
    const before = await mirrored();
    deps.advance(30_000);
    await mirror.sweep(never);
    expect(await mirrored()).toEqual(before);
  });

  it('passes over records that it cannot read', async () => {
    records = [record(1_000), record(2_000, { caller: null }), record(3_000, { did_number: { odd: 1 }, more: 'x' })];
    await createHistoryMirror(deps).sweep(never);
    expect(await mirrored()).toHaveLength(2);
  });

  /** Sweeps until one ends, and gives what broke the others off. */
  const sweepOn = async (mirror: HistoryMirror) => {
    const causes = new Set<unknown>();
    const isOver = () =>
      mirror.sweep(never).then(
        () => true,
        (error: RelayError) => {
          causes.add(`${error.code}: ${error.cause}`);
          return false;
        },
      );
    for (let turn = 0; !(await isOver()); turn += 1) if (turn > 50) throw new Error('No sweep ends.');
    return [...causes];
  };

  it('passes over records that it cannot read once newer ones can be read', async () => {
    records = [...many(100, 1_000), ...many(100, 2_000_000).map((one) => ({ ...one, caller: null })), ...many(30, 4_000_000)];
    expect(await sweepOn(createHistoryMirror(deps))).toEqual(['upstream_malformed: no record can be read: unreadable caller']);
    expect(await mirrored()).toHaveLength(130);
    expect((await readMirrorStatus(deps.store)).completeTo).toBe(deps.now());
  });

  it('does not tell records as read that it cannot read while no newer one can be read', async () => {
    records = [...many(100, 2_000_000).map((one) => ({ ...one, caller: null })), ...many(30, 4_000_000)];
    const strange = deps.now() - 2_000_000 - 99_000;
    const mirror = createHistoryMirror(deps);
    expect(await sweepOn(mirror)).toEqual(['upstream_malformed: no record can be read: unreadable caller']);
    expect(await mirrored()).toHaveLength(30);
    expect((await readMirrorStatus(deps.store)).completeTo).toBeLessThanOrEqual(strange);
    // Holes are asked for again every six hours.
    deps.advance(6 * 3_600_000 + 1_000);
    records.push(record(1_000));
    await sweepOn(mirror);
    await sweepOn(mirror);
    expect((await readMirrorStatus(deps.store)).completeTo).toBe(deps.now());
  });

  it('tells no history as read whose records have another shape', async () => {
    records = many(40, 1_000, 3_600_000);
    const mirror = createHistoryMirror(deps);
    deps.antbuddy.listHistories = async (query) =>
      (await listHistories(query)).map(({ unix_timestamp, ...rest }) => ({ ...rest, created_at: unix_timestamp }));
    for (let turn = 0; turn < 5; turn += 1) {
      const cause = 'no record can be read: unreadable unix_timestamp';
      await expect(mirror.sweep(never)).rejects.toMatchObject({ code: 'upstream_malformed', cause });
      await expect(mirror.backfillDay(never)).rejects.toMatchObject({ code: 'upstream_malformed', cause });
    }
    expect(await readMirrorStatus(deps.store)).toEqual({ completeTo: null, backfilled: 0 });
  });

  it('says once of the records of a sweep how many it could not read, however often they come', async () => {
    const lines: unknown[] = [];
    deps.log = createLogger('warn', { write: (line) => lines.push(JSON.parse(line)) });
    records = [record(1_000), record(2_000, { caller: null }), record(3_000, { unix_timestamp: 'canary' })];
    deps.antbuddy.listHistories = async ({ page }) => (page === 1 ? records : []);
    const mirror = createHistoryMirror(deps);
    for (let turn = 0; turn < 3; turn += 1) await mirror.sweep(never);
    expect(lines).toEqual([expect.objectContaining({ count: 2, field: 'unix_timestamp' })]);
    expect(JSON.stringify(lines)).not.toContain('canary');
  });

  it('passes over one or two strange records that come alone', async () => {
    records = [record(1_000, { caller: null }), record(2_000, { caller: null })];
    const mirror = createHistoryMirror(deps);
    for (let turn = 0; turn < 5; turn += 1) await mirror.sweep(never);
    expect((await readMirrorStatus(deps.store)).completeTo).toBe(deps.now());
    records = [...records, record(3_000)];
    await mirror.sweep(never);
    records = [record(0, { caller: null })];
    await mirror.sweep(never);
    expect((await readMirrorStatus(deps.store)).completeTo).toBe(deps.now());
  });

  it.each([
    ['', '00', '006591234567', '+6591234567'],
    ['', '17100', '171006591234567', '+6591234567'],
    ['', '*9', '*96591234567', '+6591234567'],
    ['', '17100', '0912345678', '+84912345678'],
    ['', '0', '0912345678', '+84912345678'],
    ['', '17100', '17100', '17100'],
    ['9', '00', '90912345678', '+84912345678'],
    // Read with the prefix 9, a Hanoi number would look like one of Antalya.
    ['9', '00', '902422345678', '+842422345678'],
    ['9', '00', '9006591234567', '+6591234567'],
    ['9', '00', '0912345678', '+84912345678'],
    ['9', '00', '919001234', '19001234'],
    ['9', '00', '1001', '1001'],
  ])('reads back, dialled with %s and abroad %s, %s', async (dialPrefix, internationalPrefix, number, peer) => {
    Object.assign(deps.config, { dialPrefix, internationalPrefix });
    records = [record(5_000, { callee: { number, type: 'realnumber' } })];
    await createHistoryMirror(deps).sweep(never);
    const own = deps.store.selectFrom('history_parties').select('peer_number').where('party', '=', 'user:mailan');
    expect(await own.execute()).toEqual([{ peer_number: peer }]);
    await purgeHistory(deps, deps.now() + 400 * dayMs);
    expect(await deps.store.selectFrom('history_parties').select('party').execute()).toEqual([]);
  });

  it('keeps a name that a later copy leaves out, and finds the call by it', async () => {
    const named = { number: '0912345678', type: 'user', username: 'Hà' };
    const mirror = createHistoryMirror(deps);
    records = [record(5_000, { callee: named, billing_seconds: 0 })];
    await mirror.sweep(never);
    records = [record(5_000, { callee: { ...named, username: null } })];
    await mirror.sweep(never);
    const row = await deps.store
      .selectFrom('history_parties')
      .select(['peer_name', 'search', 'billing_seconds'])
      .where('party', '=', 'user:mailan')
      .executeTakeFirst();
    expect(row).toEqual({ peer_name: 'Hà', search: '0912345678 84912345678 ha', billing_seconds: 43 });
  });

  it('refuses an upstream that gives the same page again and again', async () => {
    const same = many(100, 60_000);
    deps.antbuddy.listHistories = async () => same;
    await expect(createHistoryMirror(deps).sweep(never)).rejects.toMatchObject({ code: 'upstream_malformed' });
    expect((await readMirrorStatus(deps.store)).completeTo).toBeNull();
  });

  it.each([1, 2, 3, 4, 5, 6, 7])('resumes after it broke at page %i, without a gap', async (breakAt) => {
    records = many(5 * 120, 1_000, dayMs / 130);
    let page = 0;
    onPage = () => {
      page += 1;
      if (page === breakAt) throw new RelayError('upstream_busy');
    };
    const run = async () => {
      const mirror = createHistoryMirror(deps);
      await mirror.sweep(never);
      while (await mirror.backfillDay(never));
    };
    await expect(run()).rejects.toMatchObject({ code: 'upstream_busy' });
    deps.advance(2 * dayMs);
    records.push(...many(20, 1_000, 60_000));
    await run();
    expect(await mirrored()).toHaveLength(records.length);
    expect(await readMirrorStatus(deps.store)).toEqual({ completeTo: deps.now(), backfilled: 1 });
  });

  it.each([1, 2, 3])('goes on after the store failed at page %i of a sweep, and of the backfill', async (failAt) => {
    const { store } = deps;
    const fullDisk = new Proxy(store, {
      get() {
        throw new StoreError('the disk is full');
      },
    });
    const run = async (work: () => Promise<unknown>) => {
      onPage = ({ page }) => {
        deps.store = page === failAt ? fullDisk : store;
      };
      await expect(work()).rejects.toThrow('the disk is full');
      deps.store = store;
      onPage = () => {};
      await work();
    };
    records = [...many(250, 60_000), ...many(250, dayMs + 60_000)];
    const mirror = createHistoryMirror(deps);
    await run(() => mirror.sweep(never));
    expect(await mirrored()).toHaveLength(250);
    await run(() => mirror.backfillDay(never));
    expect(await mirrored()).toHaveLength(500);
  });

  it('closes the gap of a stop of days, and tells only what it has read', async () => {
    const mirror = createHistoryMirror(deps);
    await mirror.sweep(never);
    const stopped = deps.now();
    deps.advance(3 * dayMs);
    records = many(300, 1_000, 3 * dayMs * 0.003);
    let pages = 0;
    onPage = () => {
      pages += 1;
      if (pages === 4) throw new RelayError('upstream_unreachable');
    };
    await expect(mirror.sweep(never)).rejects.toMatchObject({ code: 'upstream_unreachable' });
    const { completeTo } = await readMirrorStatus(deps.store);
    expect(completeTo).toBeGreaterThan(stopped);
    expect(completeTo).toBeLessThan(deps.now());
    await mirror.sweep(never);
    expect(await mirrored()).toHaveLength(300);
  });

  describe('a call that AntBuddy cannot give', () => {
    let bad: Sent | undefined;
    let tries: number;
    beforeEach(() => {
      deps.antbuddy.listHistories = async (query) => {
        const page = await listHistories(query);
        if (bad && page.includes(bad)) throw new RelayError('upstream_failed');
        return page;
      };
    });
    const untilDone = async <Done>(work: () => Promise<Done>): Promise<Done> => {
      for (tries = 1; ; tries += 1) {
        const done = await work().catch((error: unknown) => {
          if (error instanceof RelayError && tries < 20) return null;
          throw error;
        });
        if (done !== null) return done;
      }
    };

    it.each([
      ['of now', 1],
      ['of before', 250],
    ])('%s keeps no others from being read, and is said to be missing until it comes', async (_when, at) => {
      records = many(400, 90_000, 60_000);
      bad = records[at];
      const mirror = createHistoryMirror(deps);
      await untilDone(() => mirror.sweep(never));
      expect(tries).toBeLessThanOrEqual(4);
      expect((await mirrored()).length).toBeGreaterThanOrEqual(397);
      const startedAt = (bad?.unix_timestamp ?? 0) * 1000;
      const { completeTo } = await readMirrorStatus(deps.store);
      expect(completeTo).toBeLessThanOrEqual(startedAt);
      expect(completeTo).toBeGreaterThan(startedAt - 120_000);

      for (let minute = 0; minute < 30; minute += 1) {
        deps.advance(60_000);
        records.push(record(1_000));
        await mirror.sweep(never);
        expect((await mirrored())[0]?.started_at).toBe((records.at(-1)?.unix_timestamp ?? 0) * 1000);
      }
      expect((await readMirrorStatus(deps.store)).completeTo).toBe(completeTo);

      bad = undefined;
      deps.advance(6 * 3_600_000);
      await mirror.sweep(never);
      expect(await mirrored()).toHaveLength(430);
      expect((await readMirrorStatus(deps.store)).completeTo).toBe(deps.now());
    });

    it('does not stop the backfill, and is given up once it is too old to be asked for', async () => {
      records = many(31 * 24, 1_800_000, 3_600_000);
      bad = records[5 * 24];
      const mirror = createHistoryMirror(deps);
      await mirror.sweep(never);
      while (await untilDone(() => mirror.backfillDay(never)));
      expect(await mirrored()).toHaveLength(31 * 24 - 1);
      const { completeTo, backfilled } = await readMirrorStatus(deps.store);
      expect(backfilled).toBe(1);
      expect(completeTo).toBeLessThan(deps.now() - 5 * dayMs);

      deps.advance(27 * dayMs);
      await untilDone(() => mirror.sweep(never));
      expect((await readMirrorStatus(deps.store)).completeTo).toBe(deps.now());
    });

    it('is not what an AntBuddy is taken for that gives nothing at all', async () => {
      records = many(400, 90_000, 60_000);
      const mirror = createHistoryMirror(deps);
      onPage = ({ page }) => {
        if (page > 1) onPage = fail;
      };
      const fail = () => {
        throw new RelayError('upstream_unreachable');
      };
      for (let turn = 0; turn < 5; turn += 1)
        await expect(mirror.sweep(never)).rejects.toMatchObject({ code: 'upstream_unreachable' });
      onPage = () => {};
      await mirror.sweep(never);
      expect(await mirrored()).toHaveLength(400);
      expect((await readMirrorStatus(deps.store)).completeTo).toBe(deps.now());
    });
  });

  it('survives a clock that was set back', async () => {
    const mirror = createHistoryMirror(deps);
    await mirror.sweep(never);
    deps.advance(-3_600_000);
    records = [record(1_000)];
    await mirror.sweep(never);
    expect(await mirrored()).toHaveLength(1);
    // Completeness is never claimed for the future.
    expect(await readMirrorStatus(deps.store)).toMatchObject({ completeTo: deps.now() });
  });

  it('forgets calls that are older than the policy keeps them', async () => {
    records = [record(1_000), record(2_000, { caller: { number: '0987654321', type: '' } })];
    await createHistoryMirror(deps).sweep(never);
    deps.advance(365 * dayMs - 1_500);
    expect(await purgeHistory(deps, deps.now())).toBe(1);
    expect(await mirrored()).toHaveLength(1);
    expect(await deps.store.selectFrom('history_parties').select('party').orderBy('party').execute()).toEqual([
      { party: 'number:+84912345678' },
      { party: 'number:1001' },
      { party: 'user:mailan' },
    ]);
  });

  describe('linking', () => {
    const place = async (key: string, state: 'accepted' | 'unknown' | 'rejected', ageMs: number) => {
      const at = deps.now() - ageMs;
      const { deviceId, agentId } = agent;
      const row = {
        device_id: deviceId,
        key,
        agent_id: agentId,
        payload_hash: '',
        number: '+84912345678',
        dialled: '0912345678',
        surface: 'page',
      };
      const rest = {
        site: null,
        reason_code: null,
        answer_status: 201,
        answer_body: '{}',
        clicked_at: at,
        created_at: at,
        deadline_at: at,
        settled_at: at,
      };
      await deps.store
        .insertInto('calls')
        .values({ ...row, ...rest, state, same_as: null, history_id: null })
        .execute();
    };
    const linked = async () => {
      const calls = await deps.store
        .selectFrom('calls')
        .leftJoin('history', 'history.id', 'calls.history_id')
        .select(['key', 'state', 'started_at'])
        .orderBy('key')
        .execute();
      return Object.fromEntries(calls.map(({ key, started_at: at }) => [key, at === null ? null : deps.now() - at]));
    };
    let agent: { deviceId: string; agentId: string };
    beforeEach(async () => {
      agent = await addDevice(deps, { username: 'mailan', sipUser: '1001' });
    });

    it('finds each placed call once, the nearest first, and no rejected one', async () => {
      await place('a', 'accepted', 120_000);
      await place('b', 'unknown', 30_000);
      await place('c', 'rejected', 29_000);
      records = [record(118_000), record(28_000)];
      await createHistoryMirror(deps).sweep(never);
      expect(await linked()).toEqual({ a: 118_000, b: 28_000, c: null });
      expect(await deps.store.selectFrom('calls').select('state').where('key', '=', 'b').executeTakeFirst()).toEqual({
        state: 'unknown',
      });
    });

    it.each<[string, clicks: number[], records: number[], linked: (number | null)[]]>([
      ['a click that came to nothing leaves the call to the next', [100_000, 60_000], [55_000], [null, 55_000]],
      ['a click that came to nothing after it takes none', [100_000, 60_000], [95_000], [95_000, null]],
      ['two clicks and two calls', [100_000, 60_000], [95_000, 55_000], [95_000, 55_000]],
      ['two clicks and two calls, rung for long', [100_000, 60_000], [72_000, 32_000], [72_000, 32_000]],
      ['three clicks and two calls', [140_000, 100_000, 60_000], [135_000, 50_000], [135_000, null, 50_000]],
      ['a clock that is behind', [100_000], [130_000], [130_000]],
    ])('%s', async (_what, clicks, started, calls) => {
      for (const [at, ageMs] of clicks.entries()) await place(String(at), at === 0 ? 'unknown' : 'accepted', ageMs);
      records = started.map((ageMs) => record(ageMs));
      await createHistoryMirror(deps).sweep(never);
      expect(Object.values(await linked())).toEqual(calls);
    });

    it('finds calls that were placed since a sweep began that breaks off again and again', async () => {
      const mirror = createHistoryMirror(deps);
      const began = deps.now();
      // The newest minutes, which end later, are returned all the same.
      onPage = ({ to }) => {
        if (to <= began) throw new RelayError('upstream_failed');
      };
      await expect(mirror.sweep(never)).rejects.toThrow(RelayError);
      deps.advance(10 * 60_000);
      await place('a', 'accepted', 60_000);
      records = [record(55_000)];
      await expect(mirror.sweep(never)).rejects.toThrow(RelayError);
      expect(await linked()).toEqual({ a: 55_000 });
    });

    it('finds a call that went on for long soon after its end', async () => {
      const mirror = createHistoryMirror(deps);
      await place('a', 'accepted', 40 * 60_000);
      await mirror.sweep(never);
      deps.advance(2 * 60_000);
      records = [record(42 * 60_000 - 5_000)];
      await mirror.sweep(never);
      expect(await linked()).toEqual({ a: 42 * 60_000 - 5_000 });
    });

    it.each<[string, (mirror: HistoryMirror) => Promise<unknown>, days: number]>([
      ['that was down for days', (mirror) => mirror.sweep(never), 3],
      ['that reads a hole later', (mirror) => mirror.sweep(never), 5],
      [
        'that reads all days again',
        async (mirror) => {
          deps.advance(4 * dayMs);
          await backfillAgain(deps);
          while (await mirror.backfillDay(never));
        },
        12,
      ],
    ])('finds old calls in a mirror %s', async (what, reads, days) => {
      const mirror = createHistoryMirror(deps);
      const linkDays = async () => {
        while (mirror.hasUnlinkedDay()) await mirror.linkDay();
      };
      await mirror.sweep(never);
      while (await mirror.backfillDay(never));
      await linkDays();
      deps.advance(days * dayMs);
      const click = days * dayMs - 3_600_000;
      await place('a', 'accepted', click);
      if (what.includes('hole')) {
        await changeProgress(deps.store, () => ({
          completeTo: deps.now(),
          holes: [{ from: deps.now() - click - 60_000, to: deps.now() - click + 60_000 }],
        }));
      } else if (what.includes('again')) {
        await changeProgress(deps.store, () => ({ completeTo: deps.now() }));
        await mirror.sweep(never);
      }
      const at = deps.now();
      records = [record(click - 5_000)];
      await reads(mirror);
      await linkDays();
      expect(await linked()).toEqual({ a: click - 5_000 + deps.now() - at });
    });

    it('leaves a call to what another relay has linked it to meanwhile', async () => {
      await place('a', 'accepted', 30_000);
      records = [record(29_000)];
      const begin = deps.store.transaction.bind(deps.store);
      const mirror = createHistoryMirror(deps);
      onPage = () => {
        // The first transaction writes the page, the second the links.
        vi.spyOn(deps.store, 'transaction')
          .mockImplementationOnce(begin)
          .mockImplementationOnce(() => {
            const turn = begin();
            const execute: typeof turn.execute = async (work) => {
              await deps.store.updateTable('calls').set({ history_id: 'another' }).execute();
              return turn.execute(work);
            };
            return Object.assign(Object.create(turn), { execute });
          });
      };
      await mirror.sweep(never);
      expect(await deps.store.selectFrom('calls').select('history_id').execute()).toEqual([{ history_id: 'another' }]);
    });

    it('reads the minutes of few calls that it waits for, and not with every sweep', async () => {
      const mirror = createHistoryMirror(deps);
      const reads = async (ms: number) => {
        deps.advance(ms);
        asked = [];
        await mirror.sweep(never);
        return asked.length;
      };
      await reads(0);
      expect(await reads(120_000)).toBe(1);
      for (let turn = 1; turn <= 9; turn += 1) await place(String(turn), turn === 9 ? 'unknown' : 'accepted', turn * 16 * 60_000);
      expect(await reads(119_000)).toBe(1);
      expect(await reads(1_000)).toBe(6);
      expect(asked.slice(1).map(({ from, to }) => [deps.now() - from, to - from])).toEqual(
        [1, 2, 3, 4, 5].map((turn) => [turn * 16 * 60_000 + 120_000 + 60_000, 240_000]),
      );
      expect(await reads(60_000)).toBe(1);
    });

    it.each([
      ['of another number', { callee: { number: '0912345670', type: 'realnumber' } }],
      ['of another agent', { caller: { number: '1002', type: 'user', username: 'quochuy' } }],
      [
        'that came in',
        {
          direction: 'to_ab',
          caller: { number: '0912345678', type: 'realnumber' },
          callee: { number: '1001', type: 'user', username: 'mailan' },
        },
      ],
      ['long before', { unix_timestamp: 1_700_000_000 }],
    ])('does not take a call %s for it', async (_name, change) => {
      await place('a', 'accepted', 30_000);
      records = [record(29_000, change)];
      await createHistoryMirror(deps).sweep(never);
      expect(await linked()).toEqual({ a: null });
    });
  });

  it('links a new call however many of the day were never seen', async () => {
    const { deviceId, agentId } = await addDevice(deps, { username: 'mailan', sipUser: '1001' });
    const who = { agent_id: agentId, device_id: deviceId };
    const lost = Array.from({ length: 2_000 }, (_, turn) =>
      sampleCall({ ...who, key: `lost-${turn}`, created_at: deps.now() - 7_200_000 + turn }),
    );
    for (let start = 0; start < lost.length; start += 500)
      await deps.store
        .insertInto('calls')
        .values(lost.slice(start, start + 500))
        .execute();
    await deps.store
      .insertInto('calls')
      .values(sampleCall({ ...who, key: 'seen', created_at: deps.now() - 30_000 }))
      .execute();
    records = [record(29_000)];
    await createHistoryMirror(deps).sweep(never);
    const linked = await deps.store.selectFrom('calls').select('key').where('history_id', 'is not', null).execute();
    expect(linked).toEqual([{ key: 'seen' }]);
  });

  describe('running', () => {
    let stop: AbortController;
    let running: Promise<void>;
    let setBackMs = 0;
    const start = (leaseMs?: number, store = deps.store) => {
      setBackMs = 0;
      stop = new AbortController();
      running = startHistoryMirror({ ...deps, store, now: () => Date.now() - setBackMs }, stop.signal, leaseMs);
    };
    const until = async (condition: () => boolean | Promise<boolean>) => {
      while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    afterEach(async () => {
      stop.abort();
      await running;
    });

    it('sweeps, backfills, and stops at once', async () => {
      start();
      await until(async () => (await readMirrorStatus(deps.store)).backfilled === 1);
      stop.abort();
      await running;
      expect(asked.length).toBeGreaterThan(30);
    });

    it('leaves the histories alone while another relay holds the lease', async () => {
      const other = createLease(deps.store, 'history-mirror', 60_000, Date.now);
      expect(await other.take()).toBe(true);
      // A waiting mirror accesses the store only to try for the lease.
      let refused = 0;
      const store = deps.store.withPlugin({
        transformQuery: ({ node }) => node,
        transformResult: async ({ result }) => {
          if (result.rows.length === 0) refused += 1;
          return result;
        },
      });
      start(20, store);
      await until(() => refused >= 3);
      expect(asked).toEqual([]);
      await other.release();
      await until(() => asked.length > 0);
    });

    it('keeps the lease between its sweeps, so that no other relay reads the histories in turn', async () => {
      const other = createLease(deps.store, 'history-mirror', 60_000, Date.now);
      start(1_000);
      await until(async () => (await readMirrorStatus(deps.store)).backfilled === 1);
      // Until the lease of one second was renewed long after it would have ended.
      const renewedTo = Date.now() + 2_000;
      await until(async () => {
        expect(await other.take()).toBe(false);
        return Number.parseInt((await readState(deps.store, 'lease:history-mirror')) ?? '', 10) > renewedTo;
      });
    });

    it('goes on sweeping when the clock is set back', async () => {
      deps.config.sweepSeconds = 1;
      start();
      await until(async () => (await readMirrorStatus(deps.store)).backfilled === 1);
      setBackMs = 3_600_000;
      asked = [];
      await until(() => asked.length > 0);
      expect(asked[0]?.to).toBeLessThan(Date.now() - 3_500_000);
    }, 10_000);

    it('keeps trying after failures', async () => {
      let failures = 2;
      onPage = () => {
        failures -= 1;
        if (failures >= 0) throw new RelayError('upstream_busy');
      };
      start();
      tellCallNews(deps);
      await until(() => asked.length >= 2);
    }, 15_000);
  });
});
