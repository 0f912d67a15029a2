import { expect, type Harness, test } from './harness.ts';
import { over, pressInCard, refuse } from './in-card.ts';

const KINDS = [
  ...['pointerdown', 'mousedown', 'touchstart', 'pointerup', 'mouseup', 'touchend', 'click', 'keydown', 'keypress', 'keyup'],
  ...['dblclick', 'auxclick', 'contextmenu', 'beforeinput', 'input', 'copy', 'cut', 'paste', 'focusin', 'focusout'],
];

/** Records what the page's listeners on the document hear, before all others there, except pointer moves. */
async function listen(crm: Harness): Promise<void> {
  await crm.page.evaluate((kinds) => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    for (const kind of kinds)
      document.addEventListener(
        kind,
        (event) => {
          const { target } = event;
          const { key } = event as KeyboardEvent;
          const { relatedTarget } = event as FocusEvent;
          const name = (one: EventTarget | null) => (one as Element | null)?.id || (one as Element | null)?.localName;
          heard.push([kind, key ?? name(target), name(relatedTarget)].filter(Boolean).join(' '));
        },
        true,
      );
  }, KINDS);
}
/** What the page's listeners heard since the last call. */
const heard = (crm: Harness) => crm.page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.splice(0));

test('the page hears nothing of presses on what we show', async ({ crm }) => {
  await crm.show('<p>0901234567</p>');
  await crm.inWorld(`world.answerWith({ ok: true, value: { state: 'unknown', reason: null } })`);
  await listen(crm);
  await crm.press('Call 0901234567');
  await crm.press('0901234567: look at your phone');
  await crm.pressAction('Call');
  await expect.poll(() => crm.calls()).toHaveLength(2);
  expect(await heard(crm)).toEqual([]);
});

test('nor of keys there, which walk on and leave all the same', async ({ crm }) => {
  await crm.show('<input id="field"><p>0901234567</p><p style="margin-top:200px">0912345678</p>');
  await listen(crm);
  await crm.page.focus('#field');
  await crm.rested('Call 0912345678');
  await crm.page.keyboard.press('Alt+Period');
  await crm.page.keyboard.press('Alt+Period');
  await crm.page.keyboard.press('Enter');
  await crm.page.keyboard.press('j');
  await expect.poll(() => crm.calls()).toEqual(['+84912345678']);
  expect((await heard(crm)).filter((one) => one.startsWith('key'))).toEqual([
    // The page sees Alt being released as well, so that it does not take the key for held.
    ...['keydown Alt', 'keyup Alt', 'keydown Alt', 'keyup Alt'],
  ]);
  await crm.page.keyboard.press('Escape');
  expect(await crm.page.evaluate(() => document.activeElement?.id)).toBe('field');
});

test('nor of what is typed there, copied and put in', async ({ crm }) => {
  await crm.show('<p><span id="number">0901234567</span></p>');
  await refuse(crm);
  await over(crm, '#number');
  await listen(crm);
  await pressInCard(crm, 'Why call it now all the same?');
  await crm.page.keyboard.type('jk');
  for (const key of ['a', 'c', 'x', 'v']) await crm.page.keyboard.press(`Control+${key}`);
  const { x, y } = await crm.inWorld<{ x: number; y: number }>('world.cardControl("Why call it now all the same?")');
  await crm.page.mouse.dblclick(x, y);
  await crm.page.mouse.click(x, y, { button: 'middle' });
  expect(await crm.inWorld('world.root().activeElement.value')).toContain('jk');
  expect((await heard(crm)).filter((one) => !one.startsWith('focus'))).toEqual([]);
});

/** How dialogs that are not native ones keep the focus and presses. */
const traps: [name: string, script: string][] = [
  ['on focusin', `document.addEventListener('focusin', (e) => d.contains(e.target) || d.focus())`],
  ['on focusin before others', `document.addEventListener('focusin', (e) => d.contains(e.target) || d.focus(), true)`],
  [
    'on focusout',
    `document.addEventListener('focusout', (e) => e.relatedTarget === null || d.contains(e.relatedTarget) || d.focus())`,
  ],
  [
    'by taking presses outside of it',
    `for (const type of ['pointerdown', 'mousedown', 'touchstart', 'click'])
      document.addEventListener(type, (e) => {
        if (d.contains(e.target)) return;
        e.preventDefault();
        e.stopImmediatePropagation();
      }, true)`,
  ],
  [
    'by closing at presses outside of it',
    `document.addEventListener('pointerdown', (e) => d.contains(e.target) || d.remove(), true)`,
  ],
];
for (const [name, script] of traps)
  test(`a dialog that keeps the focus ${name} lets it come to what we show`, async ({ crm }) => {
    await crm.show(
      `<div id="d" tabindex="-1"><input id="field"><p><span id="number">0901234567</span></p><p>0912345678</p></div><script>${script}</script>`,
    );
    await refuse(crm);
    await crm.page.focus('#field');
    await crm.page.keyboard.press('Alt+Period');
    await crm.page.keyboard.press('Alt+Period');
    await expect.poll(() => crm.inWorld('world.root().activeElement?.ariaLabel')).toBe('Call 0912345678');
    await crm.page.keyboard.press('Escape');
    expect(await crm.page.evaluate(() => document.activeElement?.id)).toBe('field');
    await over(crm, '#number');
    await pressInCard(crm, 'Why call it now all the same?');
    await crm.page.keyboard.type('Customer asked');
    await pressInCard(crm, 'Call');
    await expect.poll(() => crm.inWorld('world.reasons')).toEqual(['Customer asked']);
  });

test('a field of the page is told that it lost the focus to us, and that it got it back', async ({ crm }) => {
  await crm.show('<input id="field"><p>0901234567</p>');
  await crm.page.focus('#field');
  await expect.poll(async () => (await crm.buttons()).length).toBe(1);
  await listen(crm);
  await crm.page.keyboard.press('Alt+Period');
  expect((await heard(crm)).filter((one) => one.startsWith('focus'))).toEqual(['focusout field']);
  await crm.page.keyboard.press('Escape');
  expect((await heard(crm)).filter((one) => one.startsWith('focus'))).toEqual(['focusin field']);
});

const held: [name: string, kind: string, html: string][] = [
  ['a column’s edge', 'mouseup', '<div id="from">|</div>'],
  ['a card', 'drop', '<div id="from" draggable="true">Lan</div>'],
];
for (const [name, kind, html] of held)
  test(`${name} that the page began to drag is let go over a button as if it were not there`, async ({ crm }) => {
    await crm.show(`${html}<p id="to" style="width:300px">0901234567</p>`);
    await expect.poll(async () => (await crm.buttons()).length).toBe(1);
    await crm.page.evaluate((type) => {
      document.addEventListener('dragover', (event) => event.preventDefault());
      document.addEventListener(type, ({ target }) => Object.assign(document, { title: (target as Element).id }));
    }, kind);
    const [{ x, y } = { x: 0, y: 0 }] = await crm.buttons();
    await crm.page.mouse.move(12, 16);
    await crm.page.mouse.down();
    for (const aside of [60, 0]) await crm.page.mouse.move(x + aside, y, { steps: 3 });
    await crm.page.mouse.up();
    expect(await crm.page.title()).toBe('to');
    await crm.press('Call 0901234567');
    await expect.poll(() => crm.calls()).toEqual(['+84901234567']);
  });

test('a finger whose release the page keeps to itself does not keep the next tap from a button', async ({ crm }) => {
  await crm.show(
    `<script>addEventListener('pointerup', (event) => event.stopImmediatePropagation(), true)</script><p>0901234567</p>`,
  );
  await crm.rested('Call 0901234567');
  const session = await crm.page.context().newCDPSession(crm.page);
  const [button = { x: 0, y: 0 }] = await crm.buttons();
  for (const { x, y } of [{ x: 600, y: 400 }, button]) {
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await crm.settle(700);
  }
  await expect.poll(() => crm.calls()).toEqual(['+84901234567']);
});

/** Records the pointer events of elements: by their own listeners, and by one that derives enter and leave from over and out. */
async function followPointer(crm: Harness): Promise<() => Promise<string[]>> {
  await crm.page.evaluate(() => {
    const told: string[] = [];
    Object.assign(globalThis, { told });
    const app = document.querySelector('#app')!;
    for (const kind of ['pointer', 'mouse'])
      for (const step of ['enter', 'leave', 'over', 'out'])
        for (const one of [app, ...app.querySelectorAll('*')])
          one.addEventListener(kind + step, (event) => {
            const { target, relatedTarget, clientX } = event as MouseEvent;
            if (target === one) told.push([one.id, kind + step, (relatedTarget as Element | null)?.id, clientX].join(' '));
          });
    const within = (node: EventTarget | null) => (app.contains(node as Node | null) ? (node as Element) : null);
    const around = (from: Element | null): Element[] => (from && app.contains(from) ? [from, ...around(from.parentElement)] : []);
    const cross = (from: Element | null, to: Element | null) => {
      for (const one of around(from)) if (!one.contains(to)) told.push(`${one.id} left`);
      for (const one of around(to).reverse()) if (!one.contains(from)) told.push(`${one.id} entered`);
    };
    app.addEventListener('mouseout', ({ target, relatedTarget }: MouseEventInit & Event) =>
      cross(target as Element, within(relatedTarget ?? null)),
    );
    app.addEventListener('mouseover', ({ target, relatedTarget }: MouseEventInit & Event) => {
      if (!within(relatedTarget ?? null)) cross(null, target as Element);
    });
  });
  return () => crm.page.evaluate(() => (globalThis as unknown as { told: string[] }).told.splice(0));
}
const onwards: [name: string, x: number, y: number][] = [
  ['back to its number', 30, 60],
  ['elsewhere in the same card', 250, 30],
  ['beside the card', 30, 120],
  ['out of all that', 900, 600],
];
for (const [name, x, y] of onwards)
  test(`the page hears of a pointer that goes to a button and ${name} as if the button were not there`, async ({ crm }) => {
    await crm.show(`<div id="app" style="width:400px"><form id="card" style="width:300px;padding:20px"><b id="name">Lan</b>
      <p id="number">0901234567</p><input name="getRootNode" hidden></form><p id="beside">Mai</p></div>`);
    const told = await followPointer(crm);
    await expect.poll(async () => (await crm.buttons()).length).toBe(1);
    await crm.page.keyboard.press('Alt+Period');
    await expect.poll(() => crm.inWorld('world.root().activeElement?.ariaLabel')).toBe('Call 0901234567');
    const [button = { x: 0, y: 0 }] = await crm.buttons();
    const numberAt = await crm.page.locator('#number').boundingBox();
    const move = async () => {
      await crm.page.mouse.move(900, 600);
      await told();
      await crm.page.mouse.move(30, (numberAt?.y ?? 0) + 5);
      for (const aside of [0, 1]) await crm.page.mouse.move(button.x + aside, button.y);
      await crm.page.mouse.move(x, y);
      await crm.settle(100);
      return told();
    };
    const withUs = await move();
    await crm.inWorld('world.stop()');
    const without = await move();
    expect(without.length).toBeGreaterThan(10);
    expect(withUs).toEqual(without);
  });

const rows = '<p style="margin-top:100px">0901234567</p><div style="height:2000px"></div>';
const inner = `<div id="s" style="flex:1;overflow:auto">${rows}</div>`;
const lists: [name: string, html: string][] = [
  ['in a page that does not scroll', `<div style="position:fixed;inset:0;display:flex"><nav>Menu</nav>${inner}</div>`],
  ['in a page that scrolls as well', `<div style="height:300px;display:flex">${inner}</div><div style="height:3000px"></div>`],
  [
    'around one that is at its end',
    `<div id="s" style="position:fixed;inset:0;overflow:auto"><div style="overflow:auto;height:160px">${rows.split('<div')[0]}</div>
    <div style="height:2000px"></div></div>`,
  ],
];
for (const [name, html] of lists)
  test(`the wheel over a button scrolls the list ${name}`, async ({ crm }) => {
    await crm.show(html);
    await crm.rested('Call 0901234567');
    const [button] = await crm.buttons();
    await crm.page.mouse.move(button!.x, button!.y);
    await crm.page.mouse.wheel(0, 50);
    const scrolled = () => crm.page.evaluate(() => [document.querySelector('#s')!.scrollTop, scrollY]);
    await expect.poll(scrolled).toEqual([50, 0]);
    await crm.page.mouse.move(500, 300);
    await expect.poll(async () => (await crm.buttons())[0]?.y).toBe(button!.y - 50);
  });
