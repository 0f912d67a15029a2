// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { expect, it, vi } from 'vitest';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, settle } from '../testing/mount.tsx';
import { en } from '../testing/words.ts';
import { TextFile } from './text-file.tsx';

async function choose(file: Blob) {
  const input = find<HTMLInputElement>('input');
  Object.defineProperty(input, 'files', { value: [file], configurable: true });
  await act(() => void input.dispatchEvent(new Event('change', { bubbles: true })));
  await act(() => vi.waitFor(() => undefined).then(() => settle()));
}
const said = () => document.querySelector('[role=alert]')?.textContent ?? null;

it('gives the rows of a file as they were meant, and refuses a workbook in words until another file is chosen', async () => {
  const onText = vi.fn();
  await mount(fakeView(fakeSend({}).send), <TextFile label="File" onText={onText} />);
  await choose(new Blob([Buffer.from('PK\u0003\u0004')]));
  await vi.waitFor(() => expect(said()).toBe(en.file_is_workbook));
  expect(onText).not.toHaveBeenCalled();
  await choose(new Blob([Buffer.from('\uFEFFHọ tên;Máy lẻ', 'utf16le')]));
  await vi.waitFor(() => expect(onText.mock.calls).toEqual([['Họ tên;Máy lẻ']]));
  expect(said()).toBeNull();
});
