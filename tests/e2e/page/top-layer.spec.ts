import { expect, test } from './harness.ts';
import { over, pressInCard } from './in-card.ts';

const dialogs: [name: string, html: string, open: string][] = [
  ['a modal dialog', '<dialog id="d"><p>0912345678</p></dialog>', `document.querySelector('#d').showModal()`],
  [
    'a modal dialog with a form in a flexbox',
    '<dialog id="d" style="display:flex;gap:20px;transform:translate(20px,10px)"><p>0912345678</p><form>Lan</form></dialog>',
    `document.querySelector('#d').showModal()`,
  ],
  [
    'a modal dialog whose last child is styled',
    '<style>#d>:last-child{margin-bottom:90px}</style><dialog id="d"><p>0912345678</p><p>Lan</p></dialog>',
    `document.querySelector('#d').showModal()`,
  ],
  [
    'a modal dialog over another',
    '<dialog id="e"><p>0933444555</p><p style="height:400px"></p></dialog><dialog id="d"><p>0912345678</p></dialog>',
    `document.querySelector('#e').showModal();document.querySelector('#d').showModal()`,
  ],
  [
    'a modal dialog in a shadow root',
    '<div id="h"><p slot="x">0912345678</p></div>',
    `{const r=document.querySelector('#h').attachShadow({mode:'open'});r.innerHTML='<dialog id="d"><slot name="x"></slot></dialog>';r.firstChild.showModal()}`,
  ],
  ['a popover', '<div id="d" popover><p>0912345678</p></div>', `document.querySelector('#d').showPopover()`],
  [
    'a popover in a modal dialog',
    '<dialog id="e"><p>Lan</p><div id="d" popover><p>0912345678</p></div></dialog>',
    `document.querySelector('#e').showModal();document.querySelector('#d').showPopover()`,
  ],
  ['a fullscreen element', '<div id="d"><p>0912345678</p></div>', `document.querySelector('#d').requestFullscreen()`],
];
for (const [name, html, open] of dialogs) {
  test(`calls a number in ${name}`, async ({ crm }) => {
    await crm.show(`<p>Lan 0901234567</p>${html}`);
    await expect.poll(async () => (await crm.buttons()).length).toBeGreaterThan(0);
    const boxes = () =>
      crm.page.evaluate(() =>
        JSON.stringify(
          [...document.querySelectorAll('dialog, dialog :not([popover=manual])')].map((one) => one.getBoundingClientRect()),
        ),
      );
    await crm.page.evaluate(open);
    const before = await boxes();
    await expect.poll(async () => (await crm.buttons()).map(({ label }) => label)).toContain('Call 0912345678');
    await crm.press('Call 0912345678');
    await expect.poll(() => crm.calls()).toEqual(['+84912345678']);
    expect(await boxes()).toBe(before);
  });
}

const popovers: [name: string, html: string, open: string][] = [
  ['a popover', '<div id="d" popover><p><b id="n">0912345678</b></p></div>', 'd.showPopover()'],
  [
    'a popover in a modal dialog with a number',
    '<dialog id="e"><p>0933444555</p><div id="d" popover style="top:300px"><p><b id="n">0912345678</b></p></div></dialog>',
    'e.showModal();d.showPopover()',
  ],
];
for (const [name, html, open] of popovers)
  test(`neither card nor question about a number closes ${name}`, async ({ crm }) => {
    await crm.show(`<p>Lan 0901234567</p>${html}`);
    await crm.page.evaluate(`{const [d,e]=['d','e'].map((id)=>document.getElementById(id));${open}}`);
    await crm.rested('Call 0912345678');
    await crm.inWorld(`world.answerWith({ ok: true, value: { state: 'unknown', reason: null } })`);
    await over(crm, '#n');
    await pressInCard(crm, 'Call');
    await expect.poll(() => crm.calls()).toEqual(['+84912345678']);
    await crm.press('0912345678: look at your phone');
    await crm.pressAction('Call');
    await expect.poll(() => crm.calls()).toHaveLength(2);
    expect(await crm.page.evaluate(`document.querySelector('#d').matches(':popover-open')`)).toBe(true);
    await crm.page.mouse.click(700, 20);
    expect(await crm.page.evaluate(`document.querySelector('#d').matches(':popover-open')`)).toBe(false);
  });

test('leaves a dialog that closes, with its content or without', async ({ crm }) => {
  await crm.show('<p>0901234567</p><dialog id="d"><p>0912345678</p></dialog>');
  for (const close of ['d.close()', 'd.remove()']) {
    await crm.page.evaluate(`{const d=document.querySelector('#d');d.showModal()}`);
    await expect.poll(async () => (await crm.buttons()).map(({ label }) => label)).toEqual(['Call 0912345678']);
    await crm.page.evaluate(`{const d=document.querySelector('#d');${close}}`);
    await expect.poll(async () => (await crm.buttons()).map(({ label }) => label)).toEqual(['Call 0901234567']);
  }
  expect(await crm.page.evaluate(() => document.documentElement.lastElementChild?.localName)).toBe('div');
  await crm.press('Call 0901234567');
  await expect.poll(() => crm.calls()).toEqual(['+84901234567']);
});

for (const [name, own] of [
  ['a page with numbers', '<p>0901234567</p>'],
  ['a page without', '<p style="margin-top:400px">Lan</p>'],
] as const)
  test(`puts neither itself into a dialog whose layout would change by it nor buttons over it, in ${name}`, async ({ crm }) => {
    const link = '<p><a id="a" href="tel:0912345678">0912345678</a></p>';
    await crm.show(`<style>#d:has([popover]) p{margin:90px}</style>${own}<dialog id="d">${link}</dialog>`);
    await crm.inWorld(`world.stop(); world.start({ telLinks: true })`);
    const labels = async () => (await crm.buttons()).map(({ label }) => label);
    const before = own.includes('0901234567') ? ['Call 0901234567'] : [];
    await expect.poll(labels).toEqual(before);
    await crm.page.evaluate(() => {
      document.querySelector<HTMLDialogElement>('#d')!.showModal();
      window.addEventListener('click', (event) => {
        Object.assign(globalThis, { isTaken: event.defaultPrevented });
        event.preventDefault();
      });
    });
    await crm.settle(500);
    expect(await crm.page.evaluate(() => document.querySelector('#d')!.innerHTML)).toBe(link);
    await expect.poll(labels).toEqual([]);
    // Nobody could answer a question: the link is left to the system.
    await crm.page.click('#a');
    expect(await crm.page.evaluate(() => (globalThis as unknown as { isTaken: boolean }).isTaken)).toBe(false);
    await crm.page.evaluate(() => document.querySelector<HTMLDialogElement>('#d')!.close());
    await expect.poll(labels).toEqual(before);
  });

test('does not lift itself over another that lifts itself, too, for ever', async ({ crm }) => {
  await crm.show('<p style="margin-top:400px">0901234567</p>');
  await expect.poll(async () => (await crm.buttons()).length).toBe(1);
  const toggles = await crm.page.evaluate(async () => {
    let count = 0;
    const other = document.body.appendChild(document.createElement('div'));
    other.popover = 'manual';
    other.style.cssText = 'inset:0 auto auto 0;margin:0;width:20px;height:20px';
    const onToggle = ({ target }: Event) => {
      count += 1;
      if (target === other) return;
      other.hidePopover();
      other.showPopover();
    };
    document.addEventListener('toggle', onToggle, { capture: true });
    other.showPopover();
    for (let frame = 0; frame < 30; frame += 1) await new Promise(requestAnimationFrame);
    document.removeEventListener('toggle', onToggle, { capture: true });
    return count;
  });
  expect(toggles).toBeLessThan(6);
  await crm.page.evaluate(() => document.body.lastElementChild?.remove());
});
