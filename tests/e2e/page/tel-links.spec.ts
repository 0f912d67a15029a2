import { expect, type Harness, test } from './harness.ts';

const link = '<p>Lan: <a id="a" href="tel:+84901234567">090 123 4567</a></p>';
/** Starts with the setting on, and records for each click whether the system would have got it. */
async function show(crm: Harness, html: string, telLinks = true) {
  await crm.show(html);
  await crm.inWorld(`world.stop(); world.start({ homeRegion: 'VN', regions: [], telLinks: ${telLinks} })`);
  await crm.page.evaluate(() => {
    const taken: boolean[] = [];
    Object.assign(globalThis, { taken });
    // Registered on the window after the script's own listener: a click prevented by then never reaches the system.
    window.addEventListener('click', (event) => {
      taken.push(event.defaultPrevented);
      event.preventDefault();
    });
  });
  await expect.poll(async () => (await crm.buttons()).length).toBeGreaterThan(0);
}
const taken = (crm: Harness) => crm.page.evaluate(() => (globalThis as unknown as { taken: boolean[] }).taken);

test('a click on a call link asks first, and the press on the bubble calls', async ({ crm }) => {
  await show(crm, link);
  await crm.page.click('#a');
  expect([await crm.calls(), await taken(crm)]).toEqual([[], [true]]);
  await expect.poll(() => crm.bubble()).toContain('090 123 4567');
  await crm.pressAction('Call');
  await expect.poll(() => crm.calls()).toEqual(['+84901234567']);
});

test('taken by keys, the question has the focus, a key held down answers nothing, and Escape leads back', async ({ crm }) => {
  await show(crm, link);
  await crm.page.focus('#a');
  await crm.page.keyboard.down('Enter');
  await expect.poll(() => crm.inWorld('world.focused()')).toBe('Call');
  await crm.settle(900);
  for (let repeat = 0; repeat < 3; repeat++) await crm.page.keyboard.down('Enter');
  await crm.page.keyboard.up('Enter');
  expect([await crm.calls(), await crm.bubble()]).toEqual([[], expect.stringContaining('Call this number?')]);
  await crm.page.keyboard.press('Escape');
  expect([await crm.bubble(), await crm.page.evaluate(() => document.activeElement?.id)]).toEqual([null, 'a']);
  await crm.page.keyboard.press('Enter');
  await crm.settle(900);
  await crm.page.keyboard.press('Enter');
  await expect.poll(() => crm.calls()).toEqual(['+84901234567']);
  expect(await crm.page.evaluate(() => document.activeElement?.id)).toBe('a');
});

test('a question that gave way to another number is asked again by the next click', async ({ crm }) => {
  await show(crm, `${link}<p style="margin-top:200px">An: 0912345678</p>`);
  await crm.page.focus('#a');
  await crm.page.keyboard.press('Enter');
  await expect.poll(() => crm.bubble()).toContain('090 123 4567');
  await crm.press('Call 0912345678');
  await expect.poll(() => crm.bubble()).toContain('Sent to your device');
  expect((await crm.buttons()).map(({ phase }) => phase)).toEqual([
    expect.not.stringContaining('asking'),
    expect.stringContaining('ringing'),
  ]);
  await crm.page.focus('#a');
  await crm.page.keyboard.press('Enter');
  await expect.poll(() => crm.bubble()).toMatch(/090 123 4567.*Call this number\?/);
});

test('a click on the link of a number that is called already says how the call goes', async ({ crm }) => {
  await show(crm, `${link}<p style="margin-top:200px">An: 0912345678</p>`);
  await crm.press('Call 090 123 4567');
  await expect.poll(() => crm.bubble()).toContain('Sent to your device');
  await crm.press('Call 0912345678');
  await expect.poll(() => crm.bubble()).toContain('0912345678');
  await crm.page.click('#a');
  await expect.poll(() => crm.bubble()).toContain('090 123 4567');
  expect([await taken(crm), (await crm.calls()).length]).toEqual([[true], 2]);
});

const left: [name: string, html: string, act: (crm: Harness) => Promise<void>, telLinks?: boolean][] = [
  ['while the setting is off', link, (crm) => crm.page.click('#a'), false],
  ['when the page clicks it', link, (crm) => crm.page.evaluate(() => document.getElementById('a')?.click())],
  ['with a key held', link, (crm) => crm.page.click('#a', { modifiers: ['Shift'] })],
  ['of another kind', `${link}<a id="b" href="#x">Lan</a>`, (crm) => crm.page.click('#b')],
  ['without a number of ours in it', `${link}<a id="b" href="tel:*100%23">Balance</a>`, (crm) => crm.page.click('#b')],
];
for (const [name, html, act, telLinks] of left)
  test(`a link ${name} is left alone`, async ({ crm }) => {
    await show(crm, html, telLinks);
    await act(crm);
    await crm.settle(100);
    expect([await taken(crm), await crm.calls(), await crm.bubble()]).toEqual([[false], [], null]);
  });

test('a link that the page took for itself is left alone', async ({ crm }) => {
  await show(crm, link);
  await crm.page.evaluate(() => document.getElementById('a')?.addEventListener('click', (event) => event.preventDefault()));
  await crm.page.click('#a');
  expect([await crm.calls(), await crm.bubble()]).toEqual([[], null]);
});
