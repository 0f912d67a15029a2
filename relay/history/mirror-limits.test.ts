import { afterEach, expect, it, vi } from 'vitest';
import { createManualClock } from '../../sandbox/antbuddy/clock.ts';
import { type AntBuddy, startAntBuddy } from '../../sandbox/antbuddy/start-antbuddy.ts';
import { createAntBuddyClient } from '../antbuddy/antbuddy-client.ts';
import { RelayError } from '../http/relay-error.ts';
import { addPlaced } from '../testing/add-placed.ts';
import { addDevice } from '../testing/device.ts';
import { makeDeps, type TestDeps } from '../testing/make-deps.ts';
import { createHistoryMirror } from './mirror.ts';
import { readProgress } from './mirror-status.ts';

// Writing thousands of calls takes long.
vi.setConfig({ testTimeout: 30_000 });

const never = new AbortController().signal;
const minuteMs = 60_000;
const number = '0912345678';
let antbuddy: AntBuddy;
let deps: TestDeps;
afterEach(async () => {
  expect(antbuddy.control.violations()).toEqual([]);
  await Promise.all([antbuddy.stop(), deps.close()]);
});

/** A mirror against an AntBuddy that takes this many requests a minute; both use one manual clock and nothing really waits. */
async function setUp(requests: number, calls: { ageMs: number }[]) {
  const clock = createManualClock();
  antbuddy = await startAntBuddy({ clock, seed: { calls: 0 }, rateLimit: { requests, windowMs: minuteMs } });
  const { appId, appSecret, url, control } = antbuddy;
  const made = await makeDeps({ now: clock.now() });
  const settings = { ...made.config.antbuddy, appId, appSecret, baseUrl: new URL(url) };
  const client = createAntBuddyClient({ antbuddy: settings, now: clock.now, random: () => 0.5 });
  deps = { ...made, now: clock.now, antbuddy: { ...made.antbuddy, ...client } };
  for (const { ageMs } of calls)
    control.addRecord({
      caller: { number: '1001', type: 'user', username: 'mailan' },
      callee: { number, type: 'realnumber' },
      class: 'trunking',
      did_number: null,
      direction: 'from_ab',
      status_detail: 'SUCCESS',
      duration_seconds: 50,
      billing_seconds: 43,
      recording: '',
      unix_timestamp: Math.floor((clock.now() - ageMs) / 1000),
    });
  let pages = 0;
  const mirror = createHistoryMirror(deps, async () => {
    pages += 1;
    clock.advance(client.readPauseMs() + 50);
  });
  /** Repeats the work until the rate limit no longer interrupts it, and returns how long it took. */
  async function finish<Done>(work: () => Promise<Done>) {
    const began = clock.now();
    let breaks = 0;
    for (;;) {
      const done = await work().catch((error: unknown) => {
        if (error instanceof RelayError && error.code === 'upstream_busy') return null;
        throw error;
      });
      if (done !== null) return { done, breaks, minutes: (clock.now() - began) / minuteMs };
      breaks += 1;
      clock.advance(Math.max(1_000, client.backOff().until - clock.now()));
    }
  }
  const stored = () => deps.store.selectFrom('history').select('id').execute();
  return { clock, mirror, finish, stored, pages: () => pages };
}
const spread = (count: number, fromMs: number, toMs: number) =>
  Array.from({ length: count }, (_, turn) => ({ ageMs: fromMs + ((toMs - fromMs) * turn) / count }));
const hours = 60 * minuteMs;

it('reads a day of more pages than AntBuddy gives in a minute, each once', async () => {
  const { mirror, finish, stored, pages, clock } = await setUp(40, spread(6_050, 1_000, 23 * hours));
  const began = clock.now();
  const { breaks, minutes } = await finish(() => mirror.sweep(never));
  expect(await stored()).toHaveLength(6_050);
  expect((await readProgress(deps.store)).completeTo).toBe(began);
  expect(pages()).toBe(61 + breaks);
  expect(minutes).toBeLessThan(5);
});

it('links the newest calls before the oldest are read', async () => {
  const { mirror, clock } = await setUp(3, spread(1_000, 20_000, 23 * hours));
  const device = await addDevice(deps, { username: 'mailan', sipUser: '1001' });
  await addPlaced(deps, device, 'a', { number: '+84912345678', sip_user: '1001', created_at: clock.now() - 22_000 });
  await expect(mirror.sweep(never)).rejects.toMatchObject({ code: 'upstream_busy' });
  expect(await deps.store.selectFrom('calls').select('history_id').executeTakeFirst()).toEqual({
    history_id: expect.any(String),
  });
  expect((await readProgress(deps.store)).completeTo).toBeNull();
});

it('lets what is due interrupt a day of the backfill, and goes on where it was', async () => {
  const { mirror, pages, stored } = await setUp(1_000, spread(950, 24 * hours + minuteMs, 48 * hours));
  await mirror.sweep(never);
  for (let turn = 1; turn <= 9; turn += 1) {
    expect(await mirror.backfillDay(never, () => false)).toBe(true);
    expect((await readProgress(deps.store)).backfilledDays).toBe(0);
  }
  await mirror.backfillDay(never, () => false);
  expect([(await readProgress(deps.store)).backfilledDays, pages()]).toEqual([1, 11]);
  expect(await stored()).toHaveLength(950);
});
