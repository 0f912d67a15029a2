import { expect, type Harness, test } from './harness.ts';
import { over as rest } from './in-card.ts';

const N = '<p id="n" style="width:max-content">0901234567</p>';
/** A layer of the page over everything; it shows its own number where the real one stands. */
const layer = (css: string, inner = 'Gọi 0999') =>
  `{const c=document.createElement('div');c.id='c';c.innerHTML=${JSON.stringify(inner)};c.style.cssText=${JSON.stringify(css)};document.body.append(c)}`;
const over = 'position:fixed;inset:0;background:#fff;pointer-events:none;z-index:2147483647;';
const popover = (css: string) => `${layer(css)};c.popover='manual';c.showPopover()`;
const onNumber = (css: string) => `document.querySelector('#n').style.cssText+=${JSON.stringify(`;${css}`)}`;
const onBody = (css: string) => `document.body.style.cssText=${JSON.stringify(css)}`;
const onRoot = (css: string) => `document.documentElement.style.cssText=${JSON.stringify(css)}`;
const host = 'document.documentElement.lastElementChild';
/** Runs during the press, before our own listeners. */
const onDown = (work: string) => `inPress.pointerdown=()=>{delete inPress.pointerdown;${work}}`;

const layouts: [name: string, html: string, spoil: string][] = [
  ['a popover that lets clicks through', N, popover(`${over}margin:0;width:auto;height:auto`)],
  ['a faint popover over the button', N, popover(`${over}margin:0;width:auto;height:auto;background:#fffc`)],
  ['a cover that goes with the press', N, `${popover(`${over}margin:0;width:auto;height:auto`)};${onDown('c.remove()')}`],
  [
    'the backdrop of a popover',
    N,
    `${popover('position:fixed;left:600px;top:300px')};document.styleSheets[0].insertRule('#c::backdrop{background:#fff}')`,
  ],
  ['a layer over the number', N, layer(over)],
  ['a layer over the number that goes with the press', N, `${layer(over)};${onDown('c.remove()')}`],
  ['a layer deep in another element', N, `${layer('height:9px', `<i><b style="${over}">Gọi 0999</b></i>`)}`],
  [
    'a layer in a shadow root',
    N,
    `{const c=document.createElement('div');document.body.append(c);c.attachShadow({mode:'open'}).innerHTML=${JSON.stringify(`<i><b style="${over}">Gọi 0999</b></i>`)}}`,
  ],
  ['a text over the number', N, layer('position:absolute;left:8px;top:0;pointer-events:none', '0999 888 777')],
  [
    'an image over the number',
    N,
    layer('position:absolute;left:0;top:0;pointer-events:none', '<img width=200 height=60 alt="" style="display:block">'),
  ],
  [
    'a box generated over the number',
    `<style>#n{position:relative}#n.on::after{content:"0999888777";position:absolute;inset:0;background:#fff}</style>${N}`,
    `n.className='on'`,
  ],
  ['blending', N, layer(`${over}background:#fff;mix-blend-mode:difference`)],
  ['a blurring layer', N, layer(`${over}background:none;backdrop-filter:blur(20px)`)],
  ['a tiny number', N, onNumber('font-size:3px')],
  ['a number scaled down', N, onBody('transform:scale(.2);transform-origin:0 0')],
  ['a number scaled down by its property', N, onBody('scale:.2;transform-origin:0 0')],
  ['a number zoomed away', N, onNumber('zoom:.2')],
  ['a transparent number', N, onNumber('color:transparent')],
  ['a number without fill', N, onNumber('-webkit-text-fill-color:transparent')],
  ['a number in the colour of its background', `<div style="background:#fff">${N}</div>`, onNumber('color:#fdfdfd')],
  ['a faint number', N, onNumber('opacity:.05')],
  ...['assignedSlot', 'parentElement', 'getRootNode'].map((field): [string, string, string] => [
    `a faint number in a form with a field called ${field}`,
    `<div id="o"><form id="f">${N}</form></div><output form="f" name="${field}"></output>`,
    `o.style.opacity=.05`,
  ]),
  ['layers of opacity', `<div style="opacity:.5"><div style="opacity:.5">${N}</div></div>`, ''],
  ['opacity by a filter', N, onBody('filter:opacity(.05)')],
  ['a blurred number', N, onBody('filter:blur(9px)')],
  ['a number in glaring light', N, onBody('filter:brightness(9)')],
  ['a masked number', N, onBody('mask-image:linear-gradient(#0001,#0001)')],
  ['a clipped number', N, onNumber('clip-path:inset(0 0 0 60%)')],
  ['a mirrored number', N, onNumber('transform:scaleX(-1)')],
  ['a number turned round', N, onNumber('rotate:180deg')],
  ['a number seen from the side', N, onNumber('transform:perspective(90px) rotateY(75deg)')],
  ['digits turned round', N, onNumber('unicode-bidi:bidi-override;direction:rtl')],
  ['digits on each other', N, onNumber('letter-spacing:-.5em')],
  ['digits as dots', N, onNumber('-webkit-text-security:disc')],
  ['digits hidden in part', `<p id="n">090<span id="s">1234567</span> 7654321</p>`, `s.style.fontSize=0`],
  ['a hidden pointer', N, onBody('cursor:none')],
  ['a pointer of the page', N, onRoot('cursor:url("data:image/gif;base64,R0lGODlhAQABAAAAACw=") 30 30,auto')],
  ['a host made inert', N, `${host}.inert=true`],
  ['a host shrunk with the root', N, onRoot('transform:scale(.1);transform-origin:0 0')],
  ['a host turned with the root', N, onRoot('transform:rotate(80deg) translateY(-200px);transform-origin:0 0')],
  ['a number exchanged in the press', N, onDown(`n.firstChild.data='0999888777'`)],
  [
    'a page that scrolls in the press',
    `${N}${Array.from({ length: 60 }, (_, at) => `<p>09012345${10 + at}</p>`).join('')}`,
    onDown('scrollBy(0,33)'),
  ],
  ['a page that moves before the press', `<div id="m"></div>${N}`, 'moved'],
];

for (const [name, html, spoil] of layouts) {
  test(`no press calls under ${name}`, async ({ crm }) => {
    await crm.show(html);
    await expect.poll(async () => (await crm.buttons()).length).toBeGreaterThan(0);
    const [button] = await crm.buttons();
    if (spoil === 'moved') {
      await crm.settle(700);
      await crm.page.evaluate(() => (document.querySelector<HTMLElement>('#m')!.style.height = '50px'));
      await expect.poll(async () => (await crm.buttons())[0]?.y).toBeGreaterThan((button?.y ?? 0) + 30);
    } else {
      await crm.page.evaluate(spoil);
      // Long enough for the button to be trusted where it stands now.
      await crm.settle(700);
    }
    // Where the button is now, or was if it is gone: the page decides what a press there does.
    const { x, y } = (await crm.buttons())[0] ?? button!;
    await crm.page.mouse.click(x, y, { delay: 80 });
    await crm.settle(50);
    expect(await crm.calls()).toEqual([]);
  });
}

/** Puts an element that lets clicks through into the top layer, over a point. */
const lay = (crm: Harness, { x, y }: { x: number; y: number }) =>
  crm.page.evaluate(
    ([left, top]) => {
      const cover = document.body.appendChild(document.createElement('div'));
      cover.popover = 'manual';
      cover.textContent = 'Close ×';
      cover.style.cssText = `position:fixed;inset:${top}px auto auto ${left}px;width:60px;height:24px;margin:0;padding:0;border:0;background:#fff;pointer-events:none`;
      cover.showPopover();
    },
    [x - 20, y - 12] as const,
  );
const askAbout = async (crm: Harness) => {
  await crm.press('Call 0901234567');
  await expect.poll(() => crm.bubble()).toContain('Call this number?');
};
type Point = { x: number; y: number };
const ours: [name: string, html: string, open: (crm: Harness) => Promise<void>, at: string][] = [
  ['the call of a card', N, (crm) => rest(crm, '#n'), 'world.cardControl("Call")'],
  ['the button beside a card', N, (crm) => rest(crm, '#n'), 'world.buttons()[0]'],
  ['the next button in its shadow', `${N}<p>0912345678</p>`, (crm) => rest(crm, '#n'), 'world.card() && world.buttons()[1]'],
  ['the answer of a question', `<div style="font-size:3px">${N}</div>`, askAbout, 'world.action("Call")'],
];
for (const [name, html, open, at] of ours) {
  test(`no press calls where a layer that lets clicks through lies over ${name}`, async ({ crm }) => {
    await crm.show(html);
    await crm.rested('Call 0901234567');
    await open(crm);
    await expect.poll(() => crm.inWorld(at)).toBeTruthy();
    // Visible for long enough to be trusted if there were no layer.
    await crm.settle(900);
    const point = await crm.inWorld<Point>(at);
    await lay(crm, point);
    await crm.settle(700);
    await crm.page.mouse.move(point.x, point.y);
    await crm.page.mouse.click(point.x, point.y, { delay: 80 });
    await crm.settle(50);
    expect(await crm.calls()).toEqual([]);
  });
}

test('an answer that came into sight a moment before the press does not call, and waits for the next press', async ({ crm }) => {
  await crm.show(`<div style="font-size:3px">${N}</div>`);
  await askAbout(crm);
  const answer = await crm.inWorld<Point>('world.action("Call")');
  await lay(crm, answer);
  await crm.settle(700);
  await crm.page.evaluate(() => document.querySelector<HTMLElement>('[popover]')?.remove());
  await crm.settle(300);
  await crm.page.mouse.click(answer.x, answer.y);
  expect([await crm.calls(), await crm.bubble()]).toEqual([[], expect.stringContaining('Call this number?')]);
  await crm.settle(700);
  await crm.page.mouse.click(answer.x, answer.y);
  await expect.poll(() => crm.calls()).toEqual(['+84901234567']);
});

test('a press on “Cancel” does not call where the page moves “Call” there in the press', async ({ crm }) => {
  await crm.show(`<div style="font-size:3px">${N}</div>`);
  await askAbout(crm);
  const [yes, no] = [await crm.inWorld<Point>('world.action("Call")'), await crm.inWorld<Point>('world.action("Cancel")')];
  await crm.settle(900);
  await crm.page.mouse.move(no.x, no.y);
  await crm.inPress('pointerdown', onRoot(`transform:translate(${no.x - yes.x}px,0)`));
  await crm.page.mouse.click(no.x, no.y, { delay: 80 });
  await crm.settle(300);
  expect(await crm.calls()).toEqual([]);
});

test('no press calls under a layer that comes while the pointer rests, in a form with fields called as what scripts ask of it', async ({
  crm,
}) => {
  const fields = ['firstElementChild', 'clientWidth', 'childNodes'].map((name) => `<select hidden name="${name}"></select>`);
  await crm.show(`<form>${fields.join('')}${N}</form>`);
  await crm.rested('Call 0901234567');
  const { x, y } = (await crm.buttons())[0]!;
  await crm.page.mouse.move(x, y);
  await crm.settle(700);
  await crm.page.evaluate((css) => {
    const cover = document.createElement('b');
    cover.style.cssText = css;
    document.querySelector('form')!.prepend(cover);
  }, `${over}inset:0 auto auto 0;width:90px;height:70px`);
  await crm.page.mouse.click(x, y);
  await crm.settle(50);
  expect(await crm.calls()).toEqual([]);
});
