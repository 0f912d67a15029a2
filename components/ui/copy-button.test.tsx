// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press } from '../testing/mount.tsx';
import { en } from '../testing/words.ts';
import { CopyButton } from './copy-button.tsx';

it('says that the browser refused to copy, until it does', async () => {
  const { root } = await mount(fakeView(fakeSend({}).send), <CopyButton text="ABCDE-12345" label="Copy code" />);
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValueOnce(new DOMException('', 'NotAllowedError'));
  await press('button');
  expect(find('[role=alert]').textContent).toBe(en.copy_refused);
  expect(find('button').textContent).toBe('Copy code');
  write.mockResolvedValueOnce();
  await press('button');
  expect(root.textContent).toBe(en.copied);
  expect(write).toHaveBeenLastCalledWith('ABCDE-12345');
});
