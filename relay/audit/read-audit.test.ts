import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDevice } from '../testing/device.ts';
import { makeDeps, type TestDeps } from '../testing/make-deps.ts';
import { hashOf, noHash } from './chain.ts';
import { readAuditPage, verifyAudit } from './read-audit.ts';
import { recordAudit } from './record-audit.ts';

const lines = 25;
const texts = ['actor', 'action', 'subject', 'detail', 'hash', 'previous_hash'] as const;

let deps: TestDeps;
beforeEach(async () => {
  deps = await makeDeps();
  await addDevice(deps);
  for (let line = 1; line <= lines; line += 1) {
    deps.advance(1000);
    await recordAudit(deps, { actor: `agent:${line}`, action: 'note.write', subject: `s${line}`, detail: { numbers: line } });
  }
});
afterEach(() => deps.close());

const line = (seq: number) => deps.store.selectFrom('audit').selectAll().where('seq', '=', seq).executeTakeFirstOrThrow();
const put = (seq: number, values: Partial<Awaited<ReturnType<typeof line>>>) =>
  deps.store.updateTable('audit').set(values).where('seq', '=', seq).execute();
const flip = (text: string, at: number) => text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
const any = (below: number) => Math.floor(Math.random() * below);

/** Rehashes every line from `seq` on so that the chain fits again, as someone with the database but without the key can. */
async function rechain(seq: number): Promise<void> {
  let previous = seq === 1 ? noHash : (await line(seq - 1)).hash;
  for (let at = seq; at <= lines; at += 1) {
    const changed = { ...(await line(at)), previous_hash: previous };
    previous = hashOf(changed);
    await put(at, { previous_hash: changed.previous_hash, hash: previous });
  }
}

const tamperings: Record<string, () => Promise<unknown>> = {
  'a changed text': async () => {
    const [seq, column] = [1 + any(lines), texts[any(texts.length)] ?? 'actor'];
    const text = (await line(seq))[column];
    return put(seq, { [column]: flip(text, any(text.length)) });
  },
  'a changed time': async () => {
    const seq = 1 + any(lines);
    return put(seq, { at: (await line(seq)).at + 1 });
  },
  'a deleted line': () =>
    deps.store
      .deleteFrom('audit')
      .where('seq', '=', 1 + any(lines))
      .execute(),
  'a tail cut off': () => deps.store.deleteFrom('audit').where('seq', '>', any(lines)).execute(),
  'two lines swapped': async () => {
    const first = 1 + any(lines - 1);
    const [a, b] = [await line(first), await line(first + 1)];
    await put(a.seq, { ...b, seq: a.seq });
    await put(b.seq, { ...a, seq: b.seq });
  },
  'a changed line with all hashes made right': async () => {
    const seq = 1 + any(lines);
    await put(seq, { actor: 'somebody else' });
    await rechain(seq);
  },
  'a line added at the end': async () => {
    const last = await line(lines);
    const added = { ...last, seq: lines + 1, previous_hash: last.hash };
    return deps.store
      .insertInto('audit')
      .values({ ...added, hash: hashOf(added) })
      .execute();
  },
  'a changed signature': () =>
    deps.store
      .updateTable('state')
      .set({ value: 'a'.repeat(64) })
      .where('name', '=', 'audit-head')
      .execute(),
  'a removed signature': () => deps.store.deleteFrom('state').where('name', '=', 'audit-head').execute(),
  'everything removed but the signature': () => deps.store.deleteFrom('audit').execute(),
  'everything removed': async () => {
    await deps.store.deleteFrom('audit').execute();
    await deps.store.deleteFrom('state').execute();
  },
};

describe('the audit log', () => {
  it('is whole', async () => {
    expect(await verifyAudit(deps.store, deps.config.relayKey)).toBeNull();
  });

  it.each(Object.entries(tamperings))('shows %s, 50 times of 50', { timeout: 60_000 }, async (_what, tamper) => {
    const rows = await deps.store.selectFrom('audit').selectAll().execute();
    const state = await deps.store.selectFrom('state').selectAll().execute();
    for (let time = 0; time < 50; time += 1) {
      await tamper();
      expect(await verifyAudit(deps.store, deps.config.relayKey)).toMatch(/^(Line|The) .*\.$/);
      await deps.store.deleteFrom('audit').execute();
      await deps.store.deleteFrom('state').execute();
      await deps.store.insertInto('audit').values(rows).execute();
      await deps.store.insertInto('state').values(state).execute();
    }
    expect(await verifyAudit(deps.store, deps.config.relayKey)).toBeNull();
  });

  it('is whole while lines are added to it', async () => {
    const { relayKey } = deps.config;
    const found: (string | null)[] = [];
    let done = false;
    const adding = (async () => {
      while (!done) await recordAudit(deps, { actor: 'relay', action: 'note.write', subject: 'call:1' });
    })();
    for (let time = 0; time < 50; time += 1) found.push(await verifyAudit(deps.store, relayKey));
    done = true;
    await adding;
    expect(new Set(found)).toEqual(new Set([null]));
  });

  it.each([1, 7, 24, 25, 26])('is looked through %i lines at a time, and all else goes on between them', async (bite) => {
    let turns = 0;
    const count = () => {
      turns += 1;
      next = setImmediate(count);
    };
    let next = setImmediate(count);
    const page = async (filter: object) => (await readAuditPage(deps, { limit: 4, ...filter }, bite)).map(({ seq }) => seq);
    expect(await page({ number: '+84912345678' })).toEqual([]);
    expect(turns).toBeGreaterThanOrEqual(Math.floor(lines / bite));
    clearImmediate(next);
    expect(await page({})).toEqual([25, 24, 23, 22]);
    expect(await page({ before: 4 })).toEqual([3, 2, 1]);
    expect(await page({ before: Number.MAX_SAFE_INTEGER, to: deps.now() - 20_000 })).toEqual([4, 3, 2, 1]);
    expect(await page({ subject: 's5' })).toEqual([5]);
  });

  it('needs the key that signed it', async () => {
    expect(await verifyAudit(deps.store, Buffer.alloc(32, 5))).toContain('RELAY_KEY');
  });
});
