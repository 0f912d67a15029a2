import { test as base, type CDPSession, chromium, expect, type Page } from '@playwright/test';
import { build } from 'rolldown';
import { findChromium } from '../../../scripts/browsers.mjs';

export { expect };

/** A page with the page script in an isolated world, as in the extension, and a caller that only records calls. */
export interface Harness {
  page: Page;
  /** Shows a document and starts the script in it. */
  show(html: string): Promise<void>;
  /** The same in a frame that fills the page. */
  showFramed(html: string): Promise<void>;
  /** Starts the script in the document that is shown; the company's home region is Vietnam unless another is given. */
  start(homeRegion?: string): Promise<void>;
  /** Runs an expression in the script's world. */
  inWorld<T>(expression: string): Promise<T>;
  numbers(): Promise<string[]>;
  texts(): Promise<string[]>;
  calls(): Promise<string[]>;
  buttons(): Promise<{ label: string; phase: string; x: number; y: number }[]>;
  bubble(): Promise<string | null>;
  /** Waits until the button of a number has stood long enough to be trusted. */
  rested(label: string): Promise<void>;
  /** Presses it with the real mouse then. */
  press(label: string): Promise<void>;
  /** The same for a button of the bubble. */
  pressAction(text: string): Promise<void>;
  /** Lets the page do something at the next press of whatever, in its first listener, which is older than ours. */
  inPress(type: 'pointerdown' | 'click', work: string): Promise<void>;
  /** Lets frames pass for this long, for tests that expect nothing to happen. */
  settle(milliseconds: number): Promise<void>;
}

async function bundle(): Promise<string> {
  const input = new URL('world.ts', import.meta.url).pathname;
  const { output } = await build({ input, write: false, output: { format: 'iife' }, logLevel: 'silent' });
  return output[0].code;
}

/** Runs what `inPress` was given. */
const firstListeners = `<script>
  var inPress = {};
  for (const type of ['pointerdown', 'click']) addEventListener(type, () => inPress[type]?.(), true);
</script>`;

const viewport = { width: 1000, height: 700 };

export const test = base.extend<{ crm: Harness }, { script: string; tab: Page }>({
  script: [async ({}, use) => use(await bundle()), { scope: 'worker' }],
  browser: [
    async ({}, use) => {
      const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  // Shared: a new tab costs several times as much as most tests. After a failed test there is a new worker with a new tab.
  tab: [async ({ browser }, use) => use(await browser.newPage()), { scope: 'worker' }],
  crm: async ({ tab: page, script }, use) => {
    await page.setViewportSize(viewport);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    const session = await page.context().newCDPSession(page);
    const harness = await createHarness(page, session, script);
    await use(harness);
    expect(errors).toEqual([]);
    // Whatever a test did with it, the script leaves nothing behind.
    expect(await harness.inWorld('world.stop(), world.tracesLeft()')).toEqual([]);
    await session.detach();
    await clear(page);
  },
});

/** Resets what a test left behind: the document, Playwright's listeners and routes, and the position of the mouse. */
async function clear(page: Page): Promise<void> {
  for (const event of ['pageerror', 'console'] as const) page.removeAllListeners(event);
  await page.unrouteAll();
  await page.mouse.move(-1, -1);
  await page.goto('about:blank');
}

async function createHarness(page: Page, session: CDPSession, script: string): Promise<Harness> {
  let contextId = 0;
  const inWorld = <T>(expression: string): Promise<T> => evaluate<T>(session, contextId, expression);
  async function startIn(tree: FrameTree | undefined, homeRegion?: string): Promise<void> {
    contextId = await isolatedWorld(session, tree);
    await inWorld(script);
    await inWorld(`world.start(${JSON.stringify({ homeRegion })})`);
  }
  const harness: Harness = {
    page,
    inWorld,
    async show(html) {
      await page.setContent(`<!doctype html><style>body{font:15px sans-serif;margin:8px}</style>${firstListeners}${html}`);
      await harness.start();
    },
    async showFramed(html) {
      await page.setContent(
        '<!doctype html><style>body{margin:0}iframe{border:0;width:100vw;height:100vh}</style><iframe></iframe>',
      );
      await page.frames()[1]?.setContent(html);
      await startIn((await framesOf(session)).childFrames?.[0]);
    },
    async start(homeRegion) {
      await startIn(await framesOf(session), homeRegion);
    },
    numbers: () => inWorld('world.numbers()'),
    texts: () => inWorld('world.texts()'),
    calls: () => inWorld('world.calls'),
    buttons: () => inWorld('world.buttons()'),
    bubble: () => inWorld('world.bubble()'),
    rested: (label) => expect.poll(() => inWorld<number>(`world.age(${JSON.stringify(label)})`)).toBeGreaterThan(900),
    async press(label) {
      await harness.rested(label);
      const button = (await harness.buttons()).find((one) => one.label === label);
      if (!button) throw new Error(`No button ${label}`);
      await page.mouse.click(button.x, button.y);
    },
    async pressAction(text) {
      const { x, y } = await inWorld<{ x: number; y: number }>(`world.action(${JSON.stringify(text)})`);
      await harness.settle(900);
      await page.mouse.click(x, y);
    },
    inPress: (type, work) => page.evaluate(`inPress.${type} = () => { delete inPress.${type}; ${work} }; undefined`),
    settle: (milliseconds) =>
      page.evaluate(async (end) => {
        for (const start = performance.now(); performance.now() - start < end; ) await new Promise(requestAnimationFrame);
      }, milliseconds),
  };
  return harness;
}

type FrameTree = Awaited<ReturnType<typeof framesOf>>;

async function framesOf(session: CDPSession) {
  const { frameTree } = await session.send('Page.getFrameTree');
  return frameTree;
}

async function isolatedWorld(session: CDPSession, tree: FrameTree | undefined): Promise<number> {
  if (!tree) throw new Error('No such frame');
  const world = await session.send('Page.createIsolatedWorld', { frameId: tree.frame.id, worldName: 'dialside' });
  return world.executionContextId;
}

async function evaluate<T>(session: CDPSession, contextId: number, expression: string): Promise<T> {
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression,
    contextId,
    returnByValue: true,
    awaitPromise: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as T;
}
