import type { Outcome } from '../../relay/contract.ts';
import { outcomes, outcomeWords } from '../notes/outcome-words.ts';
import { useView } from '../view/view.ts';

interface OutcomeChoiceProps {
  outcome: Outcome | null;
  onOutcome(outcome: Outcome | null): void;
}

/** The noted outcome that listed calls have. */
export function OutcomeChoice({ outcome, onOutcome }: OutcomeChoiceProps) {
  const { t } = useView();
  return (
    <select
      class="chip chip-select"
      aria-label={t('filter_outcome')}
      value={outcome ?? ''}
      data-chosen={outcome !== null}
      data-testid="filter-outcome"
      onChange={(event) => onOutcome((event.currentTarget.value || null) as Outcome | null)}
    >
      <option value="">{t('filter_outcome_any')}</option>
      {outcomes.map((one) => (
        <option key={one} value={one}>
          {t(outcomeWords[one])}
        </option>
      ))}
    </select>
  );
}
