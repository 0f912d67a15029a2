import { type CallButton, createCallButton } from './button.ts';
import type { CallDesk, CallDeskDeps, LoadDesk } from './call-desk-port.ts';
import { callLabel } from './call-label.ts';
import type { Mark } from './mark.ts';
import type { PageMessage } from './messages.ts';
import { createNotice } from './notice.ts';

interface CallUiDeps extends Omit<CallDeskDeps, 'buttons'> {
  /** Loads the script that judges presses and shows cards, only on pages with numbers; absent where buttons are only shown. */
  loadDesk?: LoadDesk | undefined;
}

/** Makes the buttons of marks. Presses, bubbles and cards are the job of the desk, whose script is loaded later. */
export function createCallUi({ loadDesk, ...given }: CallUiDeps) {
  const { window, translate, signal, place } = given;
  const buttons = new Map<Mark, CallButton>();
  const notice = createNotice(window, given.overlay, buttons, signal);
  let desk: CallDesk | undefined;
  /** Why the desk could not be loaded. */
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

  /** Loads the desk once: from then on there are cards and shortcuts, and presses are judged. */
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
    /** To be called at the first number of the page: loads the desk ahead of a press. */
    wake: () => void fetchDesk(),
    drop(mark: Mark): void {
      const button = buttons.get(mark);
      if (!button) return;
      desk?.dropped(mark, button);
      buttons.delete(mark);
      button.remove();
    },
    /** The buttons of these marks are in place. */
    settled: (shown: ReadonlySet<Mark>) => desk?.settled(shown),
    /** Places the bubble, card or notice beside its button. */
    placeBeside: (isDark: (mark: Mark) => boolean) => (desk ?? notice).place(isDark),
    stop(): void {
      desk?.stop();
      buttons.clear();
    },
  };
}
