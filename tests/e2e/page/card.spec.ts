import { expect, test } from './harness.ts';
import { card, over, pressInCard, refuse } from './in-card.ts';

const page = '<p id="one">Lan: <span id="number">090 123 4567</span></p><p>An: 0912345678</p>';

/** Holds back the answers about a number until `release` is called. */
const hold = 'void (world.cards.slowly = new Promise((resolve) => { world.release = resolve; }))';

test('resting on a number or on its button opens its card, and nothing is asked before', async ({ crm }) => {
  await crm.show(page);
  await crm.page.mouse.move(700, 500);
  await crm.settle(400);
  expect(await crm.inWorld('world.cards.asked')).toEqual([]);
  await over(crm, '#number');
  await expect.poll(() => card(crm)).toContain('3 calls in 7 days');
  expect(await card(crm)).toEqual(
    expect.arrayContaining(['0901234567', 'Vietnam · mobile · 14:07 there', 'Rings 101-lan', 'Marked because.', 'Call', 'Copy']),
  );
  expect(await crm.inWorld('world.cards.asked')).toEqual(['describe +84901234567 in Lan: 090 123 4567', 'past +84901234567']);
  const button = (await crm.buttons())[1]!;
  await crm.page.mouse.move(700, 500);
  await expect.poll(() => card(crm)).toBeNull();
  await crm.page.mouse.move(button.x, button.y);
  await expect.poll(() => card(crm)).toContain('0912345678');
});

test('passing over numbers opens nothing', async ({ crm }) => {
  await crm.show(page);
  const { x, y } = (await crm.page.locator('#number').boundingBox())!;
  // Sent without awaiting each step, as a real mouse moves.
  const path = Array.from({ length: 40 }, (_, step) => crm.page.mouse.move(x + step * 5, y + 5));
  await Promise.all([...path, crm.page.mouse.move(700, 500)]);
  await crm.settle(400);
  expect(await crm.inWorld('world.cards.asked')).toEqual([]);
});

test('closes when the pointer goes into a frame', async ({ crm }) => {
  await crm.show(`${page}<iframe style="position:fixed;left:600px;top:100px"></iframe>`);
  await over(crm, '#number');
  await expect.poll(() => card(crm)).toContain('0901234567');
  // The first of these moves is the last that is heard of the pointer outside of the frame.
  await crm.page.mouse.move(700, 150);
  await crm.page.mouse.move(710, 160);
  await expect.poll(() => card(crm)).toBeNull();
});

test('says what is known at once, and the rest when it comes', async ({ crm }) => {
  await crm.show(page);
  await crm.inWorld(hold);
  await over(crm, '#number');
  await expect.poll(() => card(crm)).toContain('Looking up earlier calls …');
  expect(await card(crm)).toContain('090 123 4567');
  await crm.inWorld('world.release()');
  await expect.poll(() => card(crm)).toContain('3 calls in 7 days');
});

test('of a number whose earlier calls could not be looked up nothing is said in the card of another', async ({ crm }) => {
  await crm.show(page);
  await crm.inWorld(hold);
  await over(crm, '#number');
  await expect.poll(() => card(crm)).toContain('Looking up earlier calls …');
  await crm.inWorld(
    `void (world.cards.past = { error: { code: 'not_connected', message: '' } }, world.releaseFirst = world.release)`,
  );
  await crm.inWorld(hold);
  const other = (await crm.buttons())[1]!;
  await crm.page.mouse.move(other.x, other.y);
  await expect.poll(() => card(crm)).toContain('0912345678');
  await crm.inWorld('world.releaseFirst()');
  await pressInCard(crm, 'Copy');
  await expect.poll(() => card(crm)).toEqual(expect.arrayContaining(['Copied', 'Looking up earlier calls …']));
  await crm.inWorld('world.release()');
});

const corners: [name: string, style: string][] = [
  ['upper left', 'left:4px;top:4px'],
  ['upper right', 'right:4px;top:4px'],
  ['lower left', 'left:4px;bottom:4px'],
  ['lower right', 'right:4px;bottom:4px'],
  ['in the middle', 'left:45%;top:45%'],
];
for (const [name, style] of corners) {
  for (const width of [1000, 320]) {
    test(`never covers its number and stays in view: ${name}, ${width} px wide`, async ({ crm }) => {
      await crm.page.setViewportSize({ width, height: 600 });
      await crm.show(`<p id="number" style="position:fixed;margin:0;${style}">0901234567</p>`);
      await over(crm, '#number');
      await expect.poll(() => card(crm)).toContain('3 calls in 7 days');
      const box = await crm.inWorld<DOMRect>('world.cardBox()');
      const number = (await crm.page.locator('#number').boundingBox())!;
      expect(box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= 600).toBe(true);
      const apart =
        box.left >= number.x + number.width ||
        box.right <= number.x ||
        box.top >= number.y + number.height ||
        box.bottom <= number.y;
      expect(apart).toBe(true);
    });
  }
}

test('calls by its own button, once it has stood long enough', async ({ crm }) => {
  await crm.show(page);
  await over(crm, '#number');
  await pressInCard(crm, 'Call');
  await expect.poll(() => crm.bubble()).toContain('Sent to your device');
  expect([await crm.calls(), await card(crm)]).toEqual([['+84901234567'], null]);
});

test('pressed while its number moves away with it, it asks first', async ({ crm }) => {
  await crm.show(`<div id="s"></div>${page}`);
  await crm.inPress('click', `document.querySelector('#s').style.height = '10px'`);
  await over(crm, '#number');
  await pressInCard(crm, 'Call');
  await expect.poll(() => crm.bubble()).toContain('Call this number?');
  expect(await crm.calls()).toEqual([]);
});

test('pressed the moment it appears, it asks first', async ({ crm }) => {
  await crm.show(page);
  await crm.inWorld('void (world.cards.slowly = new Promise(() => {}))');
  await over(crm, '#number');
  await expect.poll(() => crm.inWorld('world.cardControl("Call")')).toBeTruthy();
  const { x, y } = await crm.inWorld<{ x: number; y: number }>('world.cardControl("Call")');
  await crm.page.mouse.click(x, y);
  await expect.poll(() => crm.bubble()).toContain('Call this number?');
  expect(await crm.calls()).toEqual([]);
});

test('a refusal is said before the call; a reason, where one is taken, goes with it and outlives the card', async ({ crm }) => {
  await crm.show(page);
  await refuse(crm);
  await over(crm, '#number');
  await expect.poll(() => card(crm)).toContain('Not at this hour.');
  await pressInCard(crm, 'Call');
  expect([await crm.calls(), await card(crm)]).toEqual([[], expect.anything()]);
  await pressInCard(crm, 'Why call it now all the same?');
  await crm.page.keyboard.type('Customer asked');
  await crm.page.keyboard.press('Escape');
  expect(await card(crm)).toBeNull();
  await crm.page.mouse.move(700, 500);
  await over(crm, '#number');
  await pressInCard(crm, 'Call');
  await expect.poll(() => crm.calls()).toEqual(['+84901234567']);
  expect(await crm.inWorld('world.reasons')).toEqual(['Customer asked']);
});

test('what nothing overrides cannot be pressed', async ({ crm }) => {
  await crm.show(page);
  await crm.inWorld('world.cards.past.refusal = { text: "On the do-not-call list.", overridable: false }');
  await over(crm, '#number');
  await expect.poll(() => card(crm)).toContain('On the do-not-call list.');
  await pressInCard(crm, 'Call');
  expect([await crm.calls(), await crm.bubble()]).toEqual([[], null]);
});

test('a refusal bars no call that is asked about anew, whether the relay answers or not', async ({ crm }) => {
  await crm.show(page);
  await refuse(crm);
  await over(crm, '#number');
  await expect.poll(() => card(crm)).toContain('Not at this hour.');
  await crm.inWorld('world.cards.past = undefined');
  await crm.page.keyboard.press('Escape');
  await crm.page.mouse.move(700, 500);
  await over(crm, '#number');
  await expect.poll(() => card(crm)).toContain('3 calls in 7 days');
  expect(await card(crm)).not.toContain('Not at this hour.');
  await pressInCard(crm, 'Call');
  await expect.poll(() => crm.calls()).toEqual(['+84901234567']);
});

test('“not a phone number” takes all its marks away, and undo brings them back', async ({ crm }) => {
  await crm.show(`${page}<p>again 0901234567</p>`);
  await over(crm, '#number');
  await pressInCard(crm, 'Not a phone number');
  await expect.poll(() => card(crm)).toEqual(['090 123 4567 gets no button on this site any more.', 'Undo']);
  expect(await crm.numbers()).toEqual(['+84912345678']);
  await pressInCard(crm, 'Undo');
  await expect.poll(() => crm.numbers()).toEqual(['+84901234567', '+84901234567', '+84912345678']);
  expect(await card(crm)).toBeNull();
});

test('a call link without a number in its text is named by the number it calls', async ({ crm }) => {
  const links = ['0381000123', '0381000456', '0381000789', '0381000999'].map(
    (id, index) =>
      `<tr><td><a id="n${index}" href="tel:${id};isub=7;ext=${index === 1 ? '1234567890123' : 1}?x=2" aria-label="phone">☎</a></td></tr>`,
  );
  await crm.show(`<table>${links.join('')}</table>`);
  await expect.poll(async () => (await crm.buttons())[0]?.label).toBe('Call 0381000123, extension 1');
  // The extension in this address is too long to be one.
  expect((await crm.buttons())[1]?.label).toBe('Call 0381000456');
  const spoken = () => crm.inWorld<string>('world.root().querySelector(".bubble b").textContent');
  await crm.press((await crm.buttons())[0]!.label);
  await expect.poll(spoken).toBe('0381000123');
  await crm.page.keyboard.press('Escape');
  for (const index of [1, 2, 3]) {
    await over(crm, `#n${index}`);
    await pressInCard(crm, 'Not a phone number');
    await expect.poll(() => card(crm)).toContain('Undo');
  }
  expect((await card(crm))?.[0]).toContain('0381000###');
  expect(await crm.numbers()).toEqual([]);
});

const contexts: [name: string, html: string, asked: string][] = [
  [
    'a field, its value and its label',
    '<label>Số điện thoại <input id="number" readonly value="0901234567"></label>',
    '+84901234567 in 0901234567 of Số điện thoại',
  ],
  ['a number beside its label, both', '<p>SĐT: <b id="number">912345678</b></p>', '+84912345678 in SĐT: 912345678'],
  [
    'a number in several elements, all of it',
    '<p><span id="number">0169</span><b>3608879</b></p>',
    '+84393608879 in 01693608879',
  ],
  ['a number among lines, its own', '<p>0901234567<br>Fax: <b id="number">0912345678</b></p>', '+84912345678 in Fax: 0912345678'],
  [
    'a number twice in a line, its surroundings',
    '<p>Mai 0901234567, Lan <b id="number">0901234567</b></p>',
    '+84901234567 in Mai 0901234567, Lan 0901234567',
  ],
  [
    'a number in a cell, its column',
    '<table><tr><th>Tên</th><th>Di động</th></tr><tr><td>An</td><td><i id="number">901234567</i></td></tr></table>',
    '+84901234567 in 901234567 of Di động',
  ],
  ['a link without a number, its text', '<p>Lan <a id="number" href="tel:0901234567">Gọi</a></p>', '+84901234567 in Gọi'],
];
for (const [name, html, asked] of contexts)
  test(`of ${name} is told to explain why it was marked`, async ({ crm }) => {
    await crm.show(html);
    await over(crm, '#number');
    await expect.poll(() => card(crm)).toContain('3 calls in 7 days');
    expect(await crm.inWorld('world.cards.asked[0]')).toBe(`describe ${asked}`);
  });

test('three dismissed alike hide what is written with the same beginning', async ({ crm }) => {
  const ids = ['0381000123', '0381000456', '0381000789', '0381000999'];
  await crm.show(`${ids.map((id, index) => `<p><span id="n${index}">${id}</span></p>`).join('')}<p>0912345678</p>`);
  for (const index of [0, 1, 2]) {
    await over(crm, `#n${index}`);
    await pressInCard(crm, 'Not a phone number');
    await expect.poll(() => card(crm)).toContain('Undo');
  }
  expect(await crm.numbers()).toEqual(['+84912345678']);
  expect((await card(crm))?.[0]).toContain('0381000###');
});

test('what the extension cannot be reached for is said, and can be done again', async ({ crm }) => {
  const failed = 'That did not work. Try again, or reload this page.';
  await crm.show(page);
  await crm.inWorld('void (world.cards.isAway = true)');
  await over(crm, '#number');
  await pressInCard(crm, 'Not a phone number');
  await expect.poll(() => card(crm)).toContain(failed);
  await pressInCard(crm, 'Never on this site');
  await pressInCard(crm, 'Switch off');
  await expect.poll(() => card(crm)).toEqual(expect.arrayContaining([failed, 'Never on this site']));
  await crm.inWorld('void (world.cards.isAway = false)');
  await pressInCard(crm, 'Not a phone number');
  await expect.poll(() => card(crm)).toContain('Undo');
  await crm.inWorld('void (world.cards.isAway = true)');
  await pressInCard(crm, 'Undo');
  await expect.poll(() => card(crm)).toEqual([failed, 'Undo']);
  expect(await crm.numbers()).toEqual(['+84912345678']);
  await crm.inWorld('void (world.cards.isAway = false)');
  await pressInCard(crm, 'Undo');
  await expect.poll(() => crm.numbers()).toEqual(['+84901234567', '+84912345678']);
});

test('“never on this site” asks first, and says how to switch it on again', async ({ crm }) => {
  await crm.show(page);
  await over(crm, '#number');
  await pressInCard(crm, 'Never on this site');
  await expect.poll(() => card(crm)).toContain('Switch off');
  expect((await card(crm))?.join(' ')).toContain('press the Dialside button in the toolbar');
  await pressInCard(crm, 'Keep it on');
  expect([await crm.inWorld('world.cards.left'), await card(crm)]).toEqual([0, expect.arrayContaining(['Call'])]);
  await pressInCard(crm, 'Never on this site');
  await pressInCard(crm, 'Switch off');
  expect(await crm.inWorld('world.cards.left')).toBe(1);
});

test('by keyboard: the focus opens it, arrow down enters, Tab goes round, Escape leaves to where the person was', async ({
  crm,
}) => {
  await crm.show(`<input id="field">${page}`);
  await crm.page.locator('#field').focus();
  await crm.page.keyboard.press('Alt+Period');
  await expect.poll(() => card(crm)).toContain('3 calls in 7 days');
  await crm.page.keyboard.press('ArrowDown');
  expect(await crm.inWorld('world.focused()')).toBe('Call');
  const order: unknown[] = [];
  for (let step = 0; step < 4; step++) {
    await crm.page.keyboard.press('Tab');
    order.push(await crm.inWorld('world.focused()'));
  }
  expect(order).toEqual(['Copy', 'Not a phone number', 'Never on this site', 'Call']);
  await crm.page.keyboard.press('Escape');
  expect(await card(crm)).toBeNull();
  expect(await crm.page.evaluate(() => document.activeElement?.id)).toBe('field');
});

test('a call link that the focus comes to by Tab opens the card of its number, and closes it when it leaves', async ({ crm }) => {
  const links = ['090 123 4567', 'Mai'].map((text, at) => `<p><a href="tel:+8490123456${7 + at}">${text}</a></p>`);
  await crm.show(`<button id="before">x</button>${links.join('')}<a href="#after">Orders 0912345678</a>`);
  await crm.page.locator('#before').focus();
  await crm.page.keyboard.press('Tab');
  await expect.poll(() => card(crm)).toContain('0901234567');
  await crm.page.keyboard.press('Tab');
  await expect.poll(() => card(crm)).toContain('0901234568');
  // A passing pointer does not close the card that the keyboard focus opened.
  await crm.page.mouse.move(700, 500);
  await crm.page.mouse.move(710, 500);
  await crm.settle(600);
  expect(await card(crm)).toContain('0901234568');
  await crm.page.keyboard.press('Tab');
  await expect.poll(() => card(crm)).toBeNull();
  await crm.settle(400);
  expect(await card(crm)).toBeNull();
  await crm.page.keyboard.press('Shift+Tab');
  await expect.poll(() => card(crm)).toContain('0901234568');
  await crm.page.keyboard.press('Escape');
  expect([await card(crm), await crm.page.evaluate(() => document.activeElement?.textContent)]).toEqual([null, 'Mai']);
});

test('the page’s own shortcuts hear nothing of what is typed in it', async ({ crm }) => {
  await crm.show(`${page}<script>addEventListener('keydown', (event) => { document.title += event.key; })</script>`);
  await refuse(crm);
  await over(crm, '#number');
  await pressInCard(crm, 'Why call it now all the same?');
  await crm.page.keyboard.type('jk');
  expect(await crm.page.title()).toBe('');
});

test('leaves no trace when the page script stops', async ({ crm }) => {
  await crm.show(page);
  await expect.poll(async () => (await crm.buttons()).length).toBeGreaterThan(0);
  const before = await crm.page.evaluate(() => document.documentElement.children.length);
  await over(crm, '#number');
  await expect.poll(() => card(crm)).toContain('3 calls in 7 days');
  await crm.inWorld('world.stop()');
  await over(crm, '#number');
  await crm.settle(400);
  expect(await crm.page.evaluate(() => document.documentElement.children.length)).toBe(before - 1);
  expect(await crm.inWorld('world.cards.asked.length')).toBe(2);
});

test('what the card says of a number stays while a talk goes on, and is not read out at every second of it', async ({ crm }) => {
  await crm.show(page);
  await crm.inWorld(`void (world.desk.openCalls = [{ key: 'k', number: '+84901234567', at: Date.now(), isDoubtful: false }])`);
  await crm.inWorld('world.answerProgress({ stage: "talking", since: Date.now() - 60000, live: true })');
  await crm.inWorld('world.stop(), world.start()');
  await expect.poll(async () => (await crm.buttons())[0]?.phase).toContain('talking');
  await over(crm, '#number');
  await expect.poll(() => card(crm)).toContain('Marked because.');
  await crm.inWorld(`void (globalThis.remark = world.root().querySelector('.facts li'))`);
  const clock = await crm.inWorld(`world.root().querySelector('.state').textContent`);
  await expect.poll(() => crm.inWorld(`world.root().querySelector('.state').textContent`)).not.toBe(clock);
  expect(await crm.inWorld('remark.isConnected')).toBe(true);
});

test('a call is followed only where signals of it are heard', async ({ crm }) => {
  await crm.show(page);
  await crm.inWorld('world.stop()');
  await crm.inWorld(
    'world.answerProgress({ stage: "sent", since: null, live: true }, { stage: "talking", since: Date.now() - 40000, live: true }, { stage: "ended", since: null, live: true })',
  );
  await crm.inWorld('world.start()');
  await crm.press('Call 090 123 4567');
  await expect.poll(() => crm.bubble()).toContain('Talking 0:4');
  await expect.poll(() => crm.bubble()).toContain('The call has ended.');
  const questions = await crm.inWorld<string[]>('world.progress');
  expect(questions).toEqual(['1', '1', '1']);
});

test('the card of a number tells how its call goes, in place of the bubble, and lets nobody call it meanwhile', async ({
  crm,
}) => {
  await crm.show(page);
  await crm.inWorld('world.stop()');
  await crm.inWorld('world.answerProgress({ stage: "talking", since: Date.now() - 40000, live: true })');
  await crm.inWorld('world.start()');
  await crm.press('Call 090 123 4567');
  await expect.poll(() => crm.bubble()).toContain('Talking 0:4');
  await crm.settle(2_000);
  await over(crm, '#number');
  await expect.poll(() => card(crm)).toEqual(expect.arrayContaining([expect.stringMatching('Talking 0:'), '3 calls in 7 days']));
  expect(await crm.bubble()).toBeNull();
  const before = await card(crm);
  await expect.poll(() => card(crm)).not.toEqual(before);
  await pressInCard(crm, 'Call');
  expect(await crm.calls()).toHaveLength(1);
  const other = (await crm.buttons())[1]!;
  await crm.page.mouse.move(700, 500);
  await expect.poll(() => crm.bubble()).toContain('Talking 0:');
  await crm.page.mouse.move(other.x, other.y);
  await expect.poll(() => card(crm)).toContain('0912345678');
  expect((await card(crm))?.join()).not.toContain('Talking');
});

test('the button of a call does not show through the card of another number', async ({ crm }) => {
  await crm.show('<p><span id="number">0912345678</span></p><p>0901234567</p>');
  await crm.inWorld('world.stop()');
  await crm.inWorld('world.answerProgress({ stage: "talking", since: Date.now(), live: true })');
  await crm.inWorld('world.start()');
  const raised = () =>
    crm.inWorld("[...world.root().querySelectorAll('.b')].filter((one) => one.style.zIndex).map((one) => one.ariaLabel)");
  await crm.press('Call 0901234567');
  await expect.poll(() => crm.bubble()).toContain('Talking');
  expect(await raised()).toEqual(['0901234567: the call is on']);
  await over(crm, '#number');
  await expect.poll(() => card(crm)).toContain('0912345678');
  expect(await raised()).toEqual(['Call 0912345678']);
  await crm.page.mouse.move(700, 500);
  await expect.poll(() => crm.bubble()).toContain('Talking');
  expect(await raised()).toEqual(['0901234567: the call is on']);
});

test('what was said just now is not covered by a card', async ({ crm }) => {
  await crm.show(page);
  await crm.press('Call 090 123 4567');
  await expect.poll(() => crm.bubble()).toContain('Sent to your device');
  await over(crm, '#number');
  await crm.settle(600);
  expect([await card(crm), await crm.bubble()]).toEqual([null, expect.stringContaining('Sent to your device')]);
  await crm.page.keyboard.press('Alt+Period');
  await crm.page.keyboard.press('ArrowDown');
  await expect.poll(() => card(crm)).toContain('Sent to your device. Pick up to be connected.');
});

test('what was said of a number that was scrolled out of view keeps no card of another one away', async ({ crm }) => {
  await crm.show(
    '<p>0901234567</p><p style="margin-top:1500px"><span id="other">0912345678</span></p><div style="height:1500px"></div>',
  );
  await crm.inWorld('world.answerWith({ ok: false, error: { code: "device_offline", message: "Your device is offline." } })');
  await crm.press('Call 0901234567');
  await expect.poll(() => crm.bubble()).toContain('offline');
  await crm.page.evaluate(() => scrollTo(0, 1400));
  await expect.poll(() => crm.bubble()).toBeNull();
  await over(crm, '#other');
  await expect.poll(() => card(crm)).toContain('0912345678');
  await crm.page.evaluate(() => scrollTo(0, 0));
  await expect.poll(() => crm.bubble()).toContain('offline');
});

test('without signals no stage is made up', async ({ crm }) => {
  await crm.show(page);
  await crm.inWorld('world.stop()');
  await crm.inWorld('world.answerProgress({ stage: "sent", since: null, live: false })');
  await crm.inWorld('world.start()');
  await crm.press('Call 090 123 4567');
  await expect.poll(() => crm.bubble()).toContain('Sent to your device');
  await expect.poll(() => crm.inWorld<string[]>('world.progress').then((asked) => asked.length)).toBeGreaterThan(1);
  expect(await crm.bubble()).toContain('Sent to your device');
});

test('an agent with several devices picks the one that rings, once for all numbers', async ({ crm }) => {
  const devices = ['desk', 'mobile'].map((id) => ({ id, name: id }));
  await crm.show(page);
  await crm.inWorld(`void (world.cards.details.choice = { devices: ${JSON.stringify(devices)}, picked: 'desk' })`);
  await over(crm, '#number');
  await expect.poll(() => crm.inWorld('world.ringing()')).toBe('desk');
  await pressInCard(crm, 'Ring:');
  await crm.page.keyboard.press('ArrowDown');
  await crm.page.keyboard.press('Enter');
  await expect.poll(() => crm.inWorld('world.ringing()')).toBe('mobile');
  expect(await crm.inWorld('world.cards.asked')).toContain('pick mobile');
  await pressInCard(crm, 'Call');
  // The background knows the picked device; the page does not name it in the call.
  expect(await crm.inWorld('[world.calls, world.devices]')).toEqual([['+84901234567'], [null]]);
});

test('the device that was picked stays, whatever is found out while the answer comes', async ({ crm }) => {
  const offer = `void (world.cards.details.choice = { devices: ['desk', 'mobile'].map((id) => ({ id, name: id })), picked: 'desk' })`;
  await crm.show(page);
  await crm.inWorld(offer);
  await over(crm, '#number');
  await expect.poll(() => crm.inWorld('world.ringing()')).toBe('desk');
  await crm.inWorld(hold);
  await pressInCard(crm, 'Ring:');
  await crm.page.keyboard.press('ArrowDown');
  await crm.page.keyboard.press('Enter');
  await expect.poll(() => crm.inWorld('world.cards.asked')).toContain('pick mobile');
  await crm.inWorld(offer);
  await crm.inWorld('void (world.cards.slowly = Promise.resolve())');
  const other = (await crm.buttons())[1]!;
  await crm.page.mouse.move(other.x, other.y);
  await expect.poll(() => crm.inWorld('world.ringing()')).toBe('desk');
  await crm.inWorld('world.release()');
  await expect.poll(() => crm.inWorld('world.ringing()')).toBe('mobile');
});

test('a device that cannot be picked any more leaves the one before', async ({ crm }) => {
  await crm.show(page);
  const choice = { devices: ['desk', 'gone'].map((id) => ({ id, name: id })), picked: 'desk' };
  await crm.inWorld(`void (world.cards.details.choice = ${JSON.stringify(choice)})`);
  await over(crm, '#number');
  await expect.poll(() => crm.inWorld('world.ringing()')).toBe('desk');
  await pressInCard(crm, 'Ring:');
  await crm.page.keyboard.press('ArrowDown');
  await crm.page.keyboard.press('Enter');
  await expect.poll(() => crm.inWorld('world.cards.asked')).toContain('pick gone');
  await expect.poll(() => crm.inWorld('world.ringing()')).toBe('desk');
});

test('with one device there is nothing to pick', async ({ crm }) => {
  await crm.show(page);
  await over(crm, '#number');
  await expect.poll(() => card(crm)).toContain('Rings 101-lan');
  expect(await crm.inWorld('world.ringing()')).toBeNull();
});

test('an offline device: the other one is offered, and called by one more press only', async ({ crm }) => {
  const reply = { state: 'rejected', reason: { code: 'device_offline', message: '' }, other: { id: 'mobile', name: 'Mobile' } };
  await crm.show(page);
  await crm.inWorld(`world.answerWith({ ok: true, value: ${JSON.stringify(reply)} })`);
  await expect.poll(async () => (await crm.buttons()).length).toBe(2);
  await crm.press((await crm.buttons())[0]!.label);
  await expect.poll(() => crm.inWorld('world.action("Call with Mobile")')).toBeTruthy();
  await crm.settle(900);
  expect(await crm.inWorld('world.calls')).toEqual(['+84901234567']);
  await crm.inWorld('world.answerWith({ ok: true, value: { state: "accepted", reason: null } })');
  const { x, y } = await crm.inWorld<{ x: number; y: number }>('world.action("Call with Mobile")');
  await crm.page.mouse.move(x, y);
  await crm.page.mouse.click(x, y);
  await expect.poll(() => crm.inWorld('world.calls')).toEqual(['+84901234567', '+84901234567']);
  expect(await crm.inWorld('world.devices')).toEqual([null, 'mobile']);
});
