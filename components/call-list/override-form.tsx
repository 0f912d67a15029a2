import { useEffect, useId, useState } from 'preact/hooks';
import type { NumberPast } from '../../utils/page/card/card-content.ts';
import styles from '../ui/override.css?inline';
import { addStyles } from '../view/add-styles.ts';
import { useView } from '../view/view.ts';

addStyles(styles);

export interface OverrideFormProps {
  number: string;
  onCall(reason: string): void;
}

/** Says when the number may be called today, and asks for a reason to call it now when the policy accepts one. */
export default function OverrideForm({ number, onCall }: OverrideFormProps) {
  const { t, send } = useView();
  const id = useId();
  const [refusal, setRefusal] = useState<NumberPast['refusal']>(null);
  const [reason, setReason] = useState('');
  useEffect(() => {
    void send('getNumberPast', number).then((past) => setRefusal(past.ok ? past.value.refusal : null));
  }, [send, number]);
  const hours = refusal?.hours && (
    <p class="override-hint" data-testid="sales-hours">
      {refusal.hours}
    </p>
  );
  if (!refusal?.overridable) return hours || null;

  const given = reason.trim();
  const call = (event: Event) => {
    event.preventDefault();
    if (given !== '') onCall(given);
  };
  return (
    <form class="override" onSubmit={call} data-testid="override">
      {hours}
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
