// @vitest-environment happy-dom
import { useState } from 'preact/hooks';
import { expect, it } from 'vitest';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press } from '../testing/mount.tsx';
import { IconButton } from './icon-button.tsx';

function Whole() {
  const [isOpen, setOpen] = useState(false);
  const [drawn, setDrawn] = useState(0);
  return (
    <>
      <button type="button" id="redraw" onClick={() => setDrawn(drawn + 1)}>
        redraw
      </button>
      <IconButton
        key={drawn}
        icon="note"
        label="note"
        testId="note"
        expanded={isOpen}
        onClick={() => setOpen((before) => !before)}
      />
      {isOpen && <textarea id="text" />}
      {isOpen && (
        <button type="button" id="close" onClick={() => setOpen(false)}>
          close
        </button>
      )}
    </>
  );
}

it.each([
  ['text', 'note'],
  ['redraw', 'redraw'],
])('what it unfolded goes away while the focus is at %s and leaves it at %s', async (at, after) => {
  await mount(fakeView(fakeSend({}).send), <Whole />);
  await press('[data-testid=note]');
  // Another button has replaced it, as when the list was re-rendered meanwhile.
  await press('#redraw');
  find(`#${at}`).focus();
  await press('#close');
  const { activeElement } = document;
  expect(activeElement?.id || activeElement?.getAttribute('data-testid')).toBe(after);
});

it('takes no focus while it is folded', async () => {
  await mount(fakeView(fakeSend({}).send), <Whole />);
  expect(document.activeElement).toBe(document.body);
});
