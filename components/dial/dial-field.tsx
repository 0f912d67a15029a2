import { useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { OwnDevice } from '../../relay/contract.ts';
import type { TextKey } from '../../utils/i18n/en.ts';
import { type Regions, readTyped, type Typed } from '../../utils/phone/read-typed.ts';
import type { Dialler } from '../call-list/dialler.ts';
import styles from '../ui/dial.css?inline';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { addStyles } from '../view/add-styles.ts';
import { useFocusBack } from '../view/use-focus-back.ts';
import { useView } from '../view/view.ts';
import { RingPicker } from './ring-picker.tsx';

addStyles(styles);

export interface DialFieldProps {
  text: string;
  regions: Regions;
  /** The agent's devices to choose from. */
  devices?: readonly OwnDevice[];
  /** When a page offered the number, by `performance.now()`; NaN for one that was typed. */
  offered: { readonly current: number };
  onText(text: string): void;
  onClose(): void;
  onDial: Dialler['dial'];
}

const refusals: Record<Exclude<Typed['kind'], 'number'>, TextKey> = {
  empty: 'dial_hint',
  none: 'dial_none',
  several: 'dial_several',
};

/** The reaction time within which an Enter may still be meant for the page that offered the number. */
const noticedMs = 500;

/** Calls a number typed or pasted in any format and shows beforehand what it will dial. Never alters the typed text. */
export default function DialField({ text, regions, devices = [], offered, onText, onClose, onDial }: DialFieldProps) {
  const { t } = useView();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useFocusBack(form);
  const typed = useMemo(() => readTyped(text, regions), [text, regions]);
  // Text that the field opened with is complete; text begun by a key press is still being typed, so no error is shown yet.
  const [refused, setRefused] = useState(text.length > 1);
  // A layout effect, so that a key typed right after the first render is not lost.
  useLayoutEffect(() => {
    const field = input.current;
    field?.focus();
    // The digits that opened the field are already in it; the next ones belong after them.
    field?.setSelectionRange(field.value.length, field.value.length);
  }, []);

  const call = (event: Event) => {
    event.preventDefault();
    if (performance.now() - offered.current < noticedMs) return;
    setRefused(typed.kind !== 'number');
    if (typed.kind !== 'number') return input.current?.focus();
    // Selects the called number at once, so that the next number typed or pasted, even while the call is being placed, replaces
    // it; until then it stays readable.
    input.current?.setSelectionRange(0, text.length);
    void onDial(typed.number, { extension: typed.extension });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.isComposing) {
      event.preventDefault();
      onClose();
    }
    // Ignores the repeats of a key that is held down: one press places one call.
    if (event.key === 'Enter' && event.repeat) event.preventDefault();
  };
  const isBad = typed.kind === 'several' || (typed.kind === 'none' && refused);
  return (
    <form ref={form} class="dial" onSubmit={call} onKeyDown={onKeyDown} data-testid="dial">
      <label for={id} class="hidden">
        {t('dial_label')}
      </label>
      <input
        id={id}
        ref={input}
        class="input"
        type="text"
        inputMode="tel"
        autocomplete="off"
        spellcheck={false}
        maxLength={120}
        value={text}
        placeholder={t('dial_placeholder')}
        aria-invalid={isBad}
        aria-describedby={`${id}-says`}
        data-testid="dial-input"
        onInput={(event) => {
          setRefused(false);
          onText(event.currentTarget.value);
        }}
      />
      <button
        type="submit"
        class="dial-call"
        aria-label={t('call_back', { number: typed.kind === 'number' ? typed.described.national : '' }).trim()}
        aria-disabled={typed.kind !== 'number'}
        data-testid="dial-call"
      >
        <Icon name="call" />
      </button>
      <IconButton icon="close" label={t('dial_close')} onClick={onClose} testId="dial-close" />
      <p id={`${id}-says`} class={`dial-says${isBad ? ' dial-bad' : ''}`} role="status" data-testid="dial-says">
        {typed.kind === 'number' ? (
          <WillCall typed={typed} />
        ) : (
          t(isBad || typed.kind === 'empty' ? refusals[typed.kind] : 'dial_hint')
        )}
      </p>
      {devices.length > 1 && <RingPicker devices={devices} />}
    </form>
  );
}

function WillCall({ typed }: { typed: Extract<Typed, { kind: 'number' }> }) {
  const { t, format } = useView();
  const { national, international, country } = typed.described;
  const facts = [international === national ? '' : international, country ? format.country(country) : ''].filter(Boolean);
  return (
    <>
      <strong>{t('dial_will_call', { number: national })}</strong>
      {facts.map((fact) => ` · ${fact}`)}
      {typed.renumbered && <span class="dial-note">{t('dial_renumbered')}</span>}
      {typed.extension && <span class="dial-note">{t('dial_extension', { extension: typed.extension })}</span>}
    </>
  );
}
