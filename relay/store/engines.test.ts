import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { changeAgent, createAgent, listAgents, revokeDevice } from '../agents/agent-records.ts';
import { hashToken } from '../agents/device-token.ts';
import { createEnrolment, redeemEnrolment } from '../agents/enrolments.ts';
import { replaceLostKey } from '../agents/replace-lost-key.ts';
import { rotateRelayKey } from '../agents/rotate-key.ts';
import { sipCredentialsOf } from '../agents/sip-credentials.ts';
import { readAuditLines, verifyAudit } from '../audit/read-audit.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { RedeemResponse } from '../contract.ts';
import { RelayError } from '../http/relay-error.ts';
import { collect } from '../testing/collect.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice } from '../testing/device.ts';
import type { TestDeps } from '../testing/make-deps.ts';
import { CountAgain, countDown, countUp, findFull, purgeCounters, respread } from './counters.ts';
import { isShared } from './is-shared.ts';
import { ensureRelayKey } from './key-check.ts';
import type { Store } from './open-store.ts';
import { isUniqueViolation, StoreError } from './store-error.ts';

const refusedWith = (code: string) => expect.objectContaining({ name: 'RelayError', code });
const anyone = { role: 'agent', username: null, sipUser: null } as const;

/** Counts the fulfilled promises and lists the codes of the rejected ones. */
async function tally(promises: Promise<unknown>[]): Promise<{ kept: number; codes: string[] }> {
  const results = await Promise.allSettled(promises);
  const codes = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason instanceof RelayError ? result.reason.code : String(result.reason)] : [],
  );
  return { kept: results.length - codes.length, codes: [...new Set(codes)] };
}

async function untilSomeoneWaits(store: Store): Promise<void> {
  for (;;) {
    const { rows } =
      await sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(store);
    if (rows.length > 0) return;
  }
}

describeOnEngines('the store', (make) => {
  it('gives whole numbers, times included, as numbers', async () => {
    const { store } = await make();
    const { rows } = await sql<{ n: number }>`select max(at) as n from (select cast(1795439524710 as bigint) as at) as t`.execute(
      store,
    );
    expect(rows).toEqual([{ n: 1795439524710 }]);
  });

  it('throws one kind of error, and tells a taken value from trouble', async () => {
    const deps = await make();
    const row = { name: 'a', value: '1' };
    await deps.store.insertInto('state').values(row).execute();
    const taken = await deps.store
      .insertInto('state')
      .values(row)
      .execute()
      .catch((error: unknown) => error);
    expect(isUniqueViolation(taken)).toBe(true);
    const broken = await sql`select * from nowhere`.execute(deps.store).catch((error: unknown) => error);
    expect(broken).toBeInstanceOf(StoreError);
    expect(isUniqueViolation(broken)).toBe(false);
  });

  it('goes on after a transaction that did nothing, and after one whose first statement failed', async () => {
    const { store } = await make();
    const row = { name: 'a', value: '1' };
    expect(await store.transaction().execute(async () => 'done')).toBe('done');
    await expect(store.transaction().execute(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await store.insertInto('state').values(row).execute();
    const failing = store.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('state')
        .values(row)
        .execute()
        .catch(() => undefined);
      await transaction.insertInto('state').values({ name: 'b', value: '2' }).execute();
      throw new Error('given up');
    });
    await expect(failing).rejects.toThrow();
    await store.transaction().execute((transaction) => transaction.updateTable('state').set({ value: '3' }).execute());
    expect(await store.selectFrom('state').selectAll().where('name', 'in', ['a', 'b']).execute()).toEqual([
      { name: 'a', value: '3' },
    ]);
  });

  it('undoes a transaction that failed', async () => {
    const { store } = await make();
    const failing = store.transaction().execute(async (transaction) => {
      await transaction.insertInto('state').values({ name: 'half', value: '' }).execute();
      throw new RelayError('not_found');
    });
    await expect(failing).rejects.toEqual(refusedWith('not_found'));
    expect(await store.selectFrom('state').select('name').where('name', '=', 'half').execute()).toEqual([]);
  });

  it('belongs to the first RELAY_KEY', async () => {
    const { store } = await make();
    await ensureRelayKey(store, Buffer.alloc(32, 1));
    await ensureRelayKey(store, Buffer.alloc(32, 1));
    await expect(ensureRelayKey(store, Buffer.alloc(32, 2))).rejects.toThrow(
      'RELAY_KEY is not the key that this store was made with',
    );
  });
});

describeOnEngines('counters', (make) => {
  const rule = (limit: number) => ({ bucket: 'b', limit, windowMs: 60_000 });

  it.each([1, 7, 50])('let exactly %d of 60 parallel tries through', async (limit) => {
    const deps = await make();
    const results = await Promise.all(
      Array.from({ length: 60 }, () => countUp(deps.store, deps.now(), [rule(limit), { ...rule(55), bucket: 'c' }])),
    );
    expect(results.filter((full) => full === null)).toHaveLength(limit);
  });

  it.each([0, 1, 7, 16, 50])(
    'that are spread let exactly %d of 60 parallel tries through, in transactions and without',
    async (limit) => {
      const deps = await make();
      const rules = [
        { ...rule(limit), spread: true },
        { ...rule(55), bucket: 'c', spread: true },
        { ...rule(70), bucket: 'a' },
      ];
      const inTransaction = async (exactly = false): Promise<unknown> => {
        try {
          return await deps.store.transaction().execute((store) => countUp(store, deps.now(), rules, exactly));
        } catch (error) {
          if (error instanceof CountAgain) return inTransaction(true);
          throw error;
        }
      };
      const results = await Promise.all(
        Array.from({ length: 60 }, (_, turn) => (turn % 3 === 0 ? countUp(deps.store, deps.now(), rules) : inTransaction())),
      );
      expect(results.filter((full) => full === null)).toHaveLength(limit);
      expect((await findFull(deps.store, deps.now(), rules))?.bucket).toBe('b');
      // A refusal counts under none of the other rules either.
      expect(await findFull(deps.store, deps.now(), [{ ...rule(limit + 1), bucket: 'c', spread: true }])).toBeNull();
    },
  );

  it('that are spread hold a limit that is lowered within the window', async () => {
    const deps = await make();
    const spread = (limit: number) => [{ ...rule(limit), spread: true }];
    for (let turn = 0; turn < 37; turn += 1) expect(await countUp(deps.store, deps.now(), spread(1000))).toBeNull();
    await deps.store.transaction().execute((store) => respread(store, deps.now(), spread(50)));
    const results = await Promise.all(Array.from({ length: 40 }, () => countUp(deps.store, deps.now(), spread(50))));
    expect(results.filter((full) => full === null)).toHaveLength(13);
    await deps.store.transaction().execute((store) => respread(store, deps.now(), spread(20)));
    expect(await countUp(deps.store, deps.now(), spread(20))).toMatchObject({ bucket: 'b' });
  });

  it('start again with the next window, and take counts back', async () => {
    const deps = await make();
    expect(await countUp(deps.store, deps.now(), [rule(1)])).toBeNull();
    expect(await countUp(deps.store, deps.now(), [rule(1)])).toMatchObject({ bucket: 'b' });
    await countDown(deps.store, deps.now(), [rule(1)]);
    expect(await countUp(deps.store, deps.now(), [rule(1)])).toBeNull();
    deps.advance(60_000);
    expect(await countUp(deps.store, deps.now(), [rule(1)])).toBeNull();
    await purgeCounters(deps.store, deps.now());
    expect(await deps.store.selectFrom('counters').select('count').execute()).toEqual([{ count: 1 }]);
  });

  it.each([
    { slices: 1, limit: 8, spread: false },
    { slices: 10, limit: 8, spread: false },
    { slices: 10, limit: 8, spread: false, onlyWhole: true },
    { slices: 4, limit: 40, spread: true },
  ])('of $slices slices hold $limit in any window, but for what the slice holds in which it begins', async (of) => {
    const deps = await make();
    const sliding = { ...rule(of.limit), ...of };
    const sliceMs = sliding.windowMs / of.slices;
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    const counted: number[] = [];
    const countedIn = (from: number, to: number) => counted.filter((at) => from <= at && at < to).length;
    let paceMs = 0;
    let full = 0;
    for (let turn = 0; turn < 600; turn += 1) {
      if (turn % 20 === 0) paceMs = [1, 1_000, 8_000, 90_000][random(4)]!;
      deps.advance(random(Math.ceil((paceMs * 16) / of.limit)));
      const now = deps.now();
      const isFull = (await countUp(deps.store, now, [sliding])) !== null;
      if (turn % 100 === 0) await purgeCounters(deps.store, now);
      const since = now - sliding.windowMs + 1;
      const slice = Math.floor(since / sliceMs) * sliceMs;
      if (isFull) expect(countedIn(of.onlyWhole ? since : slice, now + 1)).toBeGreaterThanOrEqual(of.limit);
      else counted.push(now);
      expect(countedIn(since, now + 1)).toBeLessThanOrEqual(of.limit + countedIn(slice, slice + sliceMs));
      full += Number(isFull);
    }
    expect(full).toBeGreaterThan(50);
    expect(counted.length).toBeGreaterThan(100);
  });

  it.each([1, 10])('of %i slices are full until a window has passed since, and no longer', async (slices) => {
    const deps = await make();
    const sliding = [{ ...rule(3), slices }];
    for (const startMs of [0, 1, 29_999, 59_999]) {
      deps.advance(180_000 - (deps.now() % 60_000) + startMs);
      for (let turn = 0; turn < 3; turn += 1) expect(await countUp(deps.store, deps.now(), sliding)).toBeNull();
      expect(await findFull(deps.store, deps.now(), sliding)).toBe(sliding[0]);
      deps.advance(60_000);
      expect(await countUp(deps.store, deps.now(), sliding)).toBeNull();
    }
  });
});

describeOnEngines('enrolment', (make) => {
  it('gives one token for one code, however many ask at once', { timeout: 60_000 }, async () => {
    const deps = await make();
    for (let round = 0; round < 20; round += 1) {
      const { id } = await createAgent(deps, { ...anyone, name: `Agent ${round}` }, 'test');
      const { code } = await createEnrolment(deps, id, 'test');
      const attempts = Array.from({ length: 50 }, (_, turn) => redeemEnrolment(deps, { code, thumbprint: `t${turn}` }));
      expect(await tally(attempts)).toEqual({ kept: 1, codes: ['code_invalid'] });
    }
    expect(await deps.store.selectFrom('devices').select('id').execute()).toHaveLength(20);
  });

  it.each([
    ['after ten minutes', (deps: { advance: (ms: number) => void }) => deps.advance(600_000)],
    [
      'of an agent who was switched off',
      async (deps: Parameters<typeof changeAgent>[0], id: string) => changeAgent(deps, id, 1, { active: false }, 'test'),
    ],
  ] as [string, (deps: unknown, id: string) => unknown][])('takes no code %s', async (_when, then) => {
    const deps = await make();
    const { id } = await createAgent(deps, { ...anyone, name: 'An' }, 'test');
    const { code } = await createEnrolment(deps, id, 'test');
    await then(deps, id);
    await expect(redeemEnrolment(deps, { code, thumbprint: 't' })).rejects.toEqual(refusedWith('code_invalid'));
  });

  it('gives the browser whose answer was lost another token, until it came with one', async () => {
    const deps = await make();
    const { id } = await createAgent(deps, { ...anyone, name: 'An' }, 'test');
    const { code } = await createEnrolment(deps, id, 'test');
    const redeem = (thumbprint: string) => redeemEnrolment(deps, { code, thumbprint });
    const lost = await redeem('t');
    deps.advance(60_000);
    await expect(redeem('u')).rejects.toEqual(refusedWith('code_invalid'));
    const got = await redeem('t');
    expect(got).toEqual({ ...lost, token: expect.not.stringMatching(lost.token) });
    const devices = await deps.store.selectFrom('devices').select(['id', 'token_hash']).execute();
    expect(devices).toEqual([{ id: got.deviceId, token_hash: hashToken(got.token) }]);
    await deps.store.updateTable('devices').set({ last_seen_at: deps.now() }).execute();
    await expect(redeem('t')).rejects.toEqual(refusedWith('code_invalid'));
  });

  it.each([
    ['ten minutes', (deps: TestDeps) => deps.advance(600_000)],
    ['it was shut out', (deps: TestDeps, { deviceId }: RedeemResponse) => revokeDevice(deps, deviceId, 'test')],
  ] as [string, (deps: TestDeps, connected: RedeemResponse) => unknown][])('gives it none after %s', async (_, then) => {
    const deps = await make();
    const { id } = await createAgent(deps, { ...anyone, name: 'An' }, 'test');
    const { code } = await createEnrolment(deps, id, 'test');
    await then(deps, await redeemEnrolment(deps, { code, thumbprint: 't' }));
    await expect(redeemEnrolment(deps, { code, thumbprint: 't' })).rejects.toEqual(refusedWith('code_invalid'));
  });

  it('waits for an admin who shuts the agent out meanwhile', async () => {
    const deps = await make();
    const { id } = await createAgent(deps, { ...anyone, name: 'An' }, 'test');
    const { code } = await createEnrolment(deps, id, 'test');
    let redeemed: Promise<unknown> = Promise.resolve();
    await deps.store.transaction().execute(async (store) => {
      await recordAudit({ ...deps, store }, { actor: 'test', action: 'agent.change', subject: `agent:${id}` });
      redeemed = redeemEnrolment(deps, { code, thumbprint: 't' }).catch((error: unknown) => error);
      // SQLite has no concurrent writers to wait for.
      if (isShared(deps.store)) await untilSomeoneWaits(deps.store);
      await store.updateTable('enrolments').set({ expires_at: deps.now() }).where('agent_id', '=', id).execute();
    });
    expect(await redeemed).toEqual(refusedWith('code_invalid'));
  });

  it('asks admins for their passphrase without using up the code', async () => {
    const deps = await make();
    const { id } = await createAgent(deps, { ...anyone, role: 'admin', name: 'Ha' }, 'test');
    const first = await createEnrolment(deps, id, 'test');
    await expect(redeemEnrolment(deps, { code: first.code, thumbprint: 't' })).rejects.toEqual(
      refusedWith('passphrase_required'),
    );
    const connected = await redeemEnrolment(deps, { code: first.code, passphrase: 'correct horse', thumbprint: 't' });
    expect(connected.agent).toEqual({ id, name: 'Ha', role: 'admin' });

    const second = await createEnrolment(deps, id, 'test');
    await expect(redeemEnrolment(deps, { code: second.code, passphrase: 'another one', thumbprint: 't' })).rejects.toEqual(
      refusedWith('passphrase_wrong'),
    );
    expect(await redeemEnrolment(deps, { code: second.code, passphrase: 'correct horse', thumbprint: 't' })).toMatchObject({
      agent: { id },
    });
  });
});

describeOnEngines('agents', (make) => {
  it('keep password sealed and written only', async () => {
    const deps = await make();
    const agent = await createAgent(
      deps,
      { name: 'An', role: 'agent', username: 'an@x', sipUser: '101', sipPassword: 'canary-7' },
      'test',
    );
    expect(agent).toMatchObject({ hasSipPassword: true, sipUser: '101', version: 1, active: true, devices: [] });
    expect(await sipCredentialsOf(deps, agent.id)).toEqual({ sipUser: '101', sipPassword: 'canary-7', username: 'an@x' });
    const row = await deps.store.selectFrom('agents').selectAll().executeTakeFirstOrThrow();
    const lines = await collect(readAuditLines(deps.store));
    expect(JSON.stringify([row, lines, await listAgents(deps.store)])).not.toContain('canary-7');
  });

  it.each([
    ['name', { name: 'An' }],
    ['user name', { username: 'an@x' }],
    ['SIP user', { sipUser: '101' }],
  ])('share no %s', async (_what, same) => {
    const deps = await make();
    await createAgent(deps, { name: 'An', role: 'agent', username: 'an@x', sipUser: '101' }, 'test');
    const other = await createAgent(deps, { name: 'Bao', role: 'agent', username: 'bao@x', sipUser: '102' }, 'test');
    await expect(createAgent(deps, { ...anyone, name: 'Chi', ...same }, 'test')).rejects.toEqual(refusedWith('agent_exists'));
    await expect(changeAgent(deps, other.id, 1, same, 'test')).rejects.toEqual(refusedWith('agent_exists'));
    expect(await listAgents(deps.store)).toHaveLength(2);
  });

  it('change once for one version', async () => {
    const deps = await make();
    const { id } = await createAgent(deps, { ...anyone, name: 'An' }, 'test');
    const changes = Array.from({ length: 20 }, (_, index) => changeAgent(deps, id, 1, { name: `An ${index}` }, 'test'));
    expect(await tally(changes)).toEqual({ kept: 1, codes: ['version_conflict'] });
    expect(await listAgents(deps.store)).toMatchObject([{ version: 2 }]);
    await expect(changeAgent(deps, crypto.randomUUID(), 1, {}, 'test')).rejects.toEqual(refusedWith('not_found'));
  });

  it('always leave one active admin, even when all step down at once', async () => {
    const deps = await make();
    const admins = await Promise.all(
      Array.from({ length: 8 }, (_, index) => createAgent(deps, { ...anyone, role: 'admin', name: `Admin ${index}` }, 'test')),
    );
    const steps = admins.map(({ id }, index) =>
      changeAgent(deps, id, 1, index % 2 ? { role: 'agent' } : { active: false }, 'test'),
    );
    expect(await tally(steps)).toEqual({ kept: 7, codes: ['last_admin'] });
    expect((await listAgents(deps.store)).filter(({ role, active }) => role === 'admin' && active)).toHaveLength(1);
  });

  it('lose their devices when switched off, and do not get them back', async () => {
    const deps = await make();
    const { agentId, deviceId } = await addDevice(deps);
    await changeAgent(deps, agentId, 1, { active: false }, 'test');
    await changeAgent(deps, agentId, 2, { active: true }, 'test');
    expect(await listAgents(deps.store, agentId)).toMatchObject([{ active: true, devices: [] }]);
    await expect(revokeDevice(deps, deviceId, 'test')).rejects.toEqual(refusedWith('not_found'));
  });

  it('move to another RELAY_KEY all at once', async () => {
    const deps = await make();
    await ensureRelayKey(deps.store, deps.config.relayKey);
    const agent = await createAgent(
      deps,
      { name: 'An', role: 'agent', username: null, sipUser: '101', sipPassword: 'canary-7' },
      'test',
    );
    const { code } = await createEnrolment(deps, agent.id, 'test');
    const relayKey = Buffer.alloc(32, 9);
    expect(await rotateRelayKey(deps, relayKey)).toBe(1);

    const moved = { ...deps, config: { ...deps.config, relayKey } };
    await ensureRelayKey(deps.store, relayKey);
    await expect(ensureRelayKey(deps.store, deps.config.relayKey)).rejects.toThrow('RELAY_KEY');
    expect(await sipCredentialsOf(moved, agent.id)).toMatchObject({ sipPassword: 'canary-7' });
    await expect(sipCredentialsOf(deps, agent.id)).rejects.toThrow('another RELAY_KEY');
    expect(await verifyAudit(deps.store, relayKey)).toBeNull();
    await expect(recordAudit(deps, { actor: 'a', action: 'agent.change', subject: 's' })).rejects.toThrow('RELAY_KEY is not');
    expect(await verifyAudit(deps.store, relayKey)).toBeNull();
    await expect(redeemEnrolment(moved, { code, thumbprint: 't' })).rejects.toEqual(refusedWith('code_invalid'));
  });
});

describeOnEngines('a store whose RELAY_KEY is lost', (make) => {
  const newKey = Buffer.alloc(32, 9);

  async function loseKey() {
    const deps = await make();
    await ensureRelayKey(deps.store, deps.config.relayKey);
    const agent = await createAgent(deps, { ...anyone, name: 'An', sipUser: '101', sipPassword: 'canary-7' }, 'test');
    const { code } = await createEnrolment(deps, agent.id, 'test');
    return { deps, moved: { ...deps, config: { ...deps.config, relayKey: newKey } }, agent, code };
  }

  it('goes on with another, without the passwords and codes, and its log tells so', async () => {
    const { deps, moved, agent, code } = await loseKey();
    expect(await replaceLostKey(moved)).toBe(1);
    await ensureRelayKey(deps.store, newKey);
    await expect(ensureRelayKey(deps.store, deps.config.relayKey)).rejects.toThrow('RELAY_KEY');
    expect(await sipCredentialsOf(moved, agent.id)).toBeNull();
    await expect(redeemEnrolment(moved, { code, thumbprint: 't' })).rejects.toEqual(refusedWith('code_invalid'));
    expect(await verifyAudit(deps.store, newKey)).toBeNull();
    const lines = await collect(readAuditLines(deps.store));
    expect(lines.map(({ action }) => action)).toEqual(['agent.create', 'enrolment.create', 'key.lost']);
  });

  it('is left as it is when its log was tampered with, or its key is there after all', async () => {
    const { deps, moved, agent } = await loseKey();
    await expect(replaceLostKey(deps)).rejects.toThrow('RELAY_KEY is the key of this store: it is not lost.');
    await deps.store.updateTable('audit').set({ actor: 'nobody' }).where('seq', '=', 1).execute();
    await expect(replaceLostKey(moved)).rejects.toThrow('Line 1 of the audit log was changed. The key was not changed');
    expect(await sipCredentialsOf(deps, agent.id)).toMatchObject({ sipPassword: 'canary-7' });
  });
});

describeOnEngines('the audit log', (make) => {
  it('chains lines written at once, and loses those whose write was undone', async () => {
    const deps = await make();
    const lines = Array.from({ length: 40 }, (_, index) =>
      recordAudit(deps, { actor: 'a', action: 'key.rotate', subject: `s${index}`, detail: { role: 1, numbers: [2] } }),
    );
    await Promise.all(lines);
    const undone = deps.store.transaction().execute(async (store) => {
      await recordAudit({ ...deps, store }, { actor: 'a', action: 'agent.change', subject: 's' });
      throw new RelayError('not_found');
    });
    await expect(undone).rejects.toEqual(refusedWith('not_found'));
    const kept = await collect(readAuditLines(deps.store, 7));
    expect(kept.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(kept[0]).toMatchObject({ detail: '{"numbers":[2],"role":1}', action: 'key.rotate' });
    expect(await verifyAudit(deps.store, deps.config.relayKey)).toBeNull();
  });
});
