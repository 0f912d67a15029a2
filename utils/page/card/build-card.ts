import type { Translate } from '../../i18n/translate.ts';
import type { CallStatus } from '../calls.ts';
import type { PageMessage } from '../messages.ts';
import { isGenuine } from '../press-apart.ts';
import type { NumberDetails, NumberPast } from './card-content.ts';

interface CardFilling {
  /** The number as written on the page; the heading until the details have arrived. */
  written: string;
  details: NumberDetails | undefined;
  past: NumberPast | undefined;
  state: CallStatus | undefined;
}

/** Builds the card's elements once and updates them in place, so that focus and a press in progress survive new content. */
export function buildCard(document: Document, translate: Translate<PageMessage>, styleText: string) {
  const make = <Name extends keyof HTMLElementTagNameMap>(name: Name, className = '', ...children: (Node | string)[]) => {
    const element = document.createElement(name);
    element.className = className;
    element.append(...children);
    return element;
  };
  const button = (key: PageMessage, className = '') => {
    const element = make('button', className, translate(key));
    element.type = 'button';
    return element;
  };
  const style = make('style');
  // Firefox applies the page's CSP (`style-src`) to style text appended as a text node, but not to text set by `textContent`.
  style.textContent = styleText;
  const heading = make('h2');
  const international = make('p', 'soft');
  const place = make('p', 'soft');
  const device = make('p', 'soft');
  const state = make('p', 'state');
  state.role = 'status';
  const devices = make('select');
  const ring = make('label', 'ring', `${translate('card_ring')} `, devices);
  const warning = make('p', 'warn');
  const reason = make('input');
  reason.maxLength = 200;
  const field = make('label', '', translate('card_reason'), reason);
  const hint = make('p', 'soft hint', translate('card_reason_hint'));
  const call = button('card_call', 'go');
  const copy = button('card_copy');
  const said = make('span', 'soft');
  said.role = 'status';
  const title = make('p', 'soft');
  const chips = make('div', 'chips');
  chips.role = 'group';
  const noted = make('p', 'soft');
  noted.role = 'status';
  const outcomes = make('div', 'outcomes', title, chips, noted);
  const past = make('p');
  const note = make('p', 'note');
  const remarks = make('ul', 'soft');
  const facts = make('div', 'facts', past, note, remarks);
  facts.ariaLive = 'polite';
  const hideNumber = button('card_hide');
  const leaveSite = button('card_leave');
  const main = make(
    'div',
    '',
    warning,
    field,
    hint,
    make('div', 'acts', call, copy, said),
    outcomes,
    facts,
    make('div', 'foot', hideNumber, leaveSite),
  );
  const question = make('p');
  question.role = 'status';
  const answers = make('div', 'acts');
  const aside = make('div', 'aside', question, answers);
  const head = make('div', '', heading, international, place, device, ring, state);
  const element = make('div', 'card', style, head, main, aside);
  element.role = 'dialog';
  element.hidden = true;

  const write = (target: HTMLElement, text: string | null | undefined) => {
    target.hidden = !text;
    if (target.textContent !== (text ?? '')) target.textContent = text ?? '';
  };
  const onPress = (target: HTMLElement, press: (event: MouseEvent) => void) =>
    target.addEventListener('click', (event) => isGenuine(event) && press(event));

  return {
    element,
    call,
    copy,
    reason,
    devices,
    /** The outcomes to choose from; the `value` of each is its id. */
    chips,
    hideNumber,
    leaveSite,
    onPress,
    /** Why earlier calls could not be looked up. */
    failed: undefined as string | undefined,
    /** The result of the last action in the card, such as copying. */
    said: '',
    /** What became of the outcome chosen last. */
    noted: '',
    reset() {
      this.failed = undefined;
      this.said = this.noted = '';
      this.ask('', []);
    },
    fill({ written, details, past: known, state: going }: CardFilling) {
      element.ariaLabel = translate('card_about', { number: details?.national ?? written });
      write(heading, details?.national ?? written);
      write(international, details && details.international !== details.national ? details.international : '');
      const { kind, localTime } = known?.place ?? details ?? { kind: '', localTime: null };
      write(place, [kind, localTime].filter(Boolean).join(' · '));
      write(device, details?.device ? translate('card_device', { device: details.device }) : '');
      const choice = details?.choice;
      ring.hidden = !choice;
      // Rebuilt only when the devices differ: an open list stays open.
      if (
        choice &&
        [...devices.options].map(({ value, text }) => value + text).join() !==
          choice.devices.map(({ id, name }) => id + name).join()
      )
        devices.replaceChildren(...choice.devices.map(({ id, name }) => new Option(name, id)));
      if (choice) devices.value = choice.picked;
      // Screen readers must not read the call's clock out every second.
      state.ariaLive = going?.phase === 'talking' ? 'off' : 'polite';
      write(state, going?.text);
      write(warning, known?.refusal?.text ?? known?.warning);
      field.hidden = hint.hidden = !known?.refusal?.overridable;
      write(said, this.said);
      const latest = known?.latest;
      outcomes.hidden = !latest;
      write(title, latest?.title);
      chips.ariaLabel = latest?.title ?? '';
      write(noted, this.noted);
      // Rebuilt only when they differ: a chip keeps the focus.
      if (latest && chips.children.length !== latest.outcomes.length)
        chips.replaceChildren(
          ...latest.outcomes.map(({ id, text }) => {
            const chip = make('button', 'chip', text);
            chip.type = 'button';
            chip.value = id;
            return chip;
          }),
        );
      for (const chip of chips.querySelectorAll('button')) chip.ariaPressed = String(chip.value === latest?.outcome);
      write(
        past,
        known?.summary ??
          (this.failed ? (mend(translate, this.failed) ?? translate('past_unavailable')) : translate('card_loading')),
      );
      write(note, known?.note);
      // In a live region: if rebuilt, it would be read out every second of a call.
      const lines = details?.remarks ?? [];
      if ([...remarks.children].map(({ textContent }) => textContent).join('\n') !== lines.join('\n'))
        remarks.replaceChildren(...lines.map((line) => make('li', '', line)));
    },
    /** Shows a question in place of the actions, or with `alone` in place of the whole card; an empty text restores them. */
    ask(text: string, actions: { label: string; press: () => void }[], alone = false) {
      head.hidden = alone;
      write(question, text);
      answers.replaceChildren(
        ...actions.map(({ label, press }, index) => {
          const answer = make('button', index === 0 ? 'go' : '', label);
          answer.type = 'button';
          onPress(answer, press);
          return answer;
        }),
      );
      aside.hidden = !text;
      main.hidden = Boolean(text);
    },
  };
}

/** What to do about an error that the agent can mend; the others pass by themselves. */
export function mend(translate: Translate<PageMessage>, code: string): string | undefined {
  const isMendable = ['not_connected', 'unauthenticated', 'device_revoked', 'extension_reloaded'].includes(code);
  return isMendable ? translate(`error_${code}` as PageMessage) : undefined;
}
