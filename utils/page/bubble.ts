import type { Phase } from './calls.ts';
import { placeBeside, type Surroundings } from './place-beside.ts';

interface BubbleAction {
  label: string;
  press(event: MouseEvent): void;
}

interface Bubble {
  element: HTMLElement;
  /** The confirming action's button, watched like a call button. */
  readonly confirm: HTMLButtonElement | undefined;
  /** The number it is about, also while it is hidden because its button is out of view; undefined while it is closed. */
  readonly subject: string | undefined;
  /** Sets the content only; the caller unhides the element and calls `place`. */
  show(subject: string, heading: string, text: string, phase: Phase, actions: BubbleAction[]): void;
  isSaying(subject: string, phase: Phase): boolean;
  /** Replaces the sentence without moving the bubble. */
  say(text: string): void;
  /** Positions the bubble beside a button. */
  place(spot: { x: number; y: number }, around: Surroundings): void;
  /** Puts the focus on its first action; when it hides, the focus goes back to where it was. */
  enter(): void;
  hide(): void;
}

/** The bubble beside a button. A live region, so that screen readers say what happens without the focus moving. */
export function createBubble(document: Document): Bubble {
  const element = document.createElement('div');
  const title = document.createElement('b');
  const text = document.createElement('span');
  const buttons = document.createElement('div');
  element.className = 'bubble';
  buttons.className = 'actions';
  element.role = 'status';
  element.ariaLive = 'polite';
  element.hidden = true;
  element.append(title, text, buttons);
  element.addEventListener('keydown', (event) => {
    // The key repeat of an Enter held down on the button that opened the bubble must not answer it unread.
    if (event.repeat && event.key === 'Enter') event.preventDefault();
  });
  const onFocus = ({ relatedTarget }: FocusEvent) => {
    if (!element.contains(relatedTarget as Node | null)) cameFrom = relatedTarget as HTMLElement | null;
  };
  // `focusin` never arrives here: `keepFocusApart` stops it at the window. `focus` does not bubble, hence the capture.
  element.addEventListener('focus', onFocus, { capture: true });

  let subject: string | undefined;
  let phase: Phase = 'idle';
  let cameFrom: HTMLElement | null = null;
  return {
    element,
    get subject() {
      return subject;
    },
    get confirm() {
      return buttons.querySelector('button') ?? undefined;
    },
    show(nextSubject, heading, sentence, nextPhase, actions) {
      subject = nextSubject;
      phase = nextPhase;
      // Screen readers must not read the call's clock out every second.
      element.ariaLive = phase === 'talking' ? 'off' : 'polite';
      title.textContent = heading;
      text.textContent = sentence;
      buttons.replaceChildren(...actions.map((action) => actionButton(document, action)));
    },
    isSaying: (about, inPhase) => subject === about && phase === inPhase,
    say(sentence) {
      text.textContent = sentence;
    },
    place(spot, around) {
      element.className = `bubble ${phase}`;
      placeBeside(element, spot, around);
    },
    enter: () => buttons.querySelector('button')?.focus(),
    hide() {
      subject = undefined;
      if (element.matches(':focus-within')) cameFrom?.focus({ preventScroll: true });
      element.hidden = true;
    },
  };
}

function actionButton(document: Document, { label, press }: BubbleAction): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = label;
  button.addEventListener('click', press);
  return button;
}
