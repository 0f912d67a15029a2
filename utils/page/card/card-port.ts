import type { Translate } from '../../i18n/translate.ts';
import type { CallButton } from '../button.ts';
import type { CallDeskDeps } from '../call-desk-port.ts';
import type { CallStatus } from '../calls.ts';
import type { Box } from '../geometry.ts';
import type { Mark } from '../mark.ts';
import type { PageMessage } from '../messages.ts';
import type { Trust } from '../trust.ts';
import type { NotableCall, NumberContext, NumberDetails, NumberPast } from './card-content.ts';

/** The card's requests to the background; undefined means that it could not be reached. */
export interface CardPort {
  describe(context: NumberContext): Promise<NumberDetails | undefined>;
  past(number: string): Promise<NumberPast | { error: { code: string; message: string } } | undefined>;
  /** Notes what came of a call, null for nothing; `isSaved: false`: it waits for the relay and is saved later. */
  noteOutcome(
    choice: Pick<NotableCall, 'subject' | 'at' | 'outcome'> & { number: string },
  ): Promise<{ ok: true; value: { isSaved: boolean } } | { ok: false; error: { code: string } } | undefined>;
  /** Sets which of the agent's devices calls ring from now on. */
  pickDevice(id: string): Promise<{ ok: boolean } | undefined>;
  /** Stops marking a number on this site; gives the pattern that now hides it and others written alike, if there is one. */
  hide(number: string, text: string): Promise<{ pattern: string | undefined } | undefined>;
  show(number: string): Promise<{ ok: boolean } | undefined>;
  /** Switches the extension off on this site. */
  leave(): Promise<{ ok: boolean } | undefined>;
  /** Host of the page, named in the question before `leave`. */
  site: string;
}

export interface CardDeps {
  document: Document;
  port: CardPort;
  translate: Translate<PageMessage>;
  /** State of the call with a number; undefined while there is none. */
  stateOf: (number: string) => CallStatus | undefined;
  /** Reasons typed so far, by number; kept when the card closes. */
  reasons: Map<string, string>;
  onCall(event: MouseEvent): void;
  /** To be called when the size of the card may have changed. */
  onResize(): void;
  close(): void;
}

interface CardPlace {
  /** The number with its button, which the card never covers. */
  number: Box;
  view: Box;
  toOwn(point: { x: number; y: number }): { x: number; y: number };
  dark: boolean;
}

/** A control that comes with the relay's answer: the field for the reason of a call, the outcomes of the last one. */
export type CardControl = 'reason' | 'outcome';

export interface Card {
  element: HTMLElement;
  callButton: HTMLButtonElement;
  /** When the call button arrived at its current place, as a `performance.now` timestamp. */
  readonly settledAt: number;
  /** Whether the card only offers an undo; then it stays open although its number is gone from the page. */
  readonly isFarewell: boolean;
  /** Its box in viewport coordinates; undefined while hidden. */
  readonly box: Box | undefined;
  show(context: NumberContext, written: string): void;
  place(place: CardPlace): void;
  /** To be called when the state of the call with its number changed. */
  told(): void;
  /** Puts the focus on its first control, or on the one that is asked for, as soon as it is there. */
  enter(at?: CardControl): void;
  hide(): void;
}

export interface CardKeeperDeps extends Omit<CallDeskDeps, 'stillStands'> {
  trust: Trust;
  /** Lets a bubble speak for the mark where one is shown or due, which it then opens; false where a card may open. */
  speakInstead: (mark: Mark) => boolean;
  /** State of the call with a number; undefined while there is none. */
  stateOf: (number: string) => CallStatus | undefined;
  onCall: (mark: Mark, button: Pick<CallButton, 'element' | 'placedAt'>, reason: string | undefined, event: MouseEvent) => void;
  /** The card closed: the bubble that it replaced may be shown again. */
  onClosed: () => void;
  /** Scrolls a mark into view and returns its button; undefined when it cannot be shown. */
  reveal: (mark: Mark) => CallButton | undefined;
  /** Closes the bubble; true when one was visible. */
  dismiss: () => boolean;
  /** Asks whether to call the number of a pressed call link of the page; false where the bubble would not be visible. */
  ask: (mark: Mark, isByKey: boolean) => boolean;
}

export interface CardKeeper {
  /** Closes the card; true when one was open. */
  close(): boolean;
  /** The focus came to a button or a call link, or left it. */
  focused(mark: Mark, isFocused: boolean): void;
  /** Opens the card of a mark, if need be, and moves the focus into it. */
  enter(mark: Mark, at?: CardControl): void;
  /** Handles a key that was pressed before the keeper existed. */
  onKey(event: KeyboardEvent): void;
  /** To be called when the state of the call with a number changed. */
  told(number: string): void;
  dropped(mark: Mark): void;
  /** The buttons of these marks are in place; from now on `onMoved` reports when their numbers move. */
  settled(shown: ReadonlySet<Mark>): void;
  place(isDark: (mark: Mark) => boolean): void;
  /** A call with the number was accepted, and with it the reason typed for it, which is no longer needed. */
  forgetReason(number: string): void;
  /** The card while it is open. */
  readonly shown: HTMLElement | undefined;
  /** The pointer or the focus came to a button, so that a press may follow. */
  approached(mark: Mark): void;
  /** Whether the page displays a number differently from its text in the DOM. */
  isDisguised(mark: Mark, host: Element): boolean;
  stop(): void;
}
