// Takes screenshots of every view in every state: the built extension's own documents with a stand-in background. It also reports
// views that are wider than their window; tests/e2e/a11y.spec.ts runs axe on the same scenes.
// Usage: node scripts/shots.ts [--no-build] [scene …]  →  .output/shots/<scene>-<language>-<scheme>-<width>.png
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium } from './browsers.mjs';
import { buildExtension } from './build-extension.ts';
import { createStudio } from './shots/open-scene.ts';
import { type Scene, scenes } from './shots/scenes.ts';
import { shootCards } from './shots/shoot-cards.ts';

const shots = join(import.meta.dirname, '../.output/shots');
const widths = { popup: [380, 320], sidepanel: [320, 480], options: [1280, 640, 320] };
const looks = (['vi', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ language, colorScheme })),
);

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
if (!process.argv.includes('--no-build')) buildExtension();
mkdirSync(shots, { recursive: true });
const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] });
const open = createStudio(browser);
for (const scene of scenes.filter(({ name }) => wanted.length === 0 || wanted.includes(name)))
  for (const width of widths[scene.document]) for (const look of looks) await shoot(scene, width, look);
await shootCards(browser, shots, wanted);
await browser.close();

async function shoot(scene: Scene, width: number, { language, colorScheme }: (typeof looks)[number]) {
  const name = `${scene.name}-${language}-${colorScheme}-${width}`;
  const isOptions = scene.document === 'options';
  const look = { language, colorScheme, width, height: isOptions ? 900 : 600 };
  const page = await open(scene, look, (message) => console.error(`${name}: ${message}`));
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: isOptions });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 0) console.error(`${name}: ${overflow} px wider than the window`);
}
