import type { Page } from 'puppeteer-core';

/**
 * Enables a site by the message that the popup's switch sends: the switch itself needs the CRM's tab in front, but with WebDriver
 * the opened popup takes its place. Connecting has already granted the host, which relay and CRM share.
 */
export async function enableSite(options: Page, url: string): Promise<void> {
  const reply = (await options.evaluate((origin) => {
    const { browser } = globalThis as unknown as { browser: { runtime: { sendMessage(message: unknown): Promise<unknown> } } };
    return browser.runtime.sendMessage({ id: 1, type: 'enableSite', data: origin, timestamp: Date.now() });
  }, url)) as { res: { ok: boolean } };
  if (!reply.res.ok) throw new Error(`Dialside could not be turned on for ${url}.`);
}

/**
 * Waits for the button right after a number and gives its centre. It is in a closed shadow root, so its position is computed from
 * the number's box.
 * @param frame index of the iframe that holds the number; null: the page itself
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
      // The extension's host element is the last one of the document, or is in the open dialog.
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

/**
 * Clicks the button right after a number.
 * @param before what happens once the button was found
 */
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
 * Presses a control of the extension's views. WebDriver computes the position before it clicks; content that appears above the
 * control meanwhile moves it away, so a click that did not arrive is repeated.
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
    // The control has gone meanwhile: the next attempt looks for it again.
    await control.click().catch(() => undefined);
    if (await arrived.evaluate(({ once }) => once)) return;
  }
  throw new Error(`No press reached ${selector}.`);
}
