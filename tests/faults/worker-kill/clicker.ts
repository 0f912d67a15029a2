import type { Stage } from '../../../sandbox/stage.ts';

/** The outcome of a click that the person is shown. */
export type Shown = 'ringing' | 'failed' | 'unknown';

/** A browser with the extension, connected as an agent, with a page open. */
interface Clicker {
  /** Writes the number on the page, waits for its button and clicks it with the mouse. */
  click(number: string): Promise<void>;
  /** Resolves when the background has ended, at some moment after the click and, where the moment can be chosen, after `reached`. */
  endBackground(reached?: () => Promise<void>): Promise<void>;
  /** The outcome shown for the number; null while none is final. */
  read(number: string): Promise<Shown | null>;
  /** How often the background ended or, where that cannot be observed, how many clicks had to ask again for their outcome. */
  ended(): Promise<number>;
  close(): Promise<void>;
}

export type OpenClicker = (stage: Stage, input: { extensionDir: string; code: string }) => Promise<Clicker>;

/** Runs in the page: replaces the CRM's content by a single number. */
export function showOnly(number: string): void {
  const cell = document.querySelector('#only') ?? document.createElement('p');
  cell.id = 'only';
  cell.setAttribute('style', 'margin:40px;font:16px sans-serif');
  cell.textContent = number;
  document.body.replaceChildren(cell);
}
