import { useEffect, useRef, useState } from 'preact/hooks';
import { Field } from '../ui/field.tsx';
import { failureText } from '../view/failure-text.ts';
import { useFocusBack } from '../view/use-focus-back.ts';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import type { StepUp } from './step-up.ts';

/** Asks for the passphrase that a pending admin write needs; afterwards the focus returns to where it was. */
export function StepUpPrompt({ stepUp }: { stepUp: StepUp }) {
  return useStore(stepUp.store).asking ? <Prompt stepUp={stepUp} /> : null;
}

function Prompt({ stepUp }: { stepUp: StepUp }) {
  const { t } = useView();
  const { busy, failure } = useStore(stepUp.store);
  const [passphrase, setPassphrase] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useFocusBack(form);
  useEffect(() => {
    input.current?.focus();
  }, []);
  useEffect(() => {
    if (failure) input.current?.select();
  }, [failure]);

  const submit = (event: Event) => {
    event.preventDefault();
    if (!busy && passphrase !== '') void stepUp.confirm(passphrase);
  };
  return (
    <form
      ref={form}
      class="step-up"
      aria-label={t('step_up_heading')}
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && stepUp.cancel()}
      data-testid="step-up"
    >
      <Field
        label={t('step_up_heading')}
        hint={t('step_up_hint')}
        value={passphrase}
        onValue={setPassphrase}
        error={failure ? failureText(t, failure) : undefined}
        type="password"
        inputRef={input}
        input={{ autocomplete: 'current-password', maxLength: 200 }}
      />
      <div class="actions">
        <button type="submit" class="button button-primary" disabled={busy || passphrase === ''}>
          {t('step_up_confirm')}
        </button>
        <button type="button" class="button" onClick={stepUp.cancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
