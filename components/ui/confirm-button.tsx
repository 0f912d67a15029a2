import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useView } from '../view/view.ts';

interface ConfirmButtonProps {
  label: string;
  /** Accessible name, where the label alone would be ambiguous. */
  name?: string;
  question: string;
  onConfirm(): Promise<void>;
}

/** A button for an irreversible action: the first press shows a confirmation in its place. */
export function ConfirmButton({ label, name, question, onConfirm }: ConfirmButtonProps) {
  const { t } = useView();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const safe = useRef<HTMLButtonElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const asked = useRef(false);
  useLayoutEffect(() => {
    if (asking) safe.current?.focus();
    // The focus was lost with the confirmation, unless the action has already moved it on.
    else if (asked.current && document.activeElement === document.body) opener.current?.focus();
    asked.current = asking;
  }, [asking]);

  if (!asking) {
    return (
      <button type="button" ref={opener} class="button button-danger" aria-label={name} onClick={() => setAsking(true)}>
        {label}
      </button>
    );
  }
  const confirm = async () => {
    if (busy) return;
    setBusy(true);
    await onConfirm();
    setBusy(false);
    setAsking(false);
  };
  return (
    <fieldset class="confirm" onKeyDown={(event) => event.key === 'Escape' && setAsking(false)}>
      <legend>{question}</legend>
      {/* Not disabled while busy, since it would lose the focus. */}
      <button type="button" class="button button-danger-solid" aria-busy={busy} onClick={() => void confirm()}>
        {label}
      </button>
      <button type="button" ref={safe} class="button" onClick={() => setAsking(false)}>
        {t('cancel')}
      </button>
    </fieldset>
  );
}
