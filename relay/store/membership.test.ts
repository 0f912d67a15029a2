import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { joinRelays, type Membership } from './membership.ts';
import type { StorePlace } from './open-store.ts';

let folder: string;
let joined: Membership[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dialside-relays-'));
  joined = [];
});
afterEach(async () => {
  await Promise.all(joined.map((one) => one.leave()));
  rmSync(folder, { recursive: true });
});

describeOnEngines('relays on one store', (make) => {
  async function setUp() {
    const deps = await make();
    const place: StorePlace = 'databaseUrl' in deps.config.place ? deps.config.place : { dataDir: folder };
    const enter = async () => {
      const relay = await joinRelays(deps.store, place, () => undefined, { settlingMs: 0, comeBackMs: 0 });
      joined.push(relay);
      return relay;
    };
    // A folder admits one relay, a database many.
    return { isShared: 'databaseUrl' in place, place, enter };
  }

  it('see each other for as long as they live', async () => {
    const { isShared, enter } = await setUp();
    const first = await enter();
    expect([await first.isGone(first.id), await first.isGone(crypto.randomUUID())]).toEqual([false, true]);
    if (!isShared) await expect(enter()).rejects.toThrow('Another relay is running on');
    if (!isShared) await first.leave();
    const second = await enter();
    expect([await first.isGone(second.id), await second.isGone(second.id)]).toEqual([false, false]);
    expect(await second.isGone(first.id)).toBe(!isShared);
    await second.leave();
    expect([await first.isGone(second.id), await first.isGone(second.id)]).toEqual([true, true]);
  });

  it('see the end of one that was killed', async () => {
    const { isShared, place, enter } = await setUp();
    const script = join(folder, 'member.ts');
    const module = join(import.meta.dirname, 'membership.ts');
    writeFileSync(
      script,
      `import { joinRelays } from ${JSON.stringify(module)};
      const { id } = await joinRelays({}, ${JSON.stringify(place)}, () => undefined);
      process.send(id);
      setInterval(() => undefined, 1000);`,
    );
    const child = fork(script);
    const [id] = (await once(child, 'message')) as [string];
    if (isShared) expect(await (await enter()).isGone(id)).toBe(false);
    else await expect(enter()).rejects.toThrow('Another relay is running on');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const relay = joined[0] ?? (await enter());
    while (!(await relay.isGone(id))) await new Promise((resolve) => setImmediate(resolve));
    expect(readdirSync(folder).filter((file) => file.endsWith('.alive')).length).toBeLessThanOrEqual(1);
  });

  it('hear what one of them tells', async () => {
    const { isShared, enter } = await setUp();
    const relays = isShared ? [await enter(), await enter()] : [await enter()];
    const heard: string[] = [];
    const everyone = new Promise<void>((resolve) => {
      for (const [at, relay] of relays.entries()) {
        relay.listen('other', () => heard.push('other'));
        relay.listen('news', () => {
          heard.push(`news ${at}`);
          if (heard.length === relays.length) resolve();
        });
      }
    });
    relays[0]?.tell('news');
    await everyone;
    expect(heard.sort()).toEqual(relays.map((_, at) => `news ${at}`));
  });
});
