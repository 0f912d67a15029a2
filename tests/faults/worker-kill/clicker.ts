import type { Stage } from '../../../sandbox/stage.ts';

/** What the person is told of a click. */
export type Shown = 'ringing' | 'failed' | 'unknown';

/** A browser with the extension whose agent stands before a page. */
export interface Clicker {
  /** Writes the number on the page, waits for its button and presses it as a hand does. */
  click(number: string): Promise<void>;
  /** Resolves when the background has ended, at some moment after the click. */
  endBackground(): Promise<void>;
  /** Null while nothing final is shown. */
  read(number: string): Promise<Shown | null>;
  /** How often the background ended, or where that cannot be seen how often a click had to ask what became of it. */
  ended(): Promise<number>;
  close(): Promise<void>;
}

export type OpenClicker = (stage: Stage, input: { extensionDir: string; code: string }) => Promise<Clicker>;

/** A page with one number in it, in the place of the CRM's own content. */
export function showOnly(number: string): void {
  const cell = document.querySelector('#only') ?? document.createElement('p');
  cell.id = 'only';
  cell.setAttribute('style', 'margin:40px;font:16px sans-serif');
  cell.textContent = number;
  document.body.replaceChildren(cell);
}
