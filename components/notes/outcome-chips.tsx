import type { Outcome } from '../../relay/contract.ts';
import { useView } from '../view/view.ts';
import { outcomes, outcomeWords } from './outcome-words.ts';

interface OutcomeChipsProps {
  outcome: Outcome | null;
  /** Null: the chosen one was pressed once more. */
  onOutcome(outcome: Outcome | null): void;
}

const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };

/** What came of a call, in one press; a second press takes it back. */
export function OutcomeChips({ outcome, onOutcome }: OutcomeChipsProps) {
  const { t } = useView();
  // Unlike in a group of native radio buttons, arrows only move: what is chosen is saved. Up and down go from call to call.
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const chips = [...event.currentTarget.querySelectorAll('button')];
    const from = chips.indexOf(event.target as HTMLButtonElement);
    chips.at((from + step) % chips.length)?.focus();
  };
  return (
    <div class="outcomes" role="radiogroup" aria-label={t('note_outcome')} onKeyDown={onKeyDown} data-testid="outcomes">
      {outcomes.map((one) => (
        // biome-ignore lint/a11y/useSemanticElements: a native radio button cannot be taken back
        <button
          key={one}
          type="button"
          role="radio"
          class="chip"
          aria-checked={one === outcome}
          tabIndex={one === (outcome ?? outcomes[0]) ? 0 : -1}
          onClick={() => onOutcome(one === outcome ? null : one)}
          data-testid={`outcome-${one}`}
        >
          {t(outcomeWords[one])}
        </button>
      ))}
    </div>
  );
}
