import type { Outcome } from '../../relay/contract.ts';
import { useView } from '../view/view.ts';
import { outcomes, outcomeWords } from './outcome-words.ts';

interface OutcomeChoiceProps {
  of: 'note' | 'filter';
  /** The choice of no outcome. */
  none: string;
  outcome: Outcome | null;
  onOutcome(outcome: Outcome | null): void;
}

/** The outcome of a call's note, or the one that listed calls have. */
export function OutcomeChoice({ of, none, outcome, onOutcome }: OutcomeChoiceProps) {
  const { t } = useView();
  return (
    <select
      class="chip chip-select"
      aria-label={t(`${of}_outcome`)}
      value={outcome ?? ''}
      data-chosen={outcome !== null}
      data-testid={`${of}-outcome`}
      onChange={(event) => onOutcome((event.currentTarget.value || null) as Outcome | null)}
    >
      <option value="">{none}</option>
      {outcomes.map((one) => (
        <option key={one} value={one}>
          {t(outcomeWords[one])}
        </option>
      ))}
    </select>
  );
}
