import type { Translate } from '../i18n/translate.ts';
import type { CallButton } from './button.ts';
import type { Ruler } from './geometry.ts';
import type { Mark } from './mark.ts';
import type { PageMessage } from './messages.ts';
import type { Overlay } from './overlay.ts';

/** What it takes to call and to open cards on a page; the page script has all of it. */
export interface CallDeskDeps {
  window: Window & typeof globalThis;
  overlay: Overlay;
  ruler: Ruler;
  translate: Translate<PageMessage>;
  buttons: ReadonlyMap<Mark, CallButton>;
  /** Those found so far: all that are or were near the view, at least. */
  marks: () => Iterable<Mark>;
  /** Those of the whole page. */
  allMarks: () => Iterable<Mark>;
  /** Whether a click on a call link of the page asks here instead of the system. */
  telLinks: boolean;
  /**
   * Whether the page as it is at this moment shows what was marked, wherever the reading of it had got to: a number is never dialled
   * from a place that has changed since.
   */
  stillStands: (mark: Mark) => boolean;
  /** Puts buttons in place now; that of a mark, too, which was brought into view a moment ago. */
  place: (arrived?: Mark) => void;
  /** Numbers in view moved, whatever moved them. */
  onMoved: () => void;
  /** What pointing at the page opens may lie over numbers. */
  onPointed: () => void;
  signal: AbortSignal;
}

export interface CallDesk {
  /** From now on presses of this button are judged. */
  met(mark: Mark, button: CallButton): void;
  dropped(mark: Mark, button: CallButton): void;
  pressed(mark: Mark, button: CallButton, event: MouseEvent): void;
  /** A press when nobody was here to judge it: asked about, or said to have called nobody. */
  pressedEarly(mark: Mark): void;
  /** The focus came to a button, or left it. */
  focused(mark: Mark, isFocused: boolean): void;
  /** From a button into what is open beside it. */
  enter(mark: Mark): void;
  /** The pointer or the focus came to a button, perhaps to press it. */
  approached(mark: Mark): void;
  /** A key that was pressed before there was a desk. */
  onKey(event: KeyboardEvent): void;
  /** These are shown at their places: from now on it is told when they move. */
  settled(shown: ReadonlySet<Mark>): void;
  place(isDark: (mark: Mark) => boolean): void;
  stop(): void;
}

export type CreateCallDesk = (deps: CallDeskDeps) => CallDesk;
/** Gives what makes the desk, or what to say to whoever presses without it. */
export type LoadDesk = () => Promise<CreateCallDesk | 'error_extension_reloaded' | 'notPlaced'>;
