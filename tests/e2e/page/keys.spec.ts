import { expect, type Harness, test } from './harness.ts';
import { card, over, pressInCard, refuse } from './in-card.ts';

const focusedId = (crm: Harness) => crm.page.evaluate(() => document.activeElement?.id);
const ALT = 1;
const SHIFT = 8;

const fields: [name: string, html: string][] = [
  ['a field', '<input id="field">'],
  ['a text area', '<textarea id="field"></textarea>'],
  ['an editor', '<div contenteditable><p id="field" tabindex="0">x</p></div>'],
];
const button = '<button id="field">x</button>';
const keys: [name: string, key: string, code: string, modifiers: number, html: string, walks: boolean, platform?: string][] = [
  ...fields.flatMap(([name, html]): typeof keys => [
    [`Option + . in ${name}`, '≥', 'Period', ALT, html, false, 'MacIntel'],
    [`Alt + . in ${name}`, '.', 'Period', ALT, html, true],
  ]),
  ['Option + , in a field', '≤', 'Comma', ALT, '<input id="field">', false, 'MacIntel'],
  ['Option + . on a button', '≥', 'Period', ALT, button, true, 'MacIntel'],
  ['Alt + . of a Russian keyboard in a field', 'ю', 'Period', ALT, '<input id="field">', true],
  ['Alt + Shift + . on a button', '>', 'Period', ALT | SHIFT, button, false],
];
/** Presses a key with the `key` that some keyboard layout gives it. */
async function pressRaw({ page }: Harness, key: string, code: string, modifiers: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, code, modifiers });
  await session.detach();
}
/** Sets the platform that the script sees. */
const setPlatform = (crm: Harness, platform: string) =>
  crm.inWorld(`void Object.defineProperty(navigator, 'platform', { value: '${platform}' })`);
for (const [name, key, code, modifiers, html, walks, platform = 'Linux x86_64'] of keys)
  test(`${name} ${walks ? 'walks' : 'is left to the page'}`, async ({ crm }) => {
    await crm.show(`${html}<p>0901234567</p>`);
    await setPlatform(crm, platform);
    await crm.page.focus('#field');
    await expect.poll(async () => (await crm.buttons()).length).toBe(1);
    // Waits until the desk is loaded, which listens for the keys.
    await crm.page.keyboard.press('Alt+Period');
    await expect.poll(() => crm.inWorld('world.root().activeElement?.ariaLabel')).toBe('Call 0901234567');
    await crm.page.focus('#field');
    await crm.page.evaluate(() => document.addEventListener('keydown', (event) => Object.assign(document, { title: event.key })));
    await pressRaw(crm, key, code, modifiers);
    const now = [await crm.inWorld('world.root().activeElement?.ariaLabel ?? null'), await crm.page.title()];
    expect(now).toEqual(walks ? ['Call 0901234567', ''] : [null, key]);
  });

const root = (html: string) => `<div><template shadowrootmode="open">${html}</template></div>`;
const orders: [name: string, html: string][] = [
  ['lines of a cell', '<table><tr><td>Điện thoại: 0900000001<br>0900000002<br>0900000003</td></tr></table>'],
  ['elements among texts', '<p>Mai 0900000001, <b><i>Lan 0900000002</i></b>, An 0900000003</p>'],
  ['texts between comments', '<p>Điện thoại 0900000001, <!-- --> hoặc 0900000002, <!-- -->0900000003</p>'],
  [
    'shadow roots',
    `<p>0900000001</p>${root(`0900000002<p>0900000003</p>${root('<p>0900000004</p>')}`)}0900000005<p>0900000006</p>`,
  ],
];
for (const [name, html] of orders)
  test(`walks ${name} in the order of the page`, async ({ crm }) => {
    await crm.show(html);
    const numbers = [...new Set(html.match(/09\d+/g))];
    await expect.poll(async () => (await crm.buttons()).length).toBe(numbers.length);
    for (const number of numbers) {
      await crm.page.keyboard.press('Alt+Period');
      await expect.poll(() => crm.inWorld('world.root().activeElement?.ariaLabel')).toBe(`Call ${number}`);
    }
  });

test('Option + . is left to the reason typed in a card', async ({ crm }) => {
  await crm.show('<p><span id="number">0901234567</span></p><p style="margin-top:300px">0912345678</p>');
  await setPlatform(crm, 'MacIntel');
  await refuse(crm);
  await over(crm, '#number');
  await pressInCard(crm, 'Why call it now all the same?');
  await pressRaw(crm, '≥', 'Period', ALT);
  expect(await crm.inWorld('world.root().activeElement.localName')).toBe('input');
});

/** Counts the Escape events that reach the page. */
async function listen(crm: Harness): Promise<() => Promise<number>> {
  await crm.page.evaluate(() => {
    Object.assign(globalThis, { escapes: 0 });
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') (globalThis as unknown as { escapes: number }).escapes += 1;
    });
  });
  return () => crm.page.evaluate(() => (globalThis as unknown as { escapes: number }).escapes);
}

test('Escape is left to the page while what we say is out of sight, and closes nothing then', async ({ crm }) => {
  await crm.show('<p>0901234567</p><div style="height:3000px"></div>');
  await crm.press('Call 0901234567');
  await expect.poll(() => crm.bubble()).toContain('Sent to your device');
  const escapes = await listen(crm);
  await crm.page.evaluate(() => scrollTo(0, 1500));
  await expect.poll(() => crm.bubble()).toBeNull();
  await crm.page.keyboard.press('Escape');
  expect(await escapes()).toBe(1);
  await crm.page.evaluate(() => scrollTo(0, 0));
  await expect.poll(() => crm.bubble()).toContain('Sent to your device');
  await crm.page.keyboard.press('Escape');
  expect([await escapes(), await crm.bubble()]).toEqual([1, null]);
});

test('Escape is left to the page once somebody pressed beside the numbers, and the walk goes on from there', async ({ crm }) => {
  await crm.show('<input id="field"><p>0901234567</p><p>0912345678</p>');
  await crm.page.focus('#field');
  await expect.poll(async () => (await crm.buttons()).length).toBe(2);
  await crm.page.keyboard.press('Alt+Period');
  await expect.poll(() => crm.inWorld('world.root().activeElement?.ariaLabel')).toBe('Call 0901234567');
  const escapes = await listen(crm);
  await crm.page.mouse.click(700, 500);
  await crm.page.keyboard.press('Escape');
  expect([await escapes(), await focusedId(crm)]).toEqual([1, '']);
  await crm.page.keyboard.press('Alt+Period');
  expect(await crm.inWorld('world.root().activeElement?.ariaLabel')).toBe('Call 0912345678');
});

test('Escape leads back from a number that was scrolled out of view', async ({ crm }) => {
  await crm.show('<input id="field"><p>0901234567</p><div style="height:3000px"></div>');
  await crm.page.focus('#field');
  await expect.poll(async () => (await crm.buttons()).length).toBe(1);
  await crm.page.keyboard.press('Alt+Period');
  await expect.poll(() => crm.inWorld('world.root().activeElement?.ariaLabel')).toBe('Call 0901234567');
  await crm.page.evaluate(() => scrollTo(0, 1500));
  await expect.poll(async () => (await crm.buttons()).length).toBe(0);
  const escapes = await listen(crm);
  for (const heard of [0, 1]) {
    await crm.page.keyboard.press('Escape');
    expect([await focusedId(crm), await escapes()]).toEqual(['field', heard]);
  }
});

test('Escape is left to the page once somebody pressed beside a number that is scrolled out of view then', async ({ crm }) => {
  await crm.show('<input id="field"><p>0901234567</p><div style="height:3000px"></div>');
  await crm.page.focus('#field');
  await expect.poll(async () => (await crm.buttons()).length).toBe(1);
  await crm.page.keyboard.press('Alt+Period');
  await expect.poll(() => crm.inWorld('world.root().activeElement?.ariaLabel')).toBe('Call 0901234567');
  await crm.page.mouse.click(700, 500);
  await crm.page.evaluate(() => scrollTo(0, 1500));
  await expect.poll(async () => (await crm.buttons()).length).toBe(0);
  const escapes = await listen(crm);
  await crm.page.keyboard.press('Escape');
  expect([await escapes(), await focusedId(crm)]).toEqual([1, '']);
});

test('Escape in a card that was pressed leads back to where the person was, and no card comes again', async ({ crm }) => {
  await crm.show('<input id="field"><p><span id="number">0901234567</span></p>');
  await refuse(crm);
  await crm.page.focus('#field');
  await over(crm, '#number');
  await pressInCard(crm, 'Why call it now all the same?');
  await crm.page.keyboard.press('Escape');
  await crm.settle(500);
  expect([await card(crm), await focusedId(crm)]).toEqual([null, 'field']);
});

test('Escape leads back into the shadow root where the person was', async ({ crm }) => {
  await crm.show(`${root('<input id="field">')}<p>0901234567</p>`);
  const focused = () => crm.page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.id);
  await crm.page.locator('#field').focus();
  await expect.poll(async () => (await crm.buttons()).length).toBe(1);
  await crm.page.keyboard.press('Alt+Period');
  await expect.poll(() => crm.inWorld('world.root().activeElement?.ariaLabel')).toBe('Call 0901234567');
  await crm.page.keyboard.press('Escape');
  expect(await focused()).toBe('field');
});

const far = 'position:absolute;white-space:nowrap';
const unreachable: [name: string, html: string][] = [
  [
    'beside the frame of a closed drawer',
    `<div id="o" style="position:relative;overflow:hidden;height:60px"><div style="${far};left:1200px">Lan 0901234567</div></div>`,
  ],
  [
    'below what an accordion shows, in a scroller there',
    `<div id="o" style="overflow:hidden;height:30px"><div style="height:300px"></div><div style="overflow:auto;height:90px">
    0901234567</div></div>`,
  ],
  ['that is invisible', '<div id="o" style="visibility:hidden">0901234567</div>'],
];
for (const [name, html] of unreachable)
  test(`the walk passes by a number ${name}, and scrolls nothing`, async ({ crm }) => {
    await crm.show(`${html}<div style="height:3000px"></div><div id="s" style="height:100px;overflow:auto"><p style="height:500px">An</p>
      <p>0912345678</p></div>`);
    await expect.poll(() => crm.numbers()).toContain('+84912345678');
    await expect
      .poll(async () => {
        await crm.page.keyboard.press('Alt+Period');
        return crm.inWorld('world.root()?.activeElement?.ariaLabel');
      })
      .toBe('Call 0912345678');
    expect(
      await crm.page.evaluate(() => [document.querySelector('#o')!.scrollLeft, document.querySelector('#o')!.scrollTop]),
    ).toEqual([0, 0]);
  });
