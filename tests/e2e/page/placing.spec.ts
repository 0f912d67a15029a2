import { expect, type Harness, test } from './harness.ts';

/** How far the button is from its place after the number, before it on a page that runs from the right; NaN when there is none. */
async function distance(crm: Harness, selector: string): Promise<number> {
  const box = await crm.page.evaluate((at) => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector(at)!);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    const { direction } = getComputedStyle(document.querySelector(at)!);
    return { x: direction === 'rtl' ? left - 11 : right + 11, y: (top + bottom) / 2 };
  }, selector);
  const [button] = await crm.buttons();
  return button ? Math.hypot(button.x - box.x, button.y - box.y) : Number.NaN;
}

const moves: [name: string, html: string, move: string][] = [
  ['the page is scrolled', '<p id="n">0901234567</p><div style="height:3000px"></div>', 'scrollBy(0, 5)'],
  [
    'a scroller is scrolled',
    '<div id="s" style="height:200px;overflow:auto;margin:50px"><div style="height:90px"></div><p id="n">0901234567</p><div style="height:900px"></div></div>',
    `document.querySelector('#s').scrollTop = 60`,
  ],
  ['something above grows', '<div id="s"></div><p id="n">0901234567</p>', `document.querySelector('#s').style.height = '80px'`],
  ['a style sheet changes', '<p id="n">0901234567</p>', `document.styleSheets[0].insertRule('p{margin:70px}')`],
  [
    'a transform moves it',
    '<div id="s"><p id="n">0901234567</p></div>',
    `document.querySelector('#s').style.transform = 'translate(90px, 40px)'`,
  ],
  ['the page is zoomed', '<p id="n">0901234567</p>', `document.body.style.zoom = 1.5`],
  ['the root is zoomed', '<p id="n">0901234567</p>', `document.documentElement.style.zoom = 1.25`],
  ['the root is moved', '<p id="n">0901234567</p>', `document.documentElement.style.transform = 'translate(30px, 20px)'`],
  [
    'a page from the right is scrolled',
    '<div dir="rtl"><p id="n">0901234567</p><p style="height:3000px"></p></div>',
    'scrollBy(0, 5)',
  ],
  [
    'a scroller from the right is scrolled aside',
    '<div id="s" dir="rtl" style="width:400px;overflow:auto"><p id="n" style="width:900px;padding-right:80px">0901234567</p></div>',
    `document.querySelector('#s').scrollLeft = -60`,
  ],
  [
    'a table from the right gets a column',
    '<table dir="rtl"><tr id="r"><td>أحمد</td><td id="n" style="padding:0 30px">0901234567</td></tr></table>',
    `document.querySelector('#r').insertAdjacentHTML('afterbegin', '<td>رقم العميل</td>')`,
  ],
  [
    'an animation moves it',
    '<style>@keyframes m{to{margin-left:200px}}</style><p id="n">0901234567</p>',
    `document.querySelector('#n').style.animation = 'm .3s forwards'`,
  ],
];
for (const [name, html, move] of moves) {
  test(`stays with its number when ${name}`, async ({ crm }) => {
    await crm.show(html);
    await expect.poll(() => distance(crm, '#n')).toBeLessThan(2);
    await crm.page.evaluate(move);
    await crm.settle(400);
    await expect.poll(() => distance(crm, '#n')).toBeLessThan(2);
  });
}

const hidings: [name: string, html: string, hide: string][] = [
  [
    'scrolled out of its scroller',
    '<div id="s" style="height:60px;overflow:auto"><p id="n">0901234567</p><div style="height:900px"></div></div>',
    `document.querySelector('#s').scrollTop = 200`,
  ],
  [
    'under a sticky header',
    '<div style="position:sticky;top:0;height:80px;background:#eee;z-index:2">Menu</div><p id="n">0901234567</p><div style="height:3000px"></div>',
    'scrollBy(0, 60)',
  ],
  [
    'under a dialog',
    '<p id="n">0901234567</p>',
    `document.body.insertAdjacentHTML('beforeend', '<div style="position:fixed;inset:0;background:#fff">Dialog</div>')`,
  ],
  [
    'under a dialog shown by a class',
    '<style>.d{display:none;position:fixed;inset:0;background:#fff}.d.on{display:block}</style><p id="n">0901234567</p><div class="d">Dialog</div>',
    `document.querySelector('.d').classList.add('on')`,
  ],
  ['not displayed', '<p id="n">0901234567</p>', `document.querySelector('#n').style.display = 'none'`],
  ['invisible', '<p id="n">0901234567</p>', `document.querySelector('#n').style.visibility = 'hidden'`],
  ['in a row that was removed', '<p id="n">0901234567</p>', `document.querySelector('#n').remove()`],
];
for (const [name, html, hide] of hidings) {
  test(`hides the button of a number ${name}`, async ({ crm }) => {
    await crm.show(html);
    await expect.poll(async () => (await crm.buttons()).length).toBe(1);
    await crm.page.evaluate(hide);
    await expect.poll(async () => (await crm.buttons()).length).toBe(0);
  });
}

test('shows the button of a number that was not displayed at first', async ({ crm }) => {
  await crm.show('<style>.d{display:none}</style><p class="d" id="n">0901234567</p>');
  await crm.settle(300);
  expect(await crm.buttons()).toEqual([]);
  await crm.page.evaluate(() => document.styleSheets[1]?.deleteRule(0));
  await expect.poll(() => distance(crm, '#n')).toBeLessThan(2);
});

test('a row that sticks in the middle of a long table keeps its button', async ({ crm }) => {
  const rows = Array.from({ length: 300 }, (_, at) => {
    const sticky = at === 150 ? ' style="position:sticky;top:0;background:#fff" id="n"' : '';
    return `<tr><td${sticky}>09012${String(10_000 + at)}</td><td>Lan</td></tr>`;
  });
  await crm.show(`<table style="border-spacing:0 8px"><tbody>${rows.join('')}</tbody></table>`);
  await crm.page.evaluate(() => document.querySelector('tr:nth-child(155)')!.scrollIntoView({ block: 'start' }));
  await crm.page.evaluate(() => scrollBy(0, 1_500));
  await crm.settle(400);
  const top = await crm.page.evaluate(() => document.querySelector('#n')!.getBoundingClientRect().top);
  expect(Math.abs(top)).toBeLessThan(2);
  await expect.poll(async () => (await crm.buttons()).some(({ label }) => label.includes('0901210150'))).toBe(true);
});

test('on 2,000 rows shows buttons for what is in view, wherever that is scrolled to', async ({ crm }) => {
  const rows = Array.from({ length: 2_000 }, (_, index) => `<tr><td>${index}</td><td>09${String(10_000_000 + index)}</td></tr>`);
  await crm.show(`<table>${rows.join('')}</table>`);
  for (const top of [0, 20_000, 300, 1_000_000]) {
    await crm.page.evaluate((y) => scrollTo(0, y), top);
    const inView = () =>
      crm.page.evaluate(() =>
        [...document.querySelectorAll('td:nth-child(2)')]
          .filter((cell) => {
            const range = document.createRange();
            range.selectNodeContents(cell);
            const { top, bottom } = range.getBoundingClientRect();
            return (top + bottom) / 2 >= 0 && (top + bottom) / 2 <= document.documentElement.clientHeight;
          })
          .map((cell) => `Call ${cell.textContent}`),
      );
    await expect.poll(async () => (await crm.buttons()).map((button) => button.label).sort()).toEqual((await inView()).sort());
  }
});

test('shows buttons for what is in view of 2,000 rows that were sorted meanwhile', async ({ crm }) => {
  const rows = Array.from({ length: 2_000 }, (_, index) => `<tr><td>${index}</td><td>09${String(10_000_000 + index)}</td></tr>`);
  await crm.show(`<table>${rows.join('')}</table>`);
  await expect.poll(async () => (await crm.buttons()).length).toBeGreaterThan(10);
  await crm.page.evaluate(() => {
    const body = document.querySelector('tbody') as Element;
    const turned = [...body.children].sort(
      (one, other) => ((Number(one.textContent) * 7) % 1009) - ((Number(other.textContent) * 7) % 1009),
    );
    body.append(...turned);
    scrollTo(0, 11_000);
  });
  const inView = () =>
    crm.page.evaluate(() =>
      [...document.querySelectorAll('td:nth-child(2)')]
        .filter((cell) => {
          const { top, bottom } = cell.getBoundingClientRect();
          return (top + bottom) / 2 >= 0 && (top + bottom) / 2 <= document.documentElement.clientHeight;
        })
        .map((cell) => `Call ${cell.textContent}`)
        .sort(),
    );
  await expect.poll(async () => (await crm.buttons()).map(({ label }) => label).sort()).toEqual(await inView());
});

test('of 2,000 numbers placed without order every one in view has a button, and no other', async ({ crm }) => {
  let seed = 5;
  const random = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  // Far apart on a grid, so that none covers another, but in any order: neighbours in the document are none on the page.
  const cells = Array.from({ length: 2_000 }, (_, at) => at).sort(() => random(3) - 1);
  const boxes = cells.map(
    (cell, at) =>
      `<div style="position:absolute;left:${10 + (cell % 6) * 160}px;top:${Math.floor(cell / 6) * 40}px">09${10_000_000 + at}</div>`,
  );
  await crm.show(`<div style="position:relative;height:13400px">${boxes.join('')}</div>`);
  const inView = () =>
    crm.page.evaluate(() =>
      [...document.querySelectorAll('div > div')]
        .filter((one) => {
          const { top, bottom } = one.getBoundingClientRect();
          return (top + bottom) / 2 >= 0 && (top + bottom) / 2 <= document.documentElement.clientHeight;
        })
        .map((one) => `Call ${one.textContent}`)
        .sort(),
    );
  for (const top of [0, 6_000, 6_210, 13_000, 40]) {
    await crm.page.evaluate((y) => scrollTo(0, y), top);
    await expect.poll(async () => (await crm.buttons()).map(({ label }) => label).sort()).toEqual(await inView());
  }
});
