import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '@playwright/test';
import { playAgentStory } from '../../sandbox/demo/agent-story.ts';
import { createSteps } from '../../sandbox/demo/steps.ts';
import { startStage } from '../../sandbox/stage.ts';
import { extensionDir } from '../../scripts/build-extension.ts';

// The same story that `npm start -- --smoke` plays; each of its steps asserts.
test('from an admin’s mapping to a recording that plays', async ({}, { outputDir }) => {
  mkdirSync(outputDir, { recursive: true });

  const stage = await startStage({
    dataRoot: join(outputDir, 'stage'),
    antbuddy: { ringMs: 500, talkMs: 5000, seed: { calls: 200 } },
  });
  try {
    await playAgentStory({ stage, extensionDir: extensionDir(), shotsDir: outputDir, steps: createSteps(() => {}) });
  } finally {
    await stage.stop();
  }
});
