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
      const relay = await joinRelays(deps.store, place, () => undefined);
      joined.push(relay);
      return relay;
    };
    return { place, enter };
  }

  it('see each other for as long as they live', async () => {
    const { enter } = await setUp();
    const [first, second] = [await enter(), await enter()];
    expect([await first.isGone(second.id), await second.isGone(first.id)]).toEqual([false, false]);
    expect([await first.isGone(first.id), await second.isGone(second.id)]).toEqual([false, false]);
    await second.leave();
    expect([await first.isGone(second.id), await first.isGone(second.id)]).toEqual([true, true]);
    expect(await first.isGone(first.id)).toBe(false);
    expect(await first.isGone(crypto.randomUUID())).toBe(true);
  });

  it('see the end of one that was killed', async () => {
    const { place, enter } = await setUp();
    const relay = await enter();
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
    expect(await relay.isGone(id)).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    while (!(await relay.isGone(id))) await new Promise((resolve) => setImmediate(resolve));
    expect(readdirSync(folder).filter((file) => file.endsWith('.alive')).length).toBeLessThanOrEqual(1);
  });

  it('hear what one of them tells', async () => {
    const { place, enter } = await setUp();
    const relays = [await enter(), await enter()];
    const heard: string[] = [];
    const everyone = new Promise<void>((resolve) => {
      for (const [at, relay] of relays.entries()) {
        relay.listen('other', () => heard.push('other'));
        relay.listen('news', () => {
          heard.push(`news ${at}`);
          if (heard.length === ('databaseUrl' in place ? 2 : 1)) resolve();
        });
      }
    });
    relays[0]?.tell('news');
    await everyone;
    // A folder has one relay; a database has many.
    expect(heard.sort()).toEqual('databaseUrl' in place ? ['news 0', 'news 1'] : ['news 0']);
  });
});
