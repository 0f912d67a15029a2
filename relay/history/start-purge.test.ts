import { expect, it, vi } from 'vitest';
import { addPlaced } from '../testing/add-placed.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice } from '../testing/device.ts';
import { mirrorRecords, outbound } from '../testing/mirror-records.ts';
import { purgeParties } from './purge-history.ts';
import { createPurge, startPurge } from './start-purge.ts';

const day = 86_400_000;

describeOnEngines('the purge', (make) => {
  it('forgets old calls and their numbers, though AntBuddy does not answer', async () => {
    const deps = await make();
    const device = await addDevice(deps, { sipUser: '1001' });
    const old = deps.now() - 366 * day;
    await mirrorRecords(deps, outbound('0912345678', { unix_timestamp: old / 1000 }), outbound('0987654321'));
    await addPlaced(deps, device, 'a', { created_at: old });
    const ended = new AbortController();
    const purge = startPurge(deps, ended.signal);
    await vi.waitFor(async () => {
      expect(await deps.store.selectFrom('history').select('callee_number').execute()).toEqual([{ callee_number: '0987654321' }]);
      expect(await deps.store.selectFrom('calls').select('number').execute()).toEqual([{ number: '' }]);
    }, 10_000);
    ended.abort();
    await purge;
  });

  it.each([
    ['after a company was closed for two weeks', 14, 0],
    ['not by a clock that is a month ahead', 31, 1],
    ['not by one that is years ahead', 1500, 1],
  ])('forgets old calls, numbers and notes %s', async (_, aheadDays, left) => {
    const deps = await make();
    const device = await addDevice(deps, { sipUser: '1001' });
    const old = deps.now() - 364 * day;
    await mirrorRecords(deps, outbound('0912345678', { unix_timestamp: old / 1000 }), outbound('0987654321'));
    await addPlaced(deps, device, 'a', { created_at: old });
    await deps.store
      .insertInto('notes')
      .values({
        agent_id: device.agentId,
        subject: 'a',
        number: '',
        text: 'x',
        search: 'x',
        version: 1,
        called_at: old,
        updated_at: old,
      })
      .execute();
    deps.advance(aheadDays * day);
    await createPurge(deps).step(new AbortController().signal);
    const { store } = deps;
    const kept = await Promise.all([
      store.selectFrom('history').select('id').where('started_at', '=', old).execute(),
      store.selectFrom('calls').select('key').where('number', '!=', '').execute(),
      store.selectFrom('notes').select('subject').execute(),
    ]);
    expect(kept.map(({ length }) => length)).toEqual([left, left, left]);
  });

  it('goes on in a company that left AntBuddy, by the time that relays lived through', async () => {
    const deps = await make();
    const old = deps.now() - 355 * day;
    await mirrorRecords(deps, outbound('0912345678', { unix_timestamp: old / 1000 }), outbound('0987654321'));
    const isKept = async () => (await deps.store.selectFrom('history').select('id').execute()).length === 2;
    const seen: [days: number, isKept: boolean][] = [];
    // The 1500 days are a clock set years ahead; they count as a long weekend only.
    for (const days of [22, 1500, 1, 1, 4, 1]) {
      deps.advance(days * day);
      const purge = createPurge(deps);
      await purge.step(new AbortController().signal);
      await purge.end();
      seen.push([days, await isKept()]);
    }
    expect(seen).toEqual([
      [22, true],
      [1500, true],
      [1, true],
      [1, true],
      [4, true],
      [1, false],
    ]);
  });

  it('of placed calls goes by the time that relays lived through where AntBuddy never told of any', async () => {
    const deps = await make();
    const device = await addDevice(deps, { sipUser: '1001' });
    const seen: [days: number, isKept: boolean][] = [];
    const look = async (days: number) => {
      deps.advance(days * day);
      const purge = createPurge(deps);
      await purge.step(new AbortController().signal);
      await purge.end();
      const { number } = await deps.store.selectFrom('calls').select('number').executeTakeFirstOrThrow();
      seen.push([days, number !== '']);
    };
    await addPlaced(deps, device, 'a', { created_at: deps.now() - 340 * day });
    // The clock is set years ahead, then corrected.
    for (const days of [0, 3, 1500, -1500, 4, 4, 4, 4, 4, 4]) await look(days);
    expect(seen.map(([, isKept]) => isKept)).toEqual([true, true, true, true, true, true, true, true, true, false]);
  });

  it.each([
    ['user names that were replaced', { username: 'an.moi' }, {}],
    ['numbers that were read in another region', {}, { homeRegion: 'US' }],
  ])('forgets old calls under %s', async (_what, named, config) => {
    const deps = await make();
    const old = { unix_timestamp: (deps.now() - 366 * day) / 1000 };
    await mirrorRecords(deps, outbound('0912345678', old), outbound('0987654321'));
    await mirrorRecords(
      deps,
      outbound('0912345678', { ...old, caller: { number: '1001', type: 'user', username: 'an', ...named } }),
    );
    await createPurge({ ...deps, config: { ...deps.config, ...config } }).step(new AbortController().signal);
    const left = await deps.store.selectFrom('history_parties').select(['party', 'started_at']).orderBy('party').execute();
    expect(left).toEqual(
      ['number:+84987654321', 'number:1001', 'user:mailan'].map((party) => ({ party, started_at: deps.now() - 1000 })),
    );
  });

  it('looks at every party, however many there are', async () => {
    const deps = await make();
    const old = deps.now() - 366 * day;
    const call = {
      status: '',
      duration_seconds: 0,
      billing_seconds: 0,
      recorded: 0,
      peer_number: '',
      peer_name: null,
      search: '',
    } as const;
    const row = (party: number, started_at: number) =>
      ({
        ...call,
        party: `user:${party}`,
        started_at,
        history_id: String(party),
        direction: 'outbound',
        disposition: 'other',
      }) as const;
    const parties = Array.from({ length: 450 }, (_, party) => party);
    const rows = parties.flatMap((party) => [...(party % 7 ? [row(party, old)] : []), row(party, deps.now())]);
    for (let from = 0; from < rows.length; from += 100)
      await deps.store
        .insertInto('history_parties')
        .values(rows.slice(from, from + 100))
        .execute();
    await purgeParties(deps, deps.now());
    const left = await deps.store.selectFrom('history_parties').select('started_at').execute();
    expect(left).toEqual(parties.map(() => ({ started_at: deps.now() })));
  });

  it('is left to one relay at a time, and ends with its relay', async () => {
    const deps = await make();
    const old = deps.now() - 366 * day;
    await mirrorRecords(deps, outbound('0912345678', { unix_timestamp: old / 1000 }), outbound('0987654321'));
    const mirrored = async () => (await deps.store.selectFrom('history').select('id').execute()).length;
    const [first, second] = [createPurge(deps), createPurge(deps)];
    await first.step(AbortSignal.abort());
    expect(await mirrored()).toBe(2);
    const goesOn = new AbortController().signal;
    await second.step(goesOn);
    expect(await mirrored()).toBe(2);
    await first.end();
    await second.step(goesOn);
    expect(await mirrored()).toBe(1);
  });
});
