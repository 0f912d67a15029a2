import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { findChromium } from '../../scripts/browsers.mjs';
import { cardScenes } from '../../scripts/shots/card-scenes.ts';
import { createStudio, type SceneLook } from '../../scripts/shots/open-scene.ts';
import { scenes } from '../../scripts/shots/scenes.ts';
import { openCardScene } from '../../scripts/shots/shoot-cards.ts';
import { faultOfFocus } from './fault-of-focus.ts';

/** The usual size of each view, a narrow one, and one as small as a zoom of 200 % makes the view. */
const sizes = {
  popup: { usual: [380, 600], narrow: [320, 600], zoomed: [380, 300] },
  sidepanel: { usual: [360, 900], narrow: [320, 900], zoomed: [280, 450] },
  options: { usual: [1280, 900], narrow: [320, 900], zoomed: [640, 450] },
} as const;
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let browser: Browser;
let open: ReturnType<typeof createStudio>;
test.beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] });
  open = createStudio(browser);
});
test.afterAll(() => browser?.close());

for (const scene of scenes) {
  const { usual, narrow, zoomed } = sizes[scene.document];
  const [width, height] = usual;
  const vietnamese: SceneLook = { language: 'vi', colorScheme: 'light', width, height };
  const looks: SceneLook[] = [vietnamese, { ...vietnamese, language: 'en', colorScheme: 'dark' }];

  test(`${scene.document}, ${scene.name}: nothing for axe, in any light, language, width and zoom`, async () => {
    for (const look of looks) {
      const errors: string[] = [];
      const page = await open(scene, look, (message) => errors.push(message));
      expect(await faults(page, look.colorScheme === 'dark'), `${look.language}, ${look.colorScheme}`).toEqual([]);
      for (const [name, [width, height]] of Object.entries({ narrow, zoomed })) {
        await page.setViewportSize({ width, height });
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(wider, `pixels wider than the window, ${look.language}, ${name}`).toBeLessThanOrEqual(0);
      }
      expect(errors).toEqual([]);
    }
  });
}

for (const [name, height] of [
  ['player', 600],
  ['player', 300],
  ['placed', 600],
] as const) {
  test(`${name}, ${height} pixels high: no key leads to where the search or the player covers it`, async () => {
    const scene = scenes.find((known) => known.name === name)!;
    const page = await open(scene, { language: 'vi', colorScheme: 'light', width: 380, height }, () => {});
    const press = async (key: string, times: number) => {
      for (let turn = 0; turn < times; turn += 1) {
        await page.keyboard.press(key);
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
        expect(await faultOfFocus(page), `${key}, ${turn}`).toBeNull();
      }
    };
    await page.getByTestId('search').focus();
    await press('Tab', 50);
    await press('Shift+Tab', 50);
    await page.getByTestId('search').focus();
    await press('ArrowDown', 16);
    await press('ArrowUp', 16);
  });
}

/** Scenes that consist of the same elements as `card` and need no check of their own. */
const likeCard = ['card-loading', 'card-renumbered', 'card-abroad', 'card-away', 'card-low'];
for (const scene of cardScenes.filter(({ name }) => !likeCard.includes(name)))
  test(`${scene.name} on a page: nothing for axe, light and dark`, async () => {
    for (const [language, dark] of [
      ['vi', false],
      ['en', true],
    ] as const) {
      const errors: string[] = [];
      const look = { language, dark, width: 900 };
      const page = await openCardScene(browser, scene, look, (message) => errors.push(message), openRoots);
      await page.evaluate(layOpen);
      const ours = axe(page).include('main');
      expect(await violations([dark ? ours.withRules('color-contrast') : ours.withTags(tags).disableRules('region')])).toEqual(
        [],
      );
      expect(errors).toEqual([]);
      await page.context().close();
    }
  });

/** Runs in the page: opens all shadow roots, because axe cannot look into closed ones. */
function openRoots(): void {
  const attachShadow = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    return attachShadow.call(this, { ...init, mode: 'open' });
  };
}

/** Copies the top layer's content into the page, since axe cannot tell a text's background in the top layer; stops the script. */
function layOpen(): void {
  const shown = document.querySelector('div[popover]')?.shadowRoot?.childNodes ?? [];
  const main = document.createElement('main');
  main.append(...[...shown].map((node) => node.cloneNode(true)));
  globalThis.dialsidePage?.abort();
  document.body.append(main);
}

test('many calls at once leave most of the view to the list, and keys reach the last of them', async () => {
  const scene = scenes.find(({ name }) => name === 'live-many')!;
  const page = await open(scene, { language: 'vi', colorScheme: 'light', width: 380, height: 600 }, () => {});
  const strip = page.getByTestId('live-box');
  await expect(strip.getByTestId('live-call')).toHaveCount(8);
  expect((await strip.boundingBox())?.height).toBeLessThan(200);
  const isSeen = () =>
    strip.evaluate((box) => {
      const last = [...box.querySelectorAll('li')].at(-1)?.getBoundingClientRect();
      return last !== undefined && last.bottom <= box.getBoundingClientRect().bottom + 1;
    });
  expect(await isSeen()).toBe(false);
  await strip.focus();
  await expect(strip).toBeFocused();
  await page.keyboard.press('End');
  await expect.poll(isSeen).toBe(true);
});

test('with reduced motion nothing moves fast', async () => {
  for (const name of ['loading', 'placed']) {
    const scene = scenes.find((known) => known.name === name)!;
    const page = await open(scene, { language: 'en', colorScheme: 'light', width: 380, height: 600 }, () => {});
    const quick = await page.evaluate(
      () => document.getAnimations().filter((animation) => Number(animation.effect?.getComputedTiming().duration) < 2000).length,
    );
    expect(quick).toBe(0);
  }
});

/** Ignores the target size of rows while the player or a call's status is open: rows that it covers only look too small. */
async function faults(page: Page, isDark: boolean): Promise<string[]> {
  // Dark mode differs in its colours only.
  if (isDark) return violations([axe(page).withRules('color-contrast')]);
  const isCovered = (await page.locator('.foot > *').count()) > 0;
  const whole = axe(page).withTags(tags);
  const parts = isCovered
    ? [whole.disableRules('target-size'), axe(page).withRules('target-size').exclude('[data-testid=call-rows]')]
    : [whole];
  return violations(parts);
}

/** Requests violations only: collecting and sending the elements that pass would be most of the work. */
const axe = (page: Page): AxeBuilder => new AxeBuilder({ page }).options({ resultTypes: ['violations'] });

async function violations(parts: AxeBuilder[]): Promise<string[]> {
  const found = [];
  // Views have no frames; legacy mode does not look for any, which halves the time.
  for (const part of parts) found.push(...(await part.setLegacyMode().analyze()).violations);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
