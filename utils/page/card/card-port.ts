import type { Translate } from '../../i18n/translate.ts';
import type { CallButton } from '../button.ts';
import type { CallDeskDeps } from '../call-desk-port.ts';
import type { CallStatus } from '../calls.ts';
import type { Box } from '../geometry.ts';
import type { Mark } from '../mark.ts';
import type { PageMessage } from '../messages.ts';
import type { Trust } from '../trust.ts';
import type { NumberContext, NumberDetails, NumberPast } from './card-content.ts';

/** What the card asks of the extension; absent answers mean that it could not be reached. */
export interface CardPort {
  describe(context: NumberContext): Promise<NumberDetails | undefined>;
  past(number: string): Promise<NumberPast | { error: { code: string; message: string } } | undefined>;
  /** Which of the agent's devices calls ring from now on. */
  pickDevice(id: string): Promise<{ ok: boolean } | undefined>;
  /** Marks a number no more on this site; gives the pattern that hides it together with others written alike, if there is one now. */
  hide(number: string, text: string): Promise<{ pattern: string | undefined } | undefined>;
  show(number: string): Promise<{ ok: boolean } | undefined>;
  /** Switches the extension off on this site. */
  leave(): Promise<{ ok: boolean } | undefined>;
  /** Host of the page, for the question before. */
  site: string;
}

export interface CardDeps {
  document: Document;
  port: CardPort;
  translate: Translate<PageMessage>;
  /** How the call with a number goes, where one is on. */
  stateOf: (number: string) => CallStatus | undefined;
  /** Reasons typed so far, by number; outlive the card. */
  reasons: Map<string, string>;
  onCall(event: MouseEvent): void;
  /** Its size may be another now. */
  onResize(): void;
  close(): void;
}

export interface CardPlace {
  /** The number with its button, which the card never covers. */
  number: Box;
  view: Box;
  toOwn(point: { x: number; y: number }): { x: number; y: number };
  dark: boolean;
}

export interface Card {
  element: HTMLElement;
  callButton: HTMLButtonElement;
  /** When the call button last came to its place, on the clock of `performance.now`. */
  readonly settledAt: number;
  /** Says something that stays although its number is gone: an undo. */
  readonly isFarewell: boolean;
  /** The box it fills in the view; undefined while hidden. */
  readonly box: Box | undefined;
  show(context: NumberContext, written: string): void;
  place(place: CardPlace): void;
  /** The call with its number goes on. */
  told(): void;
  /** Puts the focus on its first control. */
  enter(): void;
  hide(): void;
}

export interface CardKeeperDeps extends Omit<CallDeskDeps, 'stillStands'> {
  trust: Trust;
  /** Shows something else for a mark; true when there was, and no card is wanted. */
  isSpokenOf: (mark: Mark) => boolean;
  /** How the call with a number goes, where one is on. */
  stateOf: (number: string) => CallStatus | undefined;
  onCall: (mark: Mark, button: Pick<CallButton, 'element' | 'placedAt'>, reason: string | undefined, event: MouseEvent) => void;
  /** What a card stood in place of may be seen again. */
  onClosed: () => void;
  /** Brings a mark into view and gives its button, or nothing when it cannot be shown. */
  reveal: (mark: Mark) => CallButton | undefined;
  /** Closes what is said about a call; true when something was. */
  dismiss: () => boolean;
  /** Asks whether to call a number that was pressed on the page itself; false where the bubble would not be seen. */
  ask: (mark: Mark, isByKey: boolean) => boolean;
}

export interface CardKeeper {
  /** True when one was open. */
  close(): boolean;
  /** The focus came to a button or a call link, or left it. */
  focused(mark: Mark, isFocused: boolean): void;
  /** From a button into its card. */
  enter(mark: Mark): void;
  /** A key that was pressed before there was a keeper. */
  onKey(event: KeyboardEvent): void;
  /** The call with a number goes on. */
  told(number: string): void;
  dropped(mark: Mark): void;
  /** These are shown at their places: from now on it is told when they move. */
  settled(shown: ReadonlySet<Mark>): void;
  place(isDark: (mark: Mark) => boolean): void;
  /** A call with the number was accepted: the reason typed for it was given. */
  forgetReason(number: string): void;
  /** The card while it is open. */
  readonly shown: HTMLElement | undefined;
  /** The pointer or the focus came to a button, perhaps to press it. */
  approached(mark: Mark): void;
  /** Whether a number is shown otherwise than it stands in the page. */
  isDisguised(mark: Mark, host: Element): boolean;
  stop(): void;
}
