import { type ComponentChildren, render } from 'preact';
import { act } from 'preact/test-utils';
import { type View, ViewContext } from '../view/view.ts';

let mounted: HTMLElement | null = null;

/** Unmounts what an earlier test mounted, then mounts into a fresh document; `unmount` runs every clean-up. */
export async function mount(view: View, children: ComponentChildren) {
  const before = mounted;
  if (before) await act(() => render(null, before));
  document.body.replaceChildren();
  const root = document.body.appendChild(document.createElement('div'));
  mounted = root;
  await act(() => render(<ViewContext.Provider value={view}>{children}</ViewContext.Provider>, root));
  await settle();
  return { root, unmount: () => act(() => render(null, root)) };
}

/** Waits until all ready promises and the renders that follow have run. */
export async function settle(): Promise<void> {
  await act(async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  });
}

export function find<Kind extends HTMLElement = HTMLElement>(selector: string): Kind {
  const found = document.querySelector<Kind>(selector);
  if (found === null) throw new Error(`Nothing matches ${selector} in ${document.body.innerHTML}`);
  return found;
}

export async function type(selector: string, value: string): Promise<void> {
  const input = find<HTMLInputElement>(selector);
  input.value = value;
  await act(() => void input.dispatchEvent(new Event('input', { bubbles: true })));
}

export async function press(selector: string): Promise<void> {
  await act(() => find(selector).click());
  await settle();
}
