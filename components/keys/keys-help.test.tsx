// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { en } from '../../utils/i18n/en.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press } from '../testing/mount.tsx';
import KeysHelp from './keys-help.tsx';

async function open(key: string, platform = 'Linux x86_64') {
  const openKeySettings = vi.fn();
  const onClose = vi.fn();
  const view = fakeView(fakeSend({}).send, { openKey: async () => key, openKeySettings });
  await mount(view, <KeysHelp onClose={onClose} platform={platform} />);
  return { openKeySettings, onClose };
}

it.each([
  ['Alt+Shift+D', ['Alt+Shift+D', en.keys_open, en.keys_change]],
  ['⌃D', ['⌃D', en.keys_open, en.keys_change]],
  ['', [en.keys_open_none, en.keys_assign]],
])('tells the key that the browser assigned, or what to do: %s', async (key, words) => {
  const { openKeySettings } = await open(key);
  for (const word of words) expect(find('[data-testid=keys-open]').textContent).toContain(word);
  await press('[data-testid=keys-settings]');
  expect(openKeySettings).toHaveBeenCalledOnce();
});

it.each([
  ['a page', en.keys_on_page, ['Alt + .', 'Alt + ,', 'Enter', '↓', 'Esc']],
  ['this view', en.keys_in_view, ['/', 'o', '0–9', '+', 'Ctrl + V', '↑', '↓', 'Home', 'End', 'Esc', '?']],
  ['the player', en.keys_in_player, ['Space', '←', '→', '↑', '↓', 'n', 'Esc']],
])('names every key of %s', async (_, heading, keys) => {
  await open('');
  const title = [...document.querySelectorAll('h3')].find(({ textContent }) => textContent === heading);
  const named = [...(title?.nextElementSibling?.querySelectorAll('kbd') ?? [])];
  expect(named.map(({ textContent }) => textContent)).toEqual(keys);
});

it.each([
  ['Linux x86_64', 'Alt + .'],
  ['Win32', 'Alt + .'],
  ['MacIntel', '⌥ + .'],
])('names the keys that walk a page as the keyboard of %s has them', async (platform, key) => {
  await open('', platform);
  expect([...document.querySelectorAll('kbd')].map(({ textContent }) => textContent)).toContain(key);
});

it('has the focus, and closes on Escape, which would else close the popup', async () => {
  const { onClose } = await open('');
  expect(document.activeElement).toBe(find('[data-testid=keys]'));
  const pressed = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
  document.activeElement?.dispatchEvent(pressed);
  expect([onClose.mock.calls.length, pressed.defaultPrevented]).toEqual([1, true]);
});
