import { useEffect, useId, useState } from 'preact/hooks';
import styles from '../ui/override.css?inline';
import { addStyles } from '../view/add-styles.ts';
import { useView } from '../view/view.ts';

addStyles(styles);

export interface OverrideFormProps {
  number: string;
  onCall(reason: string): void;
}

/** Asks for a reason to call outside sales hours when the policy accepts one; otherwise renders nothing. */
export default function OverrideForm({ number, onCall }: OverrideFormProps) {
  const { t, send } = useView();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  useEffect(() => {
    void send('getNumberPast', number).then((past) => setOpen(past.ok && past.value.refusal?.overridable === true));
  }, [send, number]);
  if (!isOpen) return null;

  const given = reason.trim();
  const call = (event: Event) => {
    event.preventDefault();
    if (given !== '') onCall(given);
  };
  return (
    <form class="override" onSubmit={call} data-testid="override">
      <label for={id}>{t('override_label')}</label>
      <input
        id={id}
        class="input"
        autocomplete="off"
        maxLength={200}
        value={reason}
        aria-describedby={`${id}-hint`}
        data-testid="override-reason"
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <button type="submit" class="button" aria-disabled={given === ''} data-testid="override-call">
        {t('override_call')}
      </button>
      <p id={`${id}-hint`} class="override-hint">
        {t('override_hint')}
      </p>
    </form>
  );
}
