import { expect, type Harness, test } from './harness.ts';
import { over, pressInCard, refuse } from './in-card.ts';

test('a press places one call to the number shown and says that the device was asked to ring', async ({ crm }) => {
  await crm.show('<p>Lan: 090 123 4567</p><p>An: 0912345678</p>');
  await crm.press('Call 090 123 4567');
  await expect.poll(() => crm.bubble()).toContain('Sent to your device');
  expect(await crm.calls()).toEqual(['+84901234567']);
});

test('a press is heard in a form with a field called as what scripts ask of it', async ({ crm }) => {
  const names = ['children', 'role', 'localName', 'shadowRoot', 'matches', 'contains', 'closest', 'getRootNode'];
  const fields = [...names, 'getBoundingClientRect'].map((name) => `<input name="${name}">`).join('');
  await crm.show(`<form>${fields}<p>0901234567</p></form><form>${fields}0912345678</form>`);
  await crm.press('Call 0901234567');
  await expect.poll(() => crm.calls()).toEqual(['+84901234567']);
  await crm.press('Call 0912345678');
  await expect.poll(() => crm.calls()).toEqual(['+84901234567', '+84912345678']);
});

test('a number that is being placed or rings is not dialled again, wherever it is pressed', async ({ crm }) => {
  await crm.show('<p>0901234567</p><p>090 123 4567</p>');
  await crm.inWorld('world.holdAnswers()');
  await crm.press('Call 0901234567');
  expect((await crm.buttons()).map((button) => button.phase)).toEqual([
    expect.stringContaining('placing'),
    expect.stringContaining('placing'),
  ]);
  for (const { x, y } of await crm.buttons()) await crm.page.mouse.dblclick(x, y);
  await crm.inWorld('world.release()');
  await expect.poll(() => crm.bubble()).toContain('Sent to your device');
  for (const { x, y } of await crm.buttons()) await crm.page.mouse.click(x, y);
  expect(await crm.calls()).toHaveLength(1);
});

test('switched off while a call is being placed, it leaves nothing in the page when the answer comes', async ({ crm }) => {
  await crm.show('<p>0901234567</p>');
  await crm.inWorld('world.holdAnswers()');
  await crm.press('Call 0901234567');
  await expect.poll(() => crm.calls()).toHaveLength(1);
  await crm.inWorld('world.stop(), world.release()');
  await crm.settle(200);
  expect(await crm.inWorld('world.tracesLeft()')).toEqual([]);
});

test('in a frame a number is called anew from beside the bubble that says why it was not', async ({ crm }) => {
  await crm.showFramed('<p>0901234567</p>');
  await crm.inWorld('world.answerWith({ ok: false, error: { code: "device_offline", message: "Your device is offline." } })');
  await crm.press('Call 0901234567');
  await expect.poll(() => crm.bubble()).toContain('offline');
  await crm.settle(900);
  const [{ x, y } = { x: 0, y: 0 }] = await crm.buttons();
  await crm.page.mouse.click(x, y);
  await expect.poll(() => crm.calls()).toEqual(['+84901234567', '+84901234567']);
});

const endings: [name: string, reply: object, phase: string, sentence: string][] = [
  [
    'the device is offline',
    { ok: true, value: { state: 'rejected', reason: { code: 'device_offline', message: '' } } },
    'failed',
    'Your device is offline',
  ],
  [
    'the call was not allowed',
    {
      ok: true,
      value: {
        state: 'rejected',
        reason: { code: 'country_denied', message: 'Your company does not allow calls to this country.' },
      },
    },
    'failed',
    'does not allow calls to this country',
  ],
  [
    'nothing was sent',
    { ok: true, value: { state: 'not_sent', reason: { code: 'upstream_unreachable', message: '' } } },
    'failed',
    'no call was placed',
  ],
  ['the outcome is unknown', { ok: true, value: { state: 'unknown', reason: null } }, 'unknown', 'Look at your phone'],
  ['the channel broke', { ok: false, error: { code: 'outcome_unknown', message: '' } }, 'unknown', 'Look at your phone'],
  ['the extension was updated', { ok: false, error: { code: 'extension_reloaded', message: '' } }, 'failed', 'Reload this page'],
];
for (const [name, reply, phase, sentence] of endings) {
  test(`says so when ${name}`, async ({ crm }) => {
    await crm.show('<p>0901234567</p>');
    await crm.inWorld(`world.answerWith(${JSON.stringify(reply)})`);
    await crm.press('Call 0901234567');
    await expect.poll(() => crm.bubble()).toContain(sentence);
    expect((await crm.buttons())[0]?.phase).toContain(phase);
  });
}

test('after an unknown outcome a second press asks first', async ({ crm }) => {
  await crm.show('<p>0901234567</p>');
  await crm.inWorld(`world.answerWith({ ok: true, value: { state: 'unknown', reason: null } })`);
  await crm.press('Call 0901234567');
  await expect.poll(() => crm.bubble()).toContain('Look at your phone');
  await crm.press('0901234567: look at your phone');
  await expect.poll(() => crm.bubble()).toContain('Call again?');
  expect(await crm.calls()).toHaveLength(1);
});

test('pressed again while the phone may still ring it asks, and calls once confirmed', async ({ crm }) => {
  await crm.show('<p>0901234567</p>');
  await crm.inWorld(
    `void (world.desk.openCalls = [{ key: 'before', number: '+84901234567', at: new Date().setMilliseconds(0), isDoubtful: false }])`,
  );
  await crm.inWorld('world.stop(), world.start()');
  await crm.press('Call 0901234567');
  await expect.poll(() => crm.bubble()).toMatch(/You called this number at \d\d:\d\d/);
  expect(await crm.calls()).toEqual([]);
  await crm.pressAction('Call');
  await expect.poll(() => crm.calls()).toEqual(['+84901234567']);
});

test('a talk that goes on while the page is loaded anew keeps its number locked', async ({ crm }) => {
  await crm.show('<p>0901234567</p>');
  await crm.inWorld(
    `void (world.desk.openCalls = [{ key: 'before', number: '+84901234567', at: Date.now(), isDoubtful: false }])`,
  );
  await crm.inWorld('world.answerProgress({ stage: "talking", since: Date.now() - 60000, live: true })');
  await crm.inWorld('world.stop(), world.start()');
  await crm.press('0901234567: the call is on');
  expect([await crm.calls(), await crm.inWorld('world.progress[0]')]).toEqual([[], 'before']);
});

test('the button says that it rings once it does, as the bubble beside it', async ({ crm }) => {
  await crm.show('<p>0901234567</p>');
  await crm.inWorld(
    'world.answerProgress({ stage: "sent", since: null, live: true }, { stage: "ringing", since: Date.now(), live: true })',
  );
  await crm.inWorld('world.stop(), world.start()');
  await crm.press('Call 0901234567');
  await expect.poll(async () => (await crm.buttons())[0]?.label).toBe('0901234567: sent to your device');
  await expect.poll(() => crm.bubble()).toContain('Ringing…');
  expect((await crm.buttons())[0]?.label).toBe('0901234567: ringing');
});

test('a number under the bubble of the last call is called without asking once the bubble is closed', async ({ crm }) => {
  await crm.show('<p>0901234567</p><p style="height:40px"></p><p>0912345678</p>');
  await expect.poll(async () => (await crm.buttons()).length).toBe(2);
  await crm.inWorld(`world.answerWith({ ok: false, error: { code: 'device_offline', message: '' } })`);
  await crm.press('Call 0901234567');
  await expect.poll(() => crm.bubble()).toContain('offline');
  // Long enough for the browser to have reported that the bubble covers the second button.
  await crm.settle(700);
  await crm.page.keyboard.press('Escape');
  await crm.press('Call 0912345678');
  await expect.poll(() => crm.calls()).toEqual(['+84901234567', '+84912345678']);
});

test('a press right after the button moved there asks, and calls once confirmed', async ({ crm }) => {
  await crm.show('<p>x</p><p style="position:relative" id="p">0901234567</p>');
  await expect.poll(async () => (await crm.buttons()).length).toBe(1);
  const [button] = await crm.buttons();
  await crm.page.evaluate(() => (document.querySelector<HTMLElement>('#p')!.style.top = '60px'));
  await expect.poll(async () => (await crm.buttons())[0]?.y).toBeCloseTo((button?.y ?? 0) + 60, 0);
  await crm.page.mouse.click(button?.x ?? 0, (button?.y ?? 0) + 60);
  await expect.poll(() => crm.bubble()).toContain('Call this number?');
  expect(await crm.calls()).toEqual([]);
  await crm.pressAction('Call');
  await expect.poll(() => crm.calls()).toEqual(['+84901234567']);
});

test('a press while its list moves away under the button asks, and names the number beside it', async ({ crm }) => {
  await crm.show('<div id="s"></div><p>0901234567</p><p>0912345678</p>');
  await crm.inPress('click', `document.querySelector('#s').style.height = '33px'`);
  await crm.press('Call 0912345678');
  await expect.poll(() => crm.bubble()).toContain('0912345678Call this number?');
  expect(await crm.calls()).toEqual([]);
});

/** Starts again in the same document, with a desk that loads only when `release` is called in the world. */
async function startWithoutDesk(crm: Harness): Promise<void> {
  await crm.show('<p>0901234567</p>');
  await crm.inWorld('world.stop()');
  await crm.inWorld('void (world.desk.slowly = new Promise((resolve) => { world.release = resolve; }))');
  await crm.inWorld('world.start()');
  await crm.press('Call 0901234567');
}

test('a press before what judges it has come shows at once, is asked about, and calls once confirmed', async ({ crm }) => {
  await startWithoutDesk(crm);
  expect((await crm.buttons())[0]?.phase).toContain('placing');
  await crm.inWorld('world.release()');
  await expect.poll(() => crm.bubble()).toContain('Call this number?');
  expect(await crm.calls()).toEqual([]);
  await crm.pressAction('Call');
  await expect.poll(() => crm.calls()).toEqual(['+84901234567']);
});

test('a press before what judges it has come says so where the page drew the number anew meanwhile', async ({ crm }) => {
  await startWithoutDesk(crm);
  await crm.page.evaluate(() => {
    const drawn = document.querySelector('p') as HTMLElement;
    drawn.replaceWith(drawn.cloneNode(true));
  });
  await expect
    .poll(async () => (await crm.buttons()).map(({ phase }) => phase))
    .toEqual([expect.not.stringContaining('placing')]);
  await crm.inWorld('world.release()');
  await expect.poll(() => crm.bubble()).toContain('The page changed this number just now');
  expect(await crm.calls()).toEqual([]);
});

const fillList = (rows: number) =>
  `document.querySelector('#list').innerHTML = '<div>' + '<p><b>Row</b> <i>0</i></p>'.repeat(${rows}) + '</div>'`;
const changes: [name: string, html: string, label: string, change: string, then: string | null][] = [
  [
    'in its middle',
    '<p>0912 <em>345</em> 678</p>',
    '0912 345 678',
    "document.querySelector('em').firstChild.data = '999'",
    '0912 999 678',
  ],
  ['by a digit more', '<p>0912345678</p>', '0912345678', "document.querySelector('p').firstChild.data += '9'", null],
  [
    'in a field',
    '<input readonly value="0912345678">',
    '0912345678',
    "document.querySelector('input').value = '0912999678'",
    '0912999678',
  ],
];
for (const [name, html, label, change, then] of changes)
  test(`a number that changes ${name} while a long list waits to be read is not dialled`, async ({ crm }) => {
    await crm.show(`${html}<div id="list"></div>`);
    await crm.inPress('click', `${fillList(20_000)};${change}`);
    await crm.press(`Call ${label}`);
    expect(await crm.calls()).toEqual([]);
    if (then) await expect.poll(() => crm.bubble()).toMatch(`${then}The page changed this number just now`);
    else await expect.poll(() => crm.buttons()).toEqual([]);
  });

for (const [when, rows] of [
  ['', 0],
  [', also where a long list is read before it', 20_000],
] as const)
  test(`a press on a row that the page draws anew says so beside the new one${when}`, async ({ crm }) => {
    await crm.show('<p>0901234567</p><p>0912345678</p><div id="list"></div>');
    const drawAnew = `const drawn = document.querySelector('body > p'); drawn.replaceWith(drawn.cloneNode(true))`;
    await crm.inPress('click', `${fillList(rows)};${drawAnew}`);
    await crm.press('Call 0901234567');
    await expect.poll(() => crm.bubble()).toMatch(/^0901234567The page changed this number just now/);
    expect(await crm.calls()).toEqual([]);
  });

for (const [obstacle, sentence] of [
  ['error_extension_reloaded', 'Reload this page'],
  ['notPlaced', 'No call was placed. Try again.'],
] as const)
  test(`a press that nothing can judge (${obstacle}) calls nobody and says what to do; the next one tries again`, async ({
    crm,
  }) => {
    await startWithoutDesk(crm);
    await crm.inWorld(`void (world.desk.obstacle = '${obstacle}')`);
    await crm.inWorld('world.release()');
    await expect
      .poll(async () => (await crm.buttons())[0])
      .toMatchObject({ label: expect.stringContaining(sentence), phase: expect.stringContaining('failed') });
    expect(await crm.inWorld('world.title()')).toContain(sentence);
    await expect.poll(() => crm.bubble()).toBe((await crm.buttons())[0]!.label);
    const said = await crm.inWorld<DOMRect>(`world.root().querySelector('[role=status]').getBoundingClientRect().toJSON()`);
    const above = (await crm.buttons())[0]!;
    expect([Math.round(said.top - above.y), said.left >= 0 && said.left <= above.x]).toEqual([16, true]);
    await crm.page.mouse.click(500, 500);
    expect(await crm.bubble()).toBeNull();
    await crm.inWorld('void (world.desk.obstacle = undefined)');
    const { x, y } = (await crm.buttons())[0]!;
    await crm.page.mouse.click(x, y);
    await expect.poll(() => crm.bubble()).toContain('Call this number?');
    expect([await crm.calls(), await crm.inWorld('world.title()')]).toEqual([[], '']);
  });

test('what is said beside a button that nothing could judge comes back into view with it', async ({ crm }) => {
  await startWithoutDesk(crm);
  await crm.inWorld(`void (world.desk.obstacle = 'notPlaced')`);
  await crm.inWorld('world.release()');
  await expect.poll(() => crm.bubble()).toContain('No call was placed');
  await crm.page.evaluate(() => Object.assign(document.body.style, { height: '3000px' }) && scrollTo(0, 1500));
  await expect.poll(async () => [await crm.bubble(), await crm.buttons()]).toEqual([null, []]);
  await crm.page.evaluate(() => scrollTo(0, 0));
  await expect.poll(() => crm.bubble()).toContain('No call was placed');
  expect(await crm.buttons()).toMatchObject([{ label: await crm.bubble(), phase: expect.stringContaining('failed') }]);
});

test('what stood beside a button that nothing could judge is gone once something can, whatever brought it', async ({ crm }) => {
  await startWithoutDesk(crm);
  await crm.inWorld(`void (world.desk.obstacle = 'notPlaced')`);
  await crm.inWorld('world.release()');
  await expect.poll(() => crm.inWorld('world.title()')).not.toBe('');
  await crm.inWorld('void (world.desk.obstacle = undefined)');
  await crm.page.keyboard.press('Alt+Period');
  await expect.poll(() => crm.inWorld('world.title()')).toBe('');
});

const disguises: [name: string, html: string, spoil: string][] = [
  [
    'a cover that lets clicks through',
    '<p>0901234567</p>',
    `const c = document.createElement('div'); c.popover = 'manual'; c.style.cssText = 'position:fixed;inset:0;margin:0;width:auto;height:auto;background:#fff;pointer-events:none'; document.body.append(c); c.showPopover()`,
  ],
  ['a tiny number', '<p style="font-size:3px">0901234567</p>', ''],
  ['a transparent number', '<p style="color:transparent">0901234567</p>', ''],
  ['a faint number', '<p style="opacity:.05">0901234567</p>', ''],
  ['a blurred number', '<p style="filter:blur(9px)">0901234567</p>', ''],
  ['a host made inert', '<p>0901234567</p>', `document.documentElement.lastElementChild.inert = true`],
];
for (const [name, html, spoil] of disguises) {
  test(`places no call by one press under ${name}`, async ({ crm }) => {
    await crm.show(html);
    await expect.poll(async () => (await crm.buttons()).length).toBe(1);
    const [button] = await crm.buttons();
    await crm.page.evaluate(spoil);
    await crm.settle(900);
    await crm.page.mouse.click(button?.x ?? 0, button?.y ?? 0);
    await crm.settle(50);
    expect(await crm.calls()).toEqual([]);
  });
}

test('a host that the page moves is brought back', async ({ crm }) => {
  await crm.show('<p>0901234567</p>');
  await expect.poll(async () => (await crm.buttons()).length).toBe(1);
  await crm.page.evaluate(() => {
    document.body.append(document.documentElement.lastElementChild as Element);
    document.body.append('!');
  });
  await expect.poll(() => crm.page.evaluate(() => document.documentElement.lastElementChild?.localName)).toBe('div');
});

for (const key of ['ArrowDown', 'Tab'])
  test(`${key} leads from a button into its bubble, wherever the bubble stood before`, async ({ crm }) => {
    await crm.show('<p>0901234567</p><p style="margin-top:200px" id="more"></p>');
    await crm.inWorld(`world.answerWith({ ok: false, error: { code: 'device_offline', message: '' } })`);
    await crm.press('Call 0901234567');
    await expect.poll(() => crm.bubble()).toContain('offline');
    await crm.page.evaluate(() => document.querySelector('#more')?.append('0912345678'));
    await crm.press('Call 0912345678');
    await expect.poll(() => crm.bubble()).toContain('0912345678');
    await crm.page.keyboard.press('Alt+Comma');
    expect(await crm.inWorld('world.root().activeElement.ariaLabel')).toContain('0912345678');
    await crm.page.keyboard.press(key);
    expect(await crm.inWorld('world.focused()')).toBe('Close');
    await crm.page.keyboard.press('Enter');
    expect([await crm.bubble(), await crm.inWorld('world.root().activeElement.ariaLabel')]).toEqual([null, 'Call 0912345678']);
  });

test('a bubble stands behind its button, for the tabulator, also once both came back into view', async ({ crm }) => {
  await crm.show('<p>0901234567</p><div style="height:3000px"></div>');
  await crm.inWorld(`world.answerWith({ ok: false, error: { code: 'device_offline', message: '' } })`);
  await crm.press('Call 0901234567');
  await expect.poll(() => crm.bubble()).toContain('offline');
  await crm.page.evaluate(() => scrollTo(0, 1500));
  await expect.poll(async () => [await crm.bubble(), await crm.buttons()]).toEqual([null, []]);
  await crm.page.evaluate(() => scrollTo(0, 0));
  await expect.poll(() => crm.bubble()).toContain('offline');
  expect(await crm.inWorld(`[...world.root().querySelectorAll('.b, .bubble')].map((one) => one.classList[0])`)).toEqual([
    'b',
    'bubble',
  ]);
});

test('a bubble keeps the focus where it moves to its number elsewhere', async ({ crm }) => {
  await crm.show('<p>0901234567</p><p>0901 234 567</p>');
  await crm.inWorld(`world.answerWith({ ok: false, error: { code: 'device_offline', message: '' } })`);
  await crm.press('Call 0901234567');
  await expect.poll(() => crm.bubble()).toContain('offline');
  await crm.page.keyboard.press('Alt+Period');
  await crm.page.keyboard.press('ArrowDown');
  expect(await crm.inWorld('world.focused()')).toBe('Close');
  await crm.page.evaluate(() => document.querySelector('p')!.remove());
  await expect.poll(() => crm.bubble()).toContain('0901 234 567');
  expect(await crm.inWorld('world.focused()')).toBe('Close');
});

for (const [name, leave, goes] of [
  ['was scrolled out of sight', '', false],
  ['went out of sight and left the page', `document.querySelector('p').remove()`, true],
] as const)
  test(`a bubble whose number ${name} ${goes ? 'goes to' : 'waits, also beside'} the same number elsewhere, and closes no card`, async ({
    crm,
  }) => {
    await crm.show(
      `<p>0901234567</p><p style="margin-top:1500px"><span id="other">0912345678</span></p>
      <p style="margin-top:600px">0901 234 567</p><div style="height:1500px"></div>`,
    );
    await crm.inWorld(`world.answerWith({ ok: false, error: { code: 'device_offline', message: '' } })`);
    await crm.press('Call 0901234567');
    await expect.poll(() => crm.bubble()).toContain('offline');
    await crm.page.evaluate(() => scrollTo(0, 1200));
    await expect.poll(() => crm.bubble()).toBeNull();
    await refuse(crm);
    await over(crm, '#other');
    await pressInCard(crm, 'Why call it now all the same?');
    await crm.page.keyboard.type('Customer ');
    await crm.page.evaluate(`${leave};scrollBy(0, 260)`);
    await expect
      .poll(async () => (await crm.buttons()).map(({ label }) => label))
      .toContain('0901 234 567: the call was not placed');
    await crm.settle(300);
    await crm.page.keyboard.type('asked');
    expect(await crm.inWorld('world.root().activeElement.value')).toBe('Customer asked');
    await crm.page.keyboard.press('Escape');
    await crm.settle(300);
    expect(await crm.bubble()).toEqual(goes ? expect.stringContaining('0901 234 567') : null);
  });

test('ArrowDown on a number leads to its own card, not into the question about another one', async ({ crm }) => {
  await crm.show('<p>0901234567</p><p style="margin-top:200px">0912345678</p>');
  await crm.inWorld(`world.answerWith({ ok: true, value: { state: 'unknown', reason: null } })`);
  await crm.press('Call 0901234567');
  await crm.press('0901234567: look at your phone');
  await expect.poll(() => crm.bubble()).toContain('Call again?');
  await crm.page.keyboard.press('Alt+Period');
  await crm.page.keyboard.press('Alt+Period');
  await expect.poll(() => crm.inWorld('world.root().activeElement.ariaLabel')).toBe('Call 0912345678');
  await crm.page.keyboard.press('ArrowDown');
  expect([await crm.bubble(), await crm.inWorld('world.card()')]).toEqual([null, expect.arrayContaining(['0912345678'])]);
  await crm.settle(900);
  await crm.page.keyboard.press('Enter');
  await expect.poll(() => crm.calls()).toEqual(['+84901234567', '+84912345678']);
});

test('a key that is held down on a button presses it once', async ({ crm }) => {
  await crm.show('<p>0901234567</p>');
  await crm.inWorld(`world.answerWith({ ok: false, error: { code: 'device_offline', message: '' } })`);
  await crm.rested('Call 0901234567');
  await crm.page.keyboard.press('Alt+Period');
  for (let repeat = 0; repeat < 4; repeat++) {
    await crm.page.keyboard.down('Enter');
    await crm.settle(50);
  }
  await crm.page.keyboard.up('Enter');
  expect(await crm.calls()).toHaveLength(1);
});

test('the keyboard walks the numbers, Enter calls, Escape goes back', async ({ crm }) => {
  await crm.show(`<input id="field"><p>0901234567</p><div style="height:2000px"></div><p>0912345678</p>`);
  await crm.page.locator('#field').focus();
  await expect.poll(async () => (await crm.buttons()).length).toBe(1);
  await crm.page.keyboard.press('Alt+Period');
  await crm.page.keyboard.press('Alt+Period');
  await expect.poll(() => crm.inWorld('world.root().activeElement.ariaLabel')).toBe('Call 0912345678');
  await crm.settle(900);
  await crm.page.keyboard.press('Enter');
  await expect.poll(() => crm.calls()).toEqual(['+84912345678']);
  await crm.page.keyboard.press('Escape');
  expect(await crm.page.evaluate(() => document.activeElement?.id)).toBe('field');
});
