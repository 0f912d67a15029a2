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
