import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { ruleOf } from '../../utils/hidden-numbers/hidden-filter.ts';
import pageEn from '../../utils/i18n/page-en.ts';
import pageVi from '../../utils/i18n/page-vi.ts';
import { createTranslate } from '../../utils/i18n/translate.ts';
import { describeForCard } from '../../utils/number-card/describe-for-card.ts';
import { pastForCard } from '../../utils/number-card/past-for-card.ts';
import { overlayStyle } from '../../utils/page/overlay-style.ts';
import { homePlans } from '../../utils/phone/plans/full-plans.ts';
import { compactRows } from '../../utils/phone/plans/plan-data.ts';
import { vocabulary } from '../../utils/phone/vocabulary.ts';
import { extensionDir } from '../build-extension.ts';
import { type CardScene, cardScenes, facts } from './card-scenes.ts';
import { failed, ok, sampleNow } from './sample-replies.ts';

const built = extensionDir();
type Language = 'vi' | 'en';
// The card's texts are formatted in this process, not in the page, so its time zone counts.
process.env.TZ = 'Asia/Ho_Chi_Minh';

interface CardLook {
  language: Language;
  dark: boolean;
  width: number;
}
const combinations: CardLook[] = (['vi', 'en'] as const).flatMap((language) =>
  [false, true].flatMap((dark) => [900, 320].map((width) => ({ language, dark, width }))),
);

/** Takes screenshots of the card and the bubble on a page: light and dark, in both languages, wide and narrow. */
export async function shootCards(browser: Browser, shots: string, wanted: string[]): Promise<void> {
  for (const scene of cardScenes.filter(({ name }) => wanted.length === 0 || wanted.includes(name)))
    for (const combination of combinations) await shoot(browser, shots, scene, combination);
}

async function shoot(browser: Browser, shots: string, scene: CardScene, look: CardLook) {
  const page = await openCardScene(browser, scene, look, (message) => console.error(`${scene.name}: ${message}`));
  const { language, dark, width } = look;
  await page.screenshot({ path: join(shots, `${scene.name}-${language}-${dark ? 'dark' : 'light'}-${width}.png`) });
  await page.context().close();
}

/**
 * Opens a page with the built scripts in one state of the card or the bubble.
 * @param prepare runs in the page before the scripts
 */
export async function openCardScene(
  browser: Browser,
  scene: CardScene,
  { language, dark, width }: CardLook,
  onError: (message: string) => void,
  prepare = () => {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 460 }, timezoneId: 'Asia/Ho_Chi_Minh' });
  const page = await context.newPage();
  page.setDefaultTimeout(5_000);
  page.on('pageerror', ({ message }) => onError(message));
  await page.addInitScript(prepare);
  await page.exposeFunction('answer', (type: string, data: never) => answer(scene, language, type, data));
  await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: pageOf(scene.html, dark) }));
  await page.goto('https://crm.example.com/');
  await page.evaluate(standInBrowser);
  for (const script of ['card.js', 'page.js']) await page.addScriptTag({ content: readFileSync(join(built, script), 'utf8') });
  await page.waitForTimeout(700);
  await scene.act(page);
  await page.waitForTimeout(700);
  return page;
}

function pageOf(html: string, dark: boolean): string {
  const colors = dark ? 'background:#12181d;color:#dfe6ea' : 'background:#f6f8f9;color:#24303a';
  return `<!doctype html><meta charset="utf-8"><style>body{font:15px system-ui,sans-serif;margin:0;padding:12px;${colors}}
  td,th{padding:9px 22px 9px 0;text-align:left}table{margin-bottom:150px}</style>${html}`;
}

/** The background's answer to a message, with texts made by the background's own code. */
function answer(scene: CardScene, language: Language, type: string, data: never): unknown {
  const words = language === 'vi' ? pageVi : pageEn;
  const cardWords = { language, say: createTranslate<typeof pageEn>(words), now: sampleNow };
  const settings = {
    homeRegion: 'VN',
    regions: ['VN', 'US'],
    countries: {},
    words,
    plans: homePlans('VN'),
    planRows: compactRows,
    vocabulary: vocabulary(),
    styles: overlayStyle,
  };
  const replies: Record<string, () => unknown> = {
    startPage: () => ok({ ...settings, hidden: ruleOf([]) }),
    describeNumber: () => ok(describeForCard(data, { region: 'VN', regions: ['US'] }, { device: '101-lan' }, cardWords)),
    getNumberPast: () =>
      scene.facts === undefined
        ? { never: true }
        : scene.facts
          ? ok(pastForCard(facts(scene.facts), cardWords))
          : failed('relay_unreachable'),
    hideNumber: () => ok([data]),
    getOpenCalls: () => ok([]),
    placeCall: () => scene.call ?? failed('internal'),
    getCall: () => scene.call ?? failed('internal'),
    getProgress: () => ok({ stage: scene.stage ?? 'talking', since: Date.now() - 42_000, live: scene.isLive ?? false }),
  };
  return replies[type]?.() ?? { never: true };
}

/** Runs in the page: the parts of `browser` that the page script uses. */
function standInBrowser() {
  const { answer } = globalThis as unknown as { answer(type: string, data: unknown): Promise<unknown> };
  const runtime = {
    id: 'stand-in',
    onMessage: { addListener() {}, removeListener() {} },
    async sendMessage({ type, data }: { type: string; data: unknown }) {
      const reply = await answer(type, data);
      const isNever = typeof reply === 'object' && reply !== null && 'never' in reply;
      return isNever ? new Promise(() => {}) : { res: reply };
    },
  };
  Object.assign(globalThis, { browser: { runtime }, chrome: { runtime } });
}
