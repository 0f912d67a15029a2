// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { expect, it, vi } from 'vitest';
import type { Outcome } from '../../relay/contract.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press } from '../testing/mount.tsx';
import { OutcomeChips } from './outcome-chips.tsx';

async function open(outcome: Outcome | null) {
  const onOutcome = vi.fn();
  await mount(fakeView(fakeSend({}).send), <OutcomeChips outcome={outcome} onOutcome={onOutcome} />);
  return onOutcome;
}
const chip = (outcome: Outcome) => `[data-testid=outcome-${outcome}]`;
const stops = () =>
  [...document.querySelectorAll<HTMLElement>('[role=radio][tabindex="0"]')].map(({ dataset }) => dataset.testid);

it.each([
  ['one press chooses', null, 'no_answer', 'no_answer'],
  ['another press changes the choice', 'done', 'no_answer', 'no_answer'],
  ['a second press takes it back', 'no_answer', 'no_answer', null],
] as const)('%s', async (_, before, pressed, after) => {
  const onOutcome = await open(before);
  await press(chip(pressed));
  expect(onOutcome).toHaveBeenCalledExactlyOnceWith(after);
});

it.each([
  [null, 'outcome-reached'],
  ['wrong_number', 'outcome-wrong_number'],
] as const)('with %s chosen, is one stop on the way of Tab, at %s', async (outcome, stop) => {
  await open(outcome);
  expect(stops()).toEqual([stop]);
});

it.each([
  ['reached', 'ArrowRight', 'call_later'],
  ['reached', 'ArrowLeft', 'done'],
  ['done', 'ArrowRight', 'reached'],
  ['done', 'ArrowDown', 'done'],
] as const)('from %s %s goes to %s and chooses nothing', async (from, key, to) => {
  const onOutcome = await open(null);
  find(chip(from)).focus();
  await act(() => void find(chip(from)).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
  expect(document.activeElement).toBe(find(chip(to)));
  expect(onOutcome).not.toHaveBeenCalled();
});
