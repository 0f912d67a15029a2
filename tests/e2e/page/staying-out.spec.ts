import { expect, test } from './harness.ts';

const CRM = `<h1>CRM</h1><p id="p">Lan: <span>090</span><b>123</b>4567</p><table><tr><td>An</td><td>0912345678</td></tr></table>
<a href="tel:0933444555">Gọi</a><input id="field" value="abc"><textarea>x</textarea>`;

test('leaves every node, text, selection, focus and box of the page as it was', async ({ crm }) => {
  await crm.page.setContent(CRM);
  const before = await crm.page.evaluate(snapshot);
  await crm.show(CRM);
  await crm.page.evaluate(() => {
    const records: string[] = [];
    Object.assign(window, { records });
    new MutationObserver((all) => records.push(...all.map((record) => record.type))).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    getSelection()!.selectAllChildren(document.querySelector('#p')!);
    document.querySelector<HTMLInputElement>('#field')!.focus();
  });
  const selected = await crm.page.evaluate(() => String(getSelection()));
  await expect.poll(async () => (await crm.buttons()).length).toBe(3);
  await crm.press('Call 0912345678');
  await expect.poll(() => crm.calls()).toHaveLength(1);
  expect(await crm.page.evaluate(() => [String(getSelection()), document.activeElement?.id])).toEqual([selected, 'field']);
  expect(await crm.page.evaluate(() => (window as unknown as { records: string[] }).records)).toEqual([]);
  const after = await crm.page.evaluate(snapshot);
  expect({ ...after, style: 0 }).toEqual({ ...before, style: 0 });
  await crm.inWorld('world.stop()');
  expect(await crm.page.evaluate(() => [document.documentElement.children.length, CSS.highlights.size])).toEqual([2, 0]);
});

function snapshot() {
  const body = document.body.cloneNode(true) as HTMLElement;
  for (const style of body.querySelectorAll('style')) style.remove();
  return {
    html: body.innerHTML.trim(),
    text: body.textContent?.trim(),
    inner: document.body.innerText,
    whole: document.documentElement.innerText,
    values: [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value),
    style: 0,
  };
}

test('shifts nothing', async ({ crm }) => {
  await crm.page.setContent('<p>x</p>');
  await crm.show(CRM);
  const shift = crm.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
        const boxes = () =>
          JSON.stringify([...document.body.querySelectorAll('*')].map((element) => element.getBoundingClientRect()));
        const first = boxes();
        setTimeout(() => resolve(boxes() === first ? sum : Number.NaN), 1_000);
      }),
  );
  expect(await shift).toBe(0);
  expect(await crm.buttons()).toHaveLength(3);
});

test('puts nothing into a page without numbers', async ({ crm }) => {
  await crm.show('<p>12/03/2024</p>');
  expect(await crm.page.evaluate(() => document.documentElement.children.length)).toBe(2);
});

test('copies the exact text, undoes what was typed, and keeps what fields hold', async ({ crm }) => {
  await crm.show(
    `<p id="p">Lan: <span>090</span><b>123</b>4567</p><textarea id="t"></textarea><div id="e" contenteditable></div>`,
  );
  await expect.poll(async () => (await crm.buttons()).length).toBe(1);
  await crm.page.evaluate(() => {
    document.addEventListener('copy', () => Object.assign(window, { copied: String(getSelection()) }));
    getSelection()!.selectAllChildren(document.querySelector('#p')!);
  });
  await crm.page.keyboard.press('Control+c');
  expect(await crm.page.evaluate(() => (window as unknown as { copied: string }).copied)).toBe('Lan: 0901234567');
  for (const id of ['#t', '#e']) {
    await crm.page.locator(id).focus();
    await crm.page.keyboard.type('Gọi 0912345678');
    await crm.settle(200);
    await crm.page.keyboard.press('Control+z');
    const after = await crm.page.evaluate((at) => {
      const field = document.querySelector(at) as HTMLTextAreaElement;
      return field.value ?? field.textContent;
    }, id);
    expect('Gọi 0912345678'.startsWith(after)).toBe(true);
    expect(after).not.toBe('Gọi 0912345678');
  }
  expect(await crm.texts()).toEqual(['0901234567']);
});

const typed: [name: string, html: string, prepare: string][] = [
  ['a document in design mode', '<p>0901234567</p>', `document.designMode='on'`],
  ['contenteditable without a value', '<div contenteditable>0901234567</div>', ''],
  ['contenteditable=true', '<div contenteditable="TRUE"><p>0901234567</p></div>', ''],
  ['contenteditable=plaintext-only', '<div contenteditable="plaintext-only">0901234567</div>', ''],
  ['contenteditable inherited', '<div contenteditable><p contenteditable="inherit"><b>0901234567</b></p></div>', ''],
  [
    'contenteditable around a shadow root',
    '<div contenteditable><span id="s"></span></div>',
    `s.attachShadow({mode:'open'}).innerHTML='<p>0901234567</p>'`,
  ],
  ['a text box by role', '<div role="textbox" tabindex="0"><p>0901234567</p></div>', ''],
  ['a search box by role', '<div role="searchbox">0901234567</div>', ''],
  [
    'the hidden field of a canvas editor',
    '<canvas></canvas><textarea style="opacity:0;position:fixed">0901234567</textarea>',
    '',
  ],
  ['the hidden text of an editor', '<div class="monaco-editor"><div class="view-line"><span>0901234567</span></div></div>', ''],
];
for (const [name, html, prepare] of typed) {
  test(`marks nothing in ${name}`, async ({ crm }) => {
    await crm.page.setContent(`<!doctype html>${html}<p id="o" contenteditable="false">0912345678</p>`);
    await crm.page.evaluate(prepare);
    await crm.start();
    const whole = await crm.page.evaluate(() => document.designMode === 'on');
    await expect.poll(() => crm.texts()).toEqual(whole ? [] : ['0912345678']);
  });
}

test('nothing of ours is printed', async ({ crm }) => {
  await crm.show('<p>0901234567</p>');
  await crm.page.addStyleTag({ path: new URL('../../../utils/page/number-highlight.css', import.meta.url).pathname });
  await expect.poll(async () => (await crm.buttons()).length).toBe(1);
  const drawn = async (media: 'screen' | 'print') => {
    await crm.page.emulateMedia({ media });
    const underline = `getComputedStyle(document.querySelector('p'), '::highlight(dialside-number)').textDecorationLine`;
    return [await crm.page.evaluate(underline), await crm.inWorld('getComputedStyle(world.root().host).display')];
  };
  expect([await drawn('screen'), await drawn('print')]).toEqual([
    ['underline', 'block'],
    ['none', 'none'],
  ]);
  await crm.page.emulateMedia({ media: null });
});

test('where the system forces colours a button keeps its own, and no number looks selected', async ({ crm }) => {
  const show = async () => {
    await crm.show('<p>0901234567</p>');
    await expect.poll(async () => (await crm.buttons()).length).toBe(1);
    const part = (name: string) => `getComputedStyle(world.root().querySelector('.b'), '${name}').backgroundColor`;
    return [await crm.inWorld(`[${part('::before')}, ${part('::after')}]`), await crm.page.evaluate('CSS.highlights.size')];
  };
  const [own, marked] = await show();
  expect(marked).toBe(1);
  await crm.inWorld('world.stop()');
  await crm.page.emulateMedia({ forcedColors: 'active' });
  expect(await show()).toEqual([own, 0]);
  await crm.page.emulateMedia({ forcedColors: null });
});
