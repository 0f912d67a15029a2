import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildExtension } from '../scripts/build-extension.ts';
import { playAgentStory } from './demo/agent-story.ts';
import { openCompany } from './demo/open-company.ts';
import { createSteps } from './demo/steps.ts';
import { startStage } from './stage.ts';

// npm start [-- --smoke]: with a display it opens a browser to try out; without one, or with --smoke, it plays the agent's story
// headless.
const smoke = process.argv.includes('--smoke');
const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
const shotsDir = join(import.meta.dirname, '../.output/demo');

rmSync(shotsDir, { recursive: true, force: true });
mkdirSync(shotsDir, { recursive: true });
const steps = createSteps();

const extensionDir = await steps.run('The extension is built', async () => buildExtension());
const stage = await steps.run('AntBuddy’s stand-in, the relay and a sample CRM are running', () =>
  startStage({
    ports: smoke ? undefined : { antbuddy: 4601, relay: 4600, crm: 4610 },
    antbuddy: { ringMs: 1500, talkMs: 6000, seed: { calls: 400 } },
  }),
);

let failed = false;
try {
  if (smoke || !hasDisplay) await playAgentStory({ stage, extensionDir, shotsDir, steps });
  else await openCompany({ stage, extensionDir, steps });
} catch (error) {
  failed = true;
  console.error(`\n✗ ${error instanceof Error ? error.message : error}`);
} finally {
  await stage.stop();
}
if (!failed && (smoke || !hasDisplay)) console.log(`\nEvery step held. Screenshots: .output/demo/`);
process.exit(failed ? 1 : 0);
