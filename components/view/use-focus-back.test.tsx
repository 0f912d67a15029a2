// @vitest-environment happy-dom
import { useRef, useState } from 'preact/hooks';
import { expect, it } from 'vitest';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press } from '../testing/mount.tsx';
import { useFocusBack } from './use-focus-back.ts';

function Part({ onClose }: { onClose(): void }) {
  const box = useRef<HTMLElement>(null);
  useFocusBack(box);
  return (
    <section ref={box}>
      <button type="button" id="close" onClick={onClose}>
        close
      </button>
    </section>
  );
}
function Whole() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" id="open" onClick={() => setOpen(true)}>
        open
      </button>
      <button type="button" id="other">
        other
      </button>
      {isOpen && <Part onClose={() => setOpen(false)} />}
    </>
  );
}

it.each([
  ['close', 'open'],
  ['other', 'other'],
])('a part that goes while the focus is at %s leaves it at %s', async (at, after) => {
  await mount(fakeView(fakeSend({}).send), <Whole />);
  find('#open').focus();
  await press('#open');
  find(`#${at}`).focus();
  await press('#close');
  expect(document.activeElement?.id).toBe(after);
});
