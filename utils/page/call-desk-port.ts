import type { Translate } from '../i18n/translate.ts';
import type { CallButton } from './button.ts';
import type { Ruler } from './geometry.ts';
import type { Mark } from './mark.ts';
import type { PageMessage } from './messages.ts';
import type { Overlay } from './overlay.ts';

/** What the call desk needs for calls and cards; the page script provides all of it. */
export interface CallDeskDeps {
  window: Window & typeof globalThis;
  overlay: Overlay;
  ruler: Ruler;
  translate: Translate<PageMessage>;
  buttons: ReadonlyMap<Mark, CallButton>;
  /** The marks found so far, which include all that are or were near the viewport. */
  marks: () => Iterable<Mark>;
  /** The marks of the whole page; reads the blocks that were left for later. */
  allMarks: () => Iterable<Mark>;
  /** Whether a click on a `tel:` or `callto:` link of the page opens our question instead of the system's dialler. */
  telLinks: boolean;
  /**
   * Whether the page shows the marked number at this very moment; processes pending changes first. A number is never dialled once
   * the text at its place has changed.
   */
  stillStands: (mark: Mark) => boolean;
  /** Places the buttons now; `arrived` is a mark that was just scrolled into view and is measured first. */
  place: (arrived?: Mark) => void;
  /** To be called when numbers in view have moved, for whatever reason. */
  onMoved: () => void;
  /** To be called when the pointer has rested: a hover menu of the page may now cover numbers. */
  onPointed: () => void;
  signal: AbortSignal;
}

export interface CallDesk {
  /** A button was made: from now on it is watched, so that its presses can be judged. */
  met(mark: Mark, button: CallButton): void;
  dropped(mark: Mark, button: CallButton): void;
  pressed(mark: Mark, button: CallButton, event: MouseEvent): void;
  /** A press from before the desk was loaded, which could not be judged: asks, or says that the number has changed. */
  pressedEarly(mark: Mark): void;
  /** The focus came to a button, or left it. */
  focused(mark: Mark, isFocused: boolean): void;
  /** Moves the focus from a button into the bubble or card beside it. */
  enter(mark: Mark): void;
  /** The pointer or the focus came to a button, so that a press may follow. */
  approached(mark: Mark): void;
  /** Handles a key that was pressed before the desk was loaded. */
  onKey(event: KeyboardEvent): void;
  /** The buttons of these marks are in place; from now on `onMoved` reports when their numbers move. */
  settled(shown: ReadonlySet<Mark>): void;
  place(isDark: (mark: Mark) => boolean): void;
  stop(): void;
}

export type CreateCallDesk = (deps: CallDeskDeps) => CallDesk;
/** Loads the desk's factory; gives the message to show after a press when it cannot be loaded. */
export type LoadDesk = () => Promise<CreateCallDesk | 'error_extension_reloaded' | 'notPlaced'>;
