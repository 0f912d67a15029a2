// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press } from '../testing/mount.tsx';
import { ConfirmButton } from './confirm-button.tsx';

it.each([
  ['was taken back', '.confirm .button:not(.button-danger-solid)'],
  ['was done', '.confirm .button-danger-solid'],
])('the focus is back on the button once its question %s', async (_, answer) => {
  await mount(fakeView(fakeSend({}).send), <ConfirmButton label="Remove" question="Remove it?" onConfirm={async () => {}} />);
  find('.button-danger').focus();
  await press('.button-danger');
  expect(document.activeElement?.textContent).toBe('Cancel');
  find(answer).focus();
  await press(answer);
  expect(document.activeElement?.textContent).toBe('Remove');
});

it('leaves the focus where the answer moved it', async () => {
  const elsewhere = document.createElement('button');
  await mount(
    fakeView(fakeSend({}).send),
    <ConfirmButton
      label="Remove"
      question="Remove it?"
      onConfirm={async () => {
        document.body.append(elsewhere);
        elsewhere.focus();
      }}
    />,
  );
  await press('.button-danger');
  await press('.confirm .button-danger-solid');
  expect(document.activeElement).toBe(elsewhere);
});

it('has the focus while it is done, and is not done a second time', async () => {
  const done = Promise.withResolvers<void>();
  const onConfirm = vi.fn(() => done.promise);
  await mount(fakeView(fakeSend({}).send), <ConfirmButton label="Remove" question="Remove it?" onConfirm={onConfirm} />);
  await press('.button-danger');
  const button = find<HTMLButtonElement>('.confirm .button-danger-solid');
  button.focus();
  await press('.confirm .button-danger-solid');
  await press('.confirm .button-danger-solid');
  expect([onConfirm.mock.calls.length, button.disabled, document.activeElement === button]).toEqual([1, false, true]);
});
