import type { Page } from 'puppeteer-core';

/**
 * Connecting has granted the host that relay and CRM share. The popup's switch needs the CRM's tab in front, which WebDriver
 * takes away; the message behind the switch is the same.
 */
export async function enableSite(options: Page, url: string): Promise<void> {
  const reply = (await options.evaluate((origin) => {
    const { browser } = globalThis as unknown as { browser: { runtime: { sendMessage(message: unknown): Promise<unknown> } } };
    return browser.runtime.sendMessage({ id: 1, type: 'enableSite', data: origin, timestamp: Date.now() });
  }, url)) as { res: { ok: boolean } };
  if (!reply.res.ok) throw new Error(`Dialside could not be turned on for ${url}.`);
}

/**
 * The button stands right after its number, in a shadow root that nothing outside can enter: the mouse finds it by its place.
 * @param frame which frame of the page holds the number; null: the page itself
 */
export async function findButtonBeside(
  page: Page,
  selector: string,
  frame: number | null = null,
): Promise<{ x: number; y: number }> {
  await page.bringToFront();
  const found = await page.waitForFunction(
    (css, index) => {
      const around = index === null ? null : document.querySelectorAll('iframe')[index];
      const inner = around ? around.contentDocument : document;
      const element = inner?.querySelector(css);
      if (!inner || !element) return null;
      const range = inner.createRange();
      range.selectNodeContents(element);
      const box = [...range.getClientRects()].at(-1);
      if (!box) return null;
      const [x, y] = [box.right + 12, box.top + box.height / 2];
      // It stands behind everything of the page, or in the dialog that is open.
      if (!inner.elementFromPoint(x, y)?.matches('div[popover]')) return null;
      const outer = around?.getBoundingClientRect();
      const border = around ? around.clientLeft : 0;
      return { x: x + (outer?.left ?? 0) + border, y: y + (outer?.top ?? 0) + border };
    },
    { timeout: 10_000 },
    selector,
    frame,
  );
  return (await found.jsonValue()) as { x: number; y: number };
}

/** @param before what happens once the button was found */
export async function clickButtonBeside(
  page: Page,
  selector: string,
  frame: number | null = null,
  before: () => Promise<unknown> = async () => {},
): Promise<void> {
  const end = await findButtonBeside(page, selector, frame);
  await before();
  await page.mouse.move(end.x, end.y);
  await new Promise((resolve) => setTimeout(resolve, 700));
  await page.mouse.click(end.x, end.y);
}

/**
 * Presses a control of our own views. WebDriver aims first and presses then: what came above it meanwhile has moved it away, so
 * a press that did not arrive is made again.
 */
export async function press(page: Page, selector: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const control = await page.waitForSelector(selector, { visible: true });
    if (!control) continue;
    const arrived = await control.evaluateHandle((element) => {
      const heard = { once: false };
      element.addEventListener('click', () => (heard.once = true), { once: true, capture: true });
      return heard;
    });
    // Gone from under the pointer: looked for again.
    await control.click().catch(() => undefined);
    if (await arrived.evaluate(({ once }) => once)) return;
  }
  throw new Error(`No press reached ${selector}.`);
}
