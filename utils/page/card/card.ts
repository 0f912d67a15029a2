import type { PageMessage } from '../messages.ts';
import { buildCard } from './build-card.ts';
import type { NumberContext, NumberDetails, NumberPast } from './card-content.ts';
import type { Card, CardControl, CardDeps } from './card-port.ts';
import { cardStyle } from './card-style.ts';
import { copyText } from './copy-text.ts';
import { createOutcomeNoting } from './note-outcome.ts';
import { type CardSide, placeCard } from './place-card.ts';

/** How long “undo” stays in the card's place. */
const UNDO_MS = 8_000;
const MOVED_PX = 6;
const NUMBERS_REMEMBERED = 100;

interface Known {
  details?: NumberDetails;
  past?: NumberPast;
}

/** The card of a number: its details, the earlier calls with it, and the actions besides calling it. */
export function createCard({ document, port, translate, stateOf, reasons, onCall, onResize, close }: CardDeps): Card {
  const { performance } = document.defaultView as Window;
  const parts = buildCard(document, translate, cardStyle);
  const { element, call, copy, reason, devices } = parts;
  const noteOutcome = createOutcomeNoting(port, translate);
  /** Earlier answers; shown at once when the card opens again, while they are fetched anew. */
  const remembered = new Map<string, Known>();
  let subject: NumberContext | undefined;
  let written = '';
  let side: CardSide | undefined;
  let settledAt = 0;
  let callAt = { x: 0, y: 0 };
  let isFarewell = false;
  /** Whether a picked device is still being saved: until then the call button is disabled, or another device might ring. */
  let isPicking = false;
  /** The control that the focus goes to once it is there, unless the person does something else. */
  let wanted: CardControl | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function render(): void {
    if (!subject) return;
    const { details, past } = remembered.get(subject.number) ?? {};
    const state = stateOf(subject.number);
    parts.fill({ written, details, past, state });
    const isBarred = past?.refusal && (!past.refusal.overridable || reason.value.trim() === '');
    call.disabled = Boolean(isBarred) || isPicking || (state !== undefined && state.phase !== 'ended');
    onResize();
    goTo();
  }
  function goTo(): void {
    const control = wanted === 'reason' ? reason : wanted && parts.chips.querySelector('button');
    if (!control?.checkVisibility()) return;
    wanted = undefined;
    control.focus();
  }
  async function find(context: NumberContext): Promise<void> {
    const isStill = () => subject === context;
    const known: Known = remembered.get(context.number) ?? {};
    // A refusal may have been lifted since.
    if (known.past) known.past = { ...known.past, refusal: null };
    if (remembered.size >= NUMBERS_REMEMBERED) remembered.clear();
    remembered.set(context.number, known);
    const described = port.describe(context).then((details) => {
      if (details) known.details = details;
      if (isStill()) render();
    });
    const past = await port.past(context.number);
    await described;
    // After an error the earlier answer is kept: it is still the best there is.
    if (past && !('error' in past)) known.past = past;
    else if (isStill()) parts.failed = past?.error.code ?? 'extension_reloaded';
    if (isStill()) render();
  }
  function note(id: string): void {
    const about = subject;
    const known = remembered.get(about?.number ?? '');
    if (!about || !known) return;
    const tell = (text = parts.noted) => {
      if (subject !== about) return;
      parts.noted = text;
      render();
    };
    void noteOutcome({ number: about.number, id, known, tell });
  }
  function ask(text: string, actions: { label: string; press: () => void }[], alone = false): void {
    const hadFocus = element.contains((element.getRootNode() as ShadowRoot).activeElement);
    parts.ask(text, actions, alone);
    if (hadFocus) firstControl()?.focus();
    onResize();
  }
  /** Shows the result of an action beside the actions; does nothing if the card is about another number by now. */
  function say(key: PageMessage, about: NumberContext | undefined): void {
    if (subject !== about) return;
    parts.said = translate(key);
    render();
  }
  async function dismissNumber(): Promise<void> {
    if (!subject) return;
    const about = subject;
    // Set before the request: the number leaves the page before the answer arrives, which would close the card.
    isFarewell = true;
    const done = await port.hide(about.number, written);
    if (subject !== about) return;
    isFarewell = done !== undefined;
    if (!done) return say('card_failed', about);
    const { pattern } = done;
    sayFarewell(pattern ? translate('card_hidden_alike', { pattern }) : translate('card_hidden', { number: written }), about);
  }
  function sayFarewell(text: string, about: NumberContext): void {
    const undo = async () => {
      const isShown = (await port.show(about.number))?.ok;
      if (subject !== about) return;
      if (isShown) close();
      else sayFarewell(translate('card_failed'), about);
    };
    ask(text, [{ label: translate('card_undo'), press: () => void undo() }], true);
    endLater();
  }
  function endLater(): void {
    clearTimeout(timer);
    timer = setTimeout(() => (element.matches(':hover, :focus-within') ? endLater() : close()), UNDO_MS);
  }
  function askToLeave(): void {
    ask(translate('card_leave_question', { site: port.site }), [
      { label: translate('card_leave_yes'), press: () => void leave() },
      { label: translate('card_leave_no'), press: () => ask('', []) },
    ]);
  }
  async function leave(): Promise<void> {
    const about = subject;
    const isLeft = (await port.leave())?.ok;
    if (isLeft || !subject || subject !== about) return;
    ask('', []);
    say('card_failed', about);
  }
  function showPicked(id: string): void {
    for (const { details } of remembered.values()) if (details?.choice) details.choice.picked = id;
    render();
  }
  function controls(): HTMLElement[] {
    const all = [...element.querySelectorAll<HTMLElement & { disabled: boolean }>('button, input, select')];
    return all.filter((control) => !control.disabled && control.checkVisibility());
  }
  function firstControl(): HTMLElement | undefined {
    return controls()[0];
  }

  parts.onPress(call, (event) => onCall(event));
  parts.onPress(copy, async () => {
    const about = subject;
    const text = remembered.get(about?.number ?? '')?.details?.plain ?? about?.number ?? '';
    say((await copyText(element, text)) ? 'card_copied' : 'card_copy_failed', about);
  });
  parts.onPress(parts.chips, ({ target }) => {
    const chip = (target as Element).closest('button');
    if (chip) note(chip.value);
  });
  parts.onPress(parts.hideNumber, () => void dismissNumber());
  parts.onPress(parts.leaveSite, askToLeave);
  devices.addEventListener('change', async (event) => {
    if (!event.isTrusted) return;
    const about = subject;
    // Read now: details that arrive meanwhile may set the list back to the previous device.
    const id = devices.value;
    const before = remembered.get(about?.number ?? '')?.details?.choice?.picked;
    isPicking = true;
    showPicked(id);
    const reply = await port.pickDevice(id);
    isPicking = false;
    showPicked(reply?.ok ? id : (before ?? ''));
    if (!reply?.ok) say('card_failed', about);
  });
  reason.addEventListener('input', () => {
    if (subject) reasons.set(subject.number, reason.value);
    render();
  });
  element.addEventListener('pointerdown', () => {
    wanted = undefined;
  });
  element.addEventListener('keydown', (event) => {
    wanted = undefined;
    if (event.key !== 'Tab') return;
    const all = controls();
    const at = all.indexOf((element.getRootNode() as ShadowRoot).activeElement as HTMLElement);
    all.at((at + (event.shiftKey ? -1 : 1)) % all.length)?.focus();
    event.preventDefault();
  });

  return {
    element,
    callButton: call,
    get settledAt() {
      return settledAt;
    },
    get isFarewell() {
      return isFarewell;
    },
    get box() {
      return element.hidden ? undefined : element.getBoundingClientRect();
    },
    show(context, text) {
      this.hide();
      subject = context;
      written = text;
      side = undefined;
      settledAt = performance.now();
      reason.value = reasons.get(context.number) ?? '';
      parts.reset();
      element.hidden = false;
      void find(context);
      render();
    },
    place({ number, view, toOwn, dark }) {
      element.classList.toggle('dark', dark);
      element.style.maxHeight = '';
      const { offsetWidth, offsetHeight } = element;
      const spot = placeCard(number, view, offsetWidth, offsetHeight, side);
      side = spot.side;
      const { x, y } = toOwn(spot);
      element.style.transform = `translate(${x}px,${y}px)`;
      if (spot.height < offsetHeight) element.style.maxHeight = `${spot.height}px`;
      const { left, top } = call.getBoundingClientRect();
      if (Math.hypot(left - callAt.x, top - callAt.y) > MOVED_PX) settledAt = performance.now();
      callAt = { x: left, y: top };
    },
    told: render,
    enter(at) {
      firstControl()?.focus();
      wanted = at;
      goTo();
    },
    hide() {
      clearTimeout(timer);
      isFarewell = false;
      subject = wanted = undefined;
      element.hidden = true;
    },
  };
}
