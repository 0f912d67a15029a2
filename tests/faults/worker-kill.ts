/**
 * Ends the extension's background after a click on a page: `node tests/faults/worker-kill.ts [clicks] [chromium|firefox]
 * [--built]`. In Chromium the worker is stopped through DevTools at a random moment, for most clicks after the relay has them; in
 * Firefox the event page ends by itself, because its idle timeout is shorter than the relay's response time. No number may be
 * dialled twice, and the outcome shown to the person within 10 s must be the one that the relay recorded.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createEnrolment } from '../../relay/agents/enrolments.ts';
import { makeDeps } from '../../relay/testing/make-deps.ts';
import type { FaultInput } from '../../sandbox/antbuddy/faults.ts';
import { startStage } from '../../sandbox/stage.ts';
import { buildExtension, extensionDir } from '../../scripts/build-extension.ts';
import { addCallers, makeDevices } from './add-callers.ts';
import { conclude } from './fault-world.ts';
import { openChromium } from './worker-kill/chromium.ts';
import type { Shown } from './worker-kill/clicker.ts';
import { openFirefox } from './worker-kill/firefox.ts';

const clicks = Number(process.argv[2] ?? 10);
const browserName = process.argv[3] === 'firefox' ? 'firefox' : 'chromium';
const shownWithinMs = 10_000;
/** The faults that the clicks meet in turn, so that outcomes other than a placed call occur too. */
const faults: (FaultInput | null)[] =
  browserName === 'firefox'
    ? [{ endpoint: 'click-to-call', kind: 'latency', ms: 4_000, times: 1 }]
    : [
        null,
        { endpoint: 'click-to-call', kind: 'latency', ms: 700, times: 1 },
        { endpoint: 'click-to-call', kind: 'status', status: 503, times: 1 },
        { endpoint: 'click-to-call', kind: 'reset', when: 'after', times: 1 },
      ];

const shownFor: Record<string, Shown> = {
  accepted: 'ringing',
  rejected: 'failed',
  not_sent: 'failed',
  refused: 'failed',
  none: 'failed',
  unknown: 'unknown',
};

const root = mkdtempSync(join(tmpdir(), 'dialside-worker-'));
const relayKey = randomBytes(32);
const place = { dataDir: join(root, 'data') };
const devices = makeDevices(1);
const target = browserName === 'firefox' ? 'firefox' : 'chrome';
const dir = process.argv.includes('--built') ? extensionDir(target) : buildExtension(target);
const stage = await startStage({
  dataRoot: join(root, 'stage'),
  antbuddy: { devices, seed: { calls: 0 }, ringMs: 60_000 },
  relayEnvironment: { RELAY_KEY: relayKey.toString('base64'), RELAY_DATA_DIR: place.dataDir },
});
const { control } = stage.antbuddy;
const deps = await makeDeps({ place, config: { relayKey } });
const [caller] = await addCallers(deps, devices);
const { code } = await createEnrolment({ ...deps, now: Date.now }, caller?.agentId ?? '', 'command-line');
const clicker = await (browserName === 'firefox' ? openFirefox : openChromium)(stage, { extensionDir: dir, code });

const shownCounts: Record<string, number> = {};
const untrue: string[] = [];
let slowestMs = 0;
for (let turn = 0; turn < clicks; turn += 1) {
  const number = `09${10_000_000 + turn * 7_919}`;
  const fault = faults[turn % faults.length];
  const undo = fault ? control.fault(fault) : () => undefined;
  await clicker.click(number);
  const began = performance.now();
  // How many clicks dial must not depend on the machine's speed: only one in five may lose its background on its way to the relay.
  await clicker.endBackground(turn % 5 === 4 ? undefined : () => onRecord(number));
  let shown: Shown | null = null;
  for (; shown === null && performance.now() - began < 2 * shownWithinMs; await wait(100)) shown = await clicker.read(number);
  const took = performance.now() - began;
  slowestMs = Math.max(slowestMs, took);
  undo();
  const dials = control.dialCounts()[number] ?? 0;
  const recorded = await stateOf(number);
  shownCounts[shown ?? 'nothing'] = (shownCounts[shown ?? 'nothing'] ?? 0) + 1;
  if (shown !== shownFor[recorded] || took > shownWithinMs) {
    untrue.push(
      `${number}: shown ${shown ?? 'nothing'} after ${Math.round(took)} ms, recorded ${recorded}, dialled ${dials} times`,
    );
  }
  for (const call of control.calls()) control.hangUp(call.id);
  if ((turn + 1) % 20 === 0) console.log(`${turn + 1} of ${clicks}`);
}

const counts = control.dialCounts();
const rows = await deps.store.selectFrom('calls').select(['number', 'state']).execute();
const called = new Set(rows.filter(({ state }) => state === 'accepted' || state === 'unknown').map(({ number }) => number));
const ended = await clicker.ended();
await clicker.close();
await deps.close();
await stage.stop();
rmSync(root, { recursive: true, force: true });
conclude(
  { clicks, ended, dialled: Object.keys(counts).length, shown: shownCounts, slowestMs: Math.round(slowestMs), untrue },
  {
    'most clicks dial': Object.keys(counts).length > clicks / 2,
    'no number is dialled twice': Object.values(counts).every((count) => count === 1),
    'every dial is on record': Object.keys(counts).every((number) => called.has(`+84${number.slice(1)}`)),
    'every click comes to a true outcome that is shown within 10 s': untrue.length === 0,
    'the background did end': ended >= clicks / 2,
  },
);

/** Resolves once the relay has the click on record, or would be late to. */
async function onRecord(number: string): Promise<void> {
  const until = performance.now() + shownWithinMs;
  while ((await stateOf(number)) === 'none' && performance.now() < until) await wait(10);
}

async function stateOf(number: string): Promise<string> {
  const row = await deps.store
    .selectFrom('calls')
    .select('state')
    .where('number', '=', `+84${number.slice(1)}`)
    .executeTakeFirst();
  return row?.state ?? 'none';
}
