import { expect, type Harness, test } from './harness.ts';

/** Distance of the button from its place after the number, or before it on a right-to-left page; NaN when there is none. */
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

/** The content of a header, which fills it and paints nothing. */
const cell = '<span style="display:block;height:80px">Name</span>';
const stickyIn = (name: string, row: string) => `<template shadowrootmode="open">
  <div style="position:sticky;top:0;height:80px;background:#eee;z-index:2">${name}</div>${row}</template>`;
const hidings: [name: string, html: string, hide: string | ((crm: Harness) => Promise<void>)][] = [
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
    'under a sticky header in a shadow root',
    `<div>${stickyIn(cell, '<p>0901234567</p>')}</div><div style="height:3000px"></div>`,
    'scrollBy(0, 60)',
  ],
  [
    'under a sticky header slotted into a shadow root',
    `<div>${stickyIn('<slot name="head"></slot>', '<slot></slot>')}${cell.replace('>', ' slot="head">')}<p>0901234567</p></div>
    <div style="height:3000px"></div>`,
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
  [
    'under a menu that opens by pointing at it',
    '<style>nav ul{display:none;position:absolute;background:#fff}nav:hover ul{display:block}</style><nav id="m">Menu<ul><li>1<li>2<li>3</ul></nav><p>0901234567</p>',
    ({ page }) => page.hover('#m'),
  ],
  ['not displayed', '<p id="n">0901234567</p>', `document.querySelector('#n').style.display = 'none'`],
  ['invisible', '<p id="n">0901234567</p>', `document.querySelector('#n').style.visibility = 'hidden'`],
  ['in a row that was removed', '<p id="n">0901234567</p>', `document.querySelector('#n').remove()`],
];
for (const [name, html, hide] of hidings) {
  test(`hides the button of a number ${name}`, async ({ crm }) => {
    await crm.show(html);
    await expect.poll(async () => (await crm.buttons()).length).toBe(1);
    await (typeof hide === 'string' ? crm.page.evaluate(hide) : hide(crm));
    await expect.poll(async () => (await crm.buttons()).length).toBe(0);
  });
}

const drawer = '<div style="position:absolute;right:0;top:0;bottom:0;width:400px;overflow:auto;background:#fff">';
const layers: [name: string, html: string, change: string, shown: string[]][] = [
  [
    'in a drawer beside its mask, while it scrolls',
    `<p>0901234567</p><div style="position:fixed;inset:0"><div style="position:absolute;inset:0;background:#0007"></div>
    ${drawer}<p>0912345678</p><div style="height:2000px"></div></div></div>`,
    `document.querySelector('div > div + div').scrollTop = 5`,
    ['0912345678'],
  ],
  [
    'below the first screen of a body as high as it',
    '<style>html,body{height:100%}body{overflow:auto}</style><p style="margin-top:1500px">0901234567</p>',
    'scrollTo(0, 1e6)',
    ['0901234567'],
  ],
  [
    'in a dialog whose page lets nothing be pressed',
    `<p>0901234567</p><div style="position:fixed;inset:0;background:#0007;pointer-events:auto"></div>
    <div style="position:fixed;inset:100px;background:#fff;pointer-events:auto">0912345678</div>`,
    `document.body.style.pointerEvents = 'none'`,
    ['0912345678'],
  ],
  ['that lets the pointer through', '<p style="pointer-events:none">0901234567</p>', '', ['0901234567']],
  [
    'under a link stretched over its card',
    `<style>a::after{content:"";position:absolute;inset:0}a{background:#06c}</style>
    <div style="position:relative"><p>0901234567</p><a href="#">Lan</a></div>`,
    '',
    ['0901234567'],
  ],
  [
    'under a clear link over its card',
    '<div style="position:relative"><p>0901234567</p><a href="#" style="position:absolute;inset:0"></a></div>',
    '',
    ['0901234567'],
  ],
  [
    'under a clear link over its card, both in shadow roots',
    `<div><template shadowrootmode="open"><div style="position:relative"><p>0901234567</p><span>
    <template shadowrootmode="open"><a href="#" style="position:absolute;inset:0"></a></template></span></div></template></div>`,
    '',
    ['0901234567'],
  ],
  [
    'in a dialog whose clear frame stands beside its mask',
    `<p>0901234567</p><div style="position:fixed;inset:0;background:#0007"></div>
    <div style="position:fixed;inset:0;overflow:auto"><div style="margin:100px;background:#fff">0912345678</div></div>`,
    '',
    ['0912345678'],
  ],
  [
    'outside of a layer drawn by what stands before its element',
    `<style>b::before{content:"";position:fixed;inset:0;background:#fff9}</style><p>0901234567</p><b>…</b>`,
    '',
    [],
  ],
  [
    'in an element without a box',
    '<div style="display:contents">0901234567</div><div style="display:contents">0912345678</div>',
    '',
    ['0901234567', '0912345678'],
  ],
];
for (const [name, html, change, shown] of layers) {
  test(`shows the button of a number ${name}`, async ({ crm }) => {
    await crm.show(html);
    await crm.settle(600);
    await crm.page.evaluate(change);
    // First for less time than it takes to check everything anew, then for more.
    for (const time of [60, 500]) {
      await crm.settle(time);
      expect((await crm.buttons()).map(({ label }) => label.replace('Call ', ''))).toEqual(shown);
    }
  });
}

/** A table as Bootstrap draws it: between a number and what the next cell holds are 16 px. */
const cells = (next: string) =>
  `<style>table{border-collapse:collapse}td{padding:8px}</style><table><tr><td>0901234567</td><td>${next}</td></tr></table>`;
const controls: [name: string, html: string][] = [
  ['a checkbox in the next cell', cells('<input id="c" type="checkbox" style="display:block;margin:0">')],
  [
    'an icon in the next cell',
    cells('<button id="c" style="display:block;width:14px;height:14px;padding:0;border:0">×</button>'),
  ],
  ['a link before a right-to-left number', `<div dir="rtl">${cells('<a id="c" href="#">أحمد</a>')}</div>`],
];
for (const [name, html] of controls)
  test(`leaves ${name} all of its own presses`, async ({ crm }) => {
    await crm.show(html);
    await crm.rested('Call 0901234567');
    const box = (await crm.page.locator('#c').boundingBox())!;
    const hits = await crm.page.evaluate(([xs, y]) => xs!.map((x) => document.elementFromPoint(x, y as number)?.id), [
      Array.from({ length: 7 }, (_, at) => box.x + (box.width * (at + 0.5)) / 7),
      box.y + box.height / 2,
    ] as [number[], number]);
    expect(hits).toEqual(hits.map(() => 'c'));
  });

for (const text of ['هاتف 0901234567 المنزل', 'المنزل 0901234567', '0901234567 المنزل'])
  test(`covers no word of “${text}” on a right-to-left line`, async ({ crm }) => {
    await crm.show(`<p dir="rtl" id="p">${text}</p>`);
    await crm.rested('Call 0901234567');
    const covered = await crm.page.evaluate(
      ({ x, y }) => {
        const { firstChild } = document.querySelector('#p')!;
        const range = document.createRange();
        return [...(firstChild as Text).data].filter((letter, at) => {
          range.setStart(firstChild!, at);
          range.setEnd(firstChild!, at + 1);
          const { left, right } = range.getBoundingClientRect();
          // A button on the number's corner reaches over the space beside it.
          return /\p{Script=Arabic}/u.test(letter) && left < x + 7 && right > x - 7 && y > 0;
        });
      },
      (await crm.buttons())[0]!,
    );
    expect(covered.length).toBeLessThan(2);
  });

test('what is said beside a number in a low frame is in view from its beginning to its end', async ({ crm }) => {
  for (const height of [60, 100, 120]) {
    await crm.page.setViewportSize({ width: 500, height });
    await crm.show(`<p style="margin:${height / 2 - 9}px 0">0901234567</p>`);
    await crm.press('Call 0901234567');
    await expect.poll(() => crm.bubble()).toContain('Sent to your device');
    const { top, bottom } = await crm.inWorld<DOMRect>('world.root().querySelector(".bubble").getBoundingClientRect().toJSON()');
    expect(top >= 0 && bottom <= height).toBe(true);
    await crm.inWorld('world.stop()');
  }
});

test('while many numbers scroll under what covers them few points are looked at in a frame, however long each takes', async ({
  crm,
}) => {
  const numbers = Array.from({ length: 90 }, (_, at) => `<p>09012345${10 + at}</p>`).join('');
  await crm.show(`<style>p{margin:0;line-height:14px}</style>${numbers}
    <div style="position:fixed;left:0;right:0;top:350px;bottom:0;background:#fff">Panel</div><div style="height:1000px"></div>`);
  await crm.page.evaluate(() => scrollTo(0, 400));
  await crm.settle(600);
  await crm.inWorld(`{
    const look = Document.prototype.elementFromPoint;
    world.looks = new Map();
    Document.prototype.elementFromPoint = function (...point) {
      const frame = document.timeline.currentTime;
      world.looks.set(frame, (world.looks.get(frame) ?? 0) + 1);
      for (const start = performance.now(); performance.now() - start < 2; );
      return look.apply(this, point);
    };
    0;
  }`);
  await crm.page.evaluate(() => scrollTo(0, 60));
  await crm.settle(100);
  expect(await crm.inWorld('Math.max(...world.looks.values())')).toBeLessThan(12);
  await expect.poll(async () => (await crm.buttons()).length).toBe(25);
  await crm.settle(500);
  expect((await crm.buttons()).length).toBe(25);
});

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

test('where the pointer rests on a page of 2,000 rows only what is in view is looked at again', async ({ crm }) => {
  const rows = Array.from({ length: 2_000 }, (_, index) => `<tr><td>Lan</td><td>09${String(10_000_000 + index)}</td></tr>`);
  await crm.show(`<table>${rows.join('')}</table>`);
  await expect.poll(async () => (await crm.buttons()).length).toBeGreaterThan(20);
  await crm.settle(1_000);
  await crm.inWorld(`{
    const measure = Element.prototype.getBoundingClientRect;
    world.measured = [];
    Element.prototype.getBoundingClientRect = function () {
      const box = measure.call(this);
      if (this.localName === 'td') world.measured.push(box.top);
      return box;
    };
    0;
  }`);
  await crm.page.mouse.move(600, 300);
  await crm.page.mouse.move(605, 300);
  await expect.poll(() => crm.inWorld('world.measured.length')).toBeGreaterThan(10);
  expect(await crm.inWorld<number>('Math.max(...world.measured)')).toBeLessThan(2_000);
});

test('keeps no button of what a list was scrolled past, nor of a list that is gone', async ({ crm }) => {
  const rows = Array.from({ length: 200 }, (_, at) => `<li>09012${10_000 + at}</li>`);
  await crm.show(`<ul>${rows.join('')}</ul><p>Lan</p>`);
  const all = () => crm.inWorld<number>(`world.root()?.querySelectorAll('.b').length ?? 0`);
  for (const top of [0, 1_000, 2_000]) {
    await crm.page.evaluate((y) => scrollTo(0, y), top);
    await expect.poll(async () => (await crm.buttons()).length).toBeGreaterThan(20);
    expect(await all()).toBeLessThan(60);
  }
  await crm.page.evaluate(() => document.querySelector('ul')!.remove());
  await expect.poll(all).toBe(0);
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
  // Far apart on a grid, so that none covers another, but shuffled: neighbours in the document are not neighbours on the page.
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

test('what is shown beside a number is in view where the page is zoomed into with two fingers', async ({ crm }) => {
  const session = await crm.page.context().newCDPSession(crm.page);
  const zoom = (pageScaleFactor: number) => session.send('Emulation.setPageScaleFactor', { pageScaleFactor });
  await crm.show('<p style="margin:200px 0 0 330px">0901234567</p>');
  await expect.poll(async () => (await crm.buttons()).length).toBe(1);
  await zoom(2);
  await crm.page.keyboard.press('Alt+Period');
  await expect.poll(() => crm.inWorld('world.card()')).toContain('3 calls in 7 days');
  const isSeen = (selector: string) =>
    crm.inWorld(`{
      const box = world.root().querySelector('${selector}').getBoundingClientRect();
      const { offsetLeft, offsetTop, width, height } = visualViewport;
      [width, box.left >= offsetLeft && box.top >= offsetTop && box.right <= offsetLeft + width && box.bottom <= offsetTop + height];
    }`);
  expect(await isSeen('.card')).toEqual([500, true]);
  // A button that moved just now, as all do when the page is zoomed, asks before it calls.
  await crm.settle(700);
  await crm.page.keyboard.press('Enter');
  await expect.poll(() => crm.bubble()).toContain('Sent to your device');
  expect(await isSeen('.bubble')).toEqual([500, true]);
  await zoom(1);
});
