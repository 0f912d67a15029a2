import { expect, type Harness, test } from './harness.ts';
import { card, over, pressInCard, refuse } from './in-card.ts';

const page = '<p>Lan: <span id="number">090 123 4567</span></p><p>An: 0912345678</p>';
const calls = ['Call later', 'No answer'];

/** The last call with the number was a moment ago. */
const called = (crm: Harness, outcome: string | null = null) =>
  crm.inWorld(
    `void (world.cards.past.latest = { subject: 'k', at: 1, title: 'Outcome of the call, 14:05', outcome: ${JSON.stringify(outcome)},
      outcomes: [{ id: 'call_later', text: 'Call later' }, { id: 'no_answer', text: 'No answer' }] })`,
  );
const chosen = (crm: Harness) =>
  crm.inWorld<string[]>(
    `[...world.root().querySelectorAll('.chip')].filter((one) => one.ariaPressed === 'true').map((one) => one.textContent)`,
  );
const asked = async (crm: Harness) =>
  (await crm.inWorld<string[]>('world.cards.asked')).filter((question) => question.startsWith('note'));
/** Places a call that rings, is talked and ends. */
async function endCall(crm: Harness): Promise<void> {
  await crm.inWorld('world.stop()');
  await crm.inWorld(
    `world.answerProgress({ stage: 'talking', since: Date.now(), live: true }, { stage: 'ended', since: null, live: true })`,
  );
  await crm.inWorld('world.start()');
  await crm.press('Call 090 123 4567');
  await expect.poll(() => crm.bubble()).toContain('The call has ended.');
}

test('where there was no call of late there is nothing to note', async ({ crm }) => {
  await crm.show(page);
  await over(crm, '#number');
  await expect.poll(() => card(crm)).toContain('3 calls in 7 days');
  expect((await card(crm))?.some((word) => calls.includes(word))).toBe(false);
});

test('one press notes the outcome of the last call, and pressing it again takes it back', async ({ crm }) => {
  await crm.show(page);
  await called(crm);
  await over(crm, '#number');
  await pressInCard(crm, 'No answer');
  await expect.poll(() => card(crm)).toContain('Saved');
  expect(await chosen(crm)).toEqual(['No answer']);
  await pressInCard(crm, 'No answer');
  await expect.poll(() => card(crm)).toContain('Taken back');
  expect([await chosen(crm), await asked(crm)]).toEqual([[], ['note no_answer of k', 'note null of k']]);
  expect(await crm.calls()).toEqual([]);
});

test('what is noted already is shown, and another outcome takes its place', async ({ crm }) => {
  await crm.show(page);
  await called(crm, 'no_answer');
  await over(crm, '#number');
  await expect.poll(() => chosen(crm)).toEqual(['No answer']);
  await pressInCard(crm, 'Call later');
  await expect.poll(() => card(crm)).toContain('Saved');
  expect([await chosen(crm), await asked(crm)]).toEqual([['Call later'], ['note call_later of k']]);
});

const failures: [name: string, answer: string, said: RegExp, chosen: string[]][] = [
  ['waits for the relay', '{ ok: true, value: { isSaved: false } }', /^Not saved yet: your company’s relay/, ['No answer']],
  ['the relay is away', `{ ok: false, error: { code: 'relay_timeout' } }`, /^Not saved\. .*relay does not answer. Try again/, []],
  ['another window writes', `{ ok: false, error: { code: 'version_conflict' } }`, /^Not saved\. .*another window of yours/, []],
  ['nobody is connected', `{ ok: false, error: { code: 'not_connected' } }`, /^Not saved\. .*not connected/, []],
];
for (const [name, answer, said, left] of failures)
  test(`it is said that an outcome is not saved: ${name}`, async ({ crm }) => {
    await crm.show(page);
    await called(crm);
    await crm.inWorld(`void (world.cards.noting = ${answer})`);
    await over(crm, '#number');
    await pressInCard(crm, 'No answer');
    await expect.poll(() => card(crm)).toContainEqual(expect.stringMatching(said));
    expect(await chosen(crm)).toEqual(left);
    await crm.inWorld('void (world.cards.noting = { ok: true, value: { isSaved: true } })');
    await pressInCard(crm, 'Call later');
    await expect.poll(() => card(crm)).toContain('Saved');
    expect(await chosen(crm)).toEqual(['Call later']);
  });

test('a press made by the page notes nothing', async ({ crm }) => {
  await crm.show(page);
  await called(crm);
  await over(crm, '#number');
  await expect.poll(() => card(crm)).toContain('No answer');
  await crm.inWorld(`world.root().querySelector('.chip').click()`);
  await crm.settle(200);
  expect(await asked(crm)).toEqual([]);
});

test('by keyboard: Tab comes to the outcomes, and Enter notes one while the focus stays', async ({ crm }) => {
  await crm.show(page);
  await called(crm);
  await crm.page.keyboard.press('Alt+Period');
  await expect.poll(() => card(crm)).toContain('No answer');
  await crm.page.keyboard.press('ArrowDown');
  for (let step = 0; step < 3; step++) await crm.page.keyboard.press('Tab');
  await crm.page.keyboard.press('Enter');
  await expect.poll(() => card(crm)).toContain('Saved');
  expect([await chosen(crm), await crm.inWorld('world.focused()')]).toEqual([['No answer'], 'No answer']);
});

test('pointing at the button after a call shows its outcomes at once', async ({ crm }) => {
  await crm.show(page);
  await called(crm);
  await endCall(crm);
  const button = (await crm.buttons())[0]!;
  await crm.page.mouse.move(button.x + 1, button.y);
  await expect.poll(() => card(crm), { timeout: 1_500 }).toContain('No answer');
  expect(await crm.bubble()).toBeNull();
});

test('the bubble that says a call has ended leads to its outcomes', async ({ crm }) => {
  await crm.show(page);
  await called(crm);
  await endCall(crm);
  await crm.pressAction('Note the outcome');
  await expect.poll(() => crm.inWorld('world.focused()')).toBe('Call later');
  await crm.page.keyboard.press('Enter');
  await expect.poll(() => card(crm)).toContain('Saved');
  expect([await crm.bubble(), await asked(crm), await crm.calls()]).toEqual([null, ['note call_later of k'], ['+84901234567']]);
});

test('outside the sales hours the bubble leads to the reason, with which the call is placed', async ({ crm }) => {
  await crm.show(page);
  await refuse(crm);
  await crm.inWorld(`world.answerWith({ ok: false, error: { code: 'outside_sales_hours', message: '' } })`);
  await crm.press('Call 090 123 4567');
  await expect.poll(() => crm.bubble()).toContain('Not at this hour.');
  await crm.pressAction('Give a reason');
  await expect.poll(() => crm.inWorld(`world.root().activeElement?.localName`)).toBe('input');
  expect(await crm.bubble()).toBeNull();
  await crm.inWorld(`world.answerWith({ ok: true, value: { state: 'accepted', reason: null } })`);
  await crm.page.keyboard.type('Customer asked');
  await pressInCard(crm, 'Call');
  await expect.poll(() => crm.inWorld('world.reasons')).toEqual([null, 'Customer asked']);
});

test('where no reason would do, none is asked for', async ({ crm }) => {
  await crm.show(page);
  await refuse(crm);
  await crm.inWorld('world.cards.past.refusal.overridable = false');
  await crm.inWorld(`world.answerWith({ ok: false, error: { code: 'outside_sales_hours', message: '' } })`);
  await crm.press('Call 090 123 4567');
  await expect.poll(() => crm.bubble()).toContain('Not at this hour.');
  expect(await crm.bubble()).not.toContain('Give a reason');
});
