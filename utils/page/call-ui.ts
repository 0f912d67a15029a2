import type { Translate } from '../i18n/translate.ts';
import { type CallButton, createCallButton } from './button.ts';
import type { CallDesk, CallDeskDeps, LoadDesk } from './call-desk-port.ts';
import { callLabel } from './call-label.ts';
import type { Mark } from './mark.ts';
import type { PageMessage } from './messages.ts';
import { createNotice } from './notice.ts';

export interface CallUiDeps extends Omit<CallDeskDeps, 'buttons'> {
  translate: Translate<PageMessage>;
  /** Gives the script that judges presses and shows cards, wanted only where there are numbers; absent where nothing is pressed. */
  loadDesk?: LoadDesk | undefined;
}

/** The buttons of marks. What a press of one does, and all that is shown beside it, is the desk's, whose script comes after. */
export function createCallUi({ loadDesk, ...given }: CallUiDeps) {
  const { window, translate, signal, place } = given;
  const buttons = new Map<Mark, CallButton>();
  const notice = createNotice(window, given.overlay, buttons, signal);
  let desk: CallDesk | undefined;
  /** Why there is none. */
  let obstacle: PageMessage = 'notPlaced';
  let fetching: Promise<CallDesk | undefined> | undefined;

  function buttonOf(mark: Mark): CallButton {
    const known = buttons.get(mark);
    if (known) return known;
    const button = createCallButton(window.document, callLabel(mark, translate), {
      press: (event) => void press(mark, button, event),
      async focus(isFocused) {
        if (isFocused) await fetchDesk();
        desk?.focused(mark, isFocused && button.element.matches(':focus'));
      },
      enter: () => desk?.enter(mark),
      approach: () => desk?.approached(mark),
    });
    buttons.set(mark, button);
    (desk ?? notice).met(mark, button);
    void fetchDesk();
    return button;
  }
  async function press(mark: Mark, button: CallButton, event: MouseEvent): Promise<void> {
    if (desk) return desk.pressed(mark, button, event);
    if (!event.isTrusted) return;
    button.setPhase('placing', callLabel(mark, translate));
    const arrived = await fetchDesk();
    if (arrived) return arrived.pressedEarly(mark);
    notice.say(mark, translate(obstacle));
    place();
  }

  /** From now on there are cards and keys, and presses are judged. */
  function fetchDesk(): Promise<CallDesk | undefined> {
    fetching ??= startDesk();
    return fetching;
  }
  async function startDesk(): Promise<CallDesk | undefined> {
    const loaded = await loadDesk?.();
    if (typeof loaded === 'string') {
      obstacle = loaded;
      fetching = undefined;
    } else if (loaded && !signal.aborted) {
      notice.hide();
      desk = loaded({ ...given, buttons });
      place();
    }
    return desk;
  }

  window.addEventListener(
    'keydown',
    (event) => {
      if (!desk && event.altKey) void fetchDesk().then((arrived) => arrived?.onKey(event));
    },
    { capture: true, signal },
  );

  return {
    buttonOf,
    /** There is a number on the page. */
    wake: () => void fetchDesk(),
    drop(mark: Mark): void {
      const button = buttons.get(mark);
      if (!button) return;
      desk?.dropped(mark, button);
      buttons.delete(mark);
      button.remove();
    },
    /** These are shown at their places. */
    settled: (shown: ReadonlySet<Mark>) => desk?.settled(shown),
    /** Puts in its place what is shown beside a button. */
    placeBeside: (isDark: (mark: Mark) => boolean) => (desk ?? notice).place(isDark),
    stop(): void {
      desk?.stop();
      buttons.clear();
    },
  };
}
