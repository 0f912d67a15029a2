import { expect, type Harness, test } from './harness.ts';

/** Where CRMs show a number; `{n}` stands for it. Each is tried with each way of writing below. */
const places: [name: string, html: string][] = [
  ['a paragraph', '<p>{n}</p>'],
  ['a card with a shadow', '<div style="box-shadow:0 2px 8px #0003;border-radius:8px;overflow:hidden;padding:8px">{n}</div>'],
  ['a flexbox', '<div style="display:flex;gap:40px;align-items:center"><b>Lan</b> {n} <i>x</i></div>'],
  ['a table', '<table><tr><td>Lan</td><td style="padding:8px 40px">{n}</td><td>Hà Nội</td></tr></table>'],
  ['a faded card', '<div style="opacity:.9;padding:6px">{n}</div>'],
  ['a scroller', '<div style="height:44px;overflow:auto"><div style="height:200px;padding:6px">{n}</div></div>'],
  ['a layer of its own', '<div style="will-change:transform;transform:translateZ(0);padding:6px">{n}</div>'],
  ['a moved card', '<div style="transform:translate(20px,2px) scale(1.05);padding:6px">{n}</div>'],
  ['a clipped card', '<div style="clip-path:inset(0 round 8px);padding:6px">{n}</div>'],
  ['a card with a dropped shadow', '<div style="filter:drop-shadow(0 1px 2px #0004);padding:6px">{n}</div>'],
  [
    'a card that lights up',
    '<style>.h{padding:6px;transition:.1s}.h:hover{transform:translateY(-2px);filter:brightness(1.05)}</style><div class="h">{n}</div>',
  ],
  [
    'under a watermark',
    '<div style="position:relative;padding:6px">{n}<div style="position:absolute;inset:0;opacity:.06;background:#000;pointer-events:none"></div></div>',
  ],
  [
    'beside a drawn shape',
    '<div style="position:relative;padding:6px;z-index:0">{n}<div style="position:absolute;inset:0;background:#eef;z-index:-1;pointer-events:none"></div></div>',
  ],
];
const writings: [name: string, css: string][] = [
  ['plain', ''],
  ['small', 'font-size:10px'],
  ['large', 'font-size:26px'],
  ['grey', 'color:#888'],
  ['see-through grey', 'color:rgba(0,0,0,.54)'],
  ['light on dark', 'color:#ddd;background:#1d1d1d'],
  ['spaced', 'letter-spacing:1px;font-family:monospace'],
  ['tight', 'letter-spacing:-.4px;font-weight:700'],
];

/** Whole pages; `{n}` stands for the number. */
const pages: [name: string, html: string][] = [
  ['a dark page', '<style>html{color-scheme:dark}body{background:#121212;color:#ccc}</style><p>{n}</p>'],
  ['inverted by a dark mode', '<style>html{filter:invert(1) hue-rotate(180deg)}</style><p>{n}</p>'],
  ['zoomed', '<style>html{zoom:1.25}</style><p>{n}</p>'],
  ['shrunk', '<style>body{zoom:.8}</style><p>{n}</p>'],
  ['a sticky header', '<div style="position:sticky;top:0;background:#fff">{n}</div><div style="height:2000px"></div>'],
  ['an open menu elsewhere', '<p>{n}</p><div id="m" popover="manual" style="inset:auto;left:600px;top:300px">Menu</div>'],
  ['from right to left', '<div dir="rtl"><p>{n}</p></div>'],
  [
    'a layer for notices',
    '<p>{n}</p><div style="position:fixed;inset:0;pointer-events:none;z-index:9999"><div style="position:absolute;right:8px;bottom:8px;background:#222;color:#fff">Đã lưu</div></div>',
  ],
  [
    'a page that arrived',
    '<style>@keyframes a{from{opacity:0;transform:translateY(8px)}}body{animation:a .2s both}</style><p>{n}</p>',
  ],
  ['a link', '<p><a href="tel:0901234567">{n}</a></p>'],
  ['a call link without a number', '<p><a href="tel:0901234567">Gọi</a></p>'],
  ['a read-only field', '<p><input readonly value="0901234567"></p>'],
  ['parts of a number', '<p><span>090</span><b>123</b>4567</p>'],
];

/** Presses each button of the page in turn; returns the labels of those that did not call at once. */
async function refused(crm: Harness, count: number): Promise<string[]> {
  await expect.poll(async () => (await crm.buttons()).length, { timeout: 15_000 }).toBe(count);
  const refused: string[] = [];
  for (const { label } of await crm.buttons()) {
    const before = (await crm.calls()).length;
    await crm.press(label);
    await crm.settle(30);
    if ((await crm.calls()).length === before) refused.push(`${label}: ${await crm.bubble()}`);
    await crm.page.keyboard.press('Escape');
  }
  return refused;
}

for (const [name, html] of places) {
  test(`${writings.length} numbers in ${name} are called at once`, async ({ crm }) => {
    const numbers = writings.map(([, css], at) => html.replace('{n}', `<span style="${css}">090 123 456${at}</span>`));
    await crm.show(numbers.join('<hr style="margin:10px 0">'));
    const late = await refused(crm, writings.length);
    expect(late).toEqual([]);
    expect((await crm.calls()).sort()).toEqual(writings.map((_, at) => `+8490123456${at}`));
  });
}

for (const [name, html] of pages) {
  test(`a number on ${name} is called at once`, async ({ crm }) => {
    await crm.show(html.replace('{n}', '090 123 4567'));
    await crm.page.evaluate(() => document.querySelector<HTMLElement>('#m')?.showPopover());
    expect(await refused(crm, 1)).toEqual([]);
    expect(await crm.calls()).toEqual(['+84901234567']);
  });
}

test('what a page does to our host has no effect', async ({ crm }) => {
  await crm.show('<p>0901234567</p>');
  await expect.poll(async () => (await crm.buttons()).length).toBe(1);
  await crm.page.evaluate(() => {
    const host = document.documentElement.lastElementChild as HTMLElement;
    host.style.cssText = 'display:none!important;opacity:0!important;transform:scale(9)!important;clip-path:inset(50%)!important';
    Object.assign(host, { hidden: true, popover: null, className: 'x', id: 'n', dir: 'rtl' });
    document.body.prepend(host);
  });
  expect(await refused(crm, 1)).toEqual([]);
});
