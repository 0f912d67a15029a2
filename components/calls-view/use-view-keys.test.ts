// @vitest-environment happy-dom
import { h, render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, it, vi } from 'vitest';
import { useViewKeys } from './use-view-keys.ts';

let typed: string | null = null;
const onHelp = vi.fn();

function Keys() {
  useViewKeys(
    true,
    (change) => {
      typed = change(typed);
    },
    onHelp,
  );
  return null;
}

async function press(key: string): Promise<KeyboardEvent> {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  document.activeElement?.dispatchEvent(event);
  return event;
}

async function open(html: string): Promise<void> {
  document.body.innerHTML = `${html}<div id="view"></div>`;
  const view = document.querySelector('#view');
  if (view) await act(() => render(h(Keys, {}), view));
}

afterEach(() => {
  const view = document.querySelector('#view');
  if (view) render(null, view);
  typed = null;
});

it('begins a number where no field is open', async () => {
  await open('<button>Call 0903 123 456</button>');
  for (const key of ['0', '9']) expect((await press(key)).defaultPrevented).toBe(true);
  expect(typed).toBe('09');
});

it('tells its keys at a question mark, but not while one is typed', async () => {
  await open('<button>Call 0903 123 456</button><input id="search">');
  await press('?');
  expect(onHelp).toHaveBeenCalledOnce();
  document.querySelector<HTMLElement>('#search')?.focus();
  await press('?');
  expect(onHelp).toHaveBeenCalledOnce();
});

it('takes a digit to the field that is open, so that Enter calls what stands there and no row', async () => {
  await open('<button>Call 0903 123 456</button><form class="dial"><input class="input" value="0987 65"></form>');
  const field = document.querySelector<HTMLInputElement>('.dial .input');
  typed = '0987 65';
  field?.setSelectionRange(7, 7);
  document.querySelector('button')?.focus();
  await press('4');
  expect(document.activeElement).toBe(field);
  expect(typed).toBe('0987 654');
});

it('begins anew over a number that is selected, as one is that was called', async () => {
  await open('<button>Call 0903 123 456</button><form class="dial"><input class="input" value="0987 654 321"></form>');
  typed = '0987 654 321';
  document.querySelector<HTMLInputElement>('.dial .input')?.setSelectionRange(0, 12);
  document.querySelector('button')?.focus();
  await press('0');
  expect(typed).toBe('0');
});

it.each([
  ['a number where no field is open', '<button>Call</button>', 'button', ' 0912 345 678\n', '0912 345 678'],
  [
    'a number over the one in the open field',
    '<form class="dial"><input class="input"></form><button>Call</button>',
    'button',
    '0912',
    '0912',
  ],
  ['no words', '<button>Call</button>', 'button', 'Lan', '09'],
  ['nothing that goes into a field', '<input id="search">', '#search', '0912 345 678', '09'],
])('takes from what is pasted %s', async (_, html, focused, text, after) => {
  await open(html);
  typed = '09';
  document.querySelector<HTMLElement>(focused)?.focus();
  const event = new Event('paste', { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { getData: () => text } });
  document.activeElement?.dispatchEvent(event);
  expect([typed, event.defaultPrevented]).toEqual([after, after === text.trim()]);
  if (html.includes('dial')) expect(document.activeElement).toBe(document.querySelector('.dial .input'));
});

it('goes to the outcomes of the call that just ended, and writes its letter in a note', async () => {
  await open('<div class="outcomes"><button tabindex="-1">1</button><button tabindex="0">2</button></div><textarea></textarea>');
  expect((await press('o')).defaultPrevented).toBe(true);
  expect(document.activeElement?.textContent).toBe('2');
  document.querySelector('textarea')?.focus();
  expect((await press('o')).defaultPrevented).toBe(false);
});
