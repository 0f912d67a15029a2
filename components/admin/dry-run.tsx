import { useEffect, useState } from 'preact/hooks';
import type { DryRun as DryRunAnswer } from '../../relay/contract.ts';
import type { TextKey } from '../../utils/i18n/en.ts';
import type { Failure } from '../../utils/reply.ts';
import { Field } from '../ui/field.tsx';
import { failureText } from '../view/failure-text.ts';
import { useView } from '../view/view.ts';

/** The outcome of a call to a number under the current policy, without dialling. @param version of that policy */
export function DryRun({ version }: { version: number }) {
  const { send, t, format } = useView();
  const [number, setNumber] = useState('');
  const [answer, setAnswer] = useState<DryRunAnswer | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  const ask = async () => {
    if (number.trim() === '') return;
    const reply = await send('dryRunPolicy', { number });
    setAnswer(reply.ok ? reply.value : null);
    setFailure(reply.ok ? null : reply.error);
  };
  // The policy changed: an answer under the previous one may no longer hold.
  useEffect(() => {
    if (answer && answer.policyVersion !== version) void ask();
  }, [version]);
  const facts = answer && [
    answer.number,
    answer.class && t(`class_${answer.class}` as TextKey),
    answer.country && format.country(answer.country),
    answer.dialled && t('dry_run_dialled', { digits: answer.dialled }),
  ];
  return (
    <form
      class="dry-run"
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}
      data-testid="dry-run"
    >
      <Field
        label={t('dry_run')}
        hint={t('dry_run_hint')}
        value={number}
        onValue={setNumber}
        error={failure ? failureText(t, failure) : undefined}
        input={{ name: 'dry-run', maxLength: 60, placeholder: '0912 345 678' }}
      />
      <button type="submit" class="button">
        {t('dry_run_try')}
      </button>
      <div role="status" class="dry-run-answer" data-testid="dry-run-answer">
        {answer && (
          <>
            <p class={answer.refusal ? 'missing' : 'good'}>
              {answer.refusal ? failureText(t, answer.refusal) : t('dry_run_allowed')}
            </p>
            <p class="row-note">{facts?.filter(Boolean).join(' · ')}</p>
          </>
        )}
      </div>
    </form>
  );
}
