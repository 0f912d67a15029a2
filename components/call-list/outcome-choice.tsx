import { outcomes, outcomeWords } from '../notes/outcome-words.ts';
import { useView } from '../view/view.ts';
import type { Wanted } from './list-query.ts';

interface OutcomeChoiceProps {
  outcome: Wanted['outcome'];
  onOutcome(outcome: Wanted['outcome']): void;
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
      onChange={(event) => onOutcome((event.currentTarget.value || null) as Wanted['outcome'])}
    >
      <option value="">{t('filter_outcome_any')}</option>
      <option value="none">{t('filter_outcome_none')}</option>
      {outcomes.map((one) => (
        <option key={one} value={one}>
          {t(outcomeWords[one])}
        </option>
      ))}
    </select>
  );
}
