import type { Translate } from '../../i18n/translate.ts';
import type { PageMessage } from '../messages.ts';
import { mend } from './build-card.ts';
import type { NumberPast } from './card-content.ts';
import type { CardPort } from './card-port.ts';

interface PressedOutcome {
  number: string;
  /** The pressed outcome's id. */
  id: string;
  /** What is known of the number, which gets the choice at once and the relay's answer later. */
  known: { past?: NumberPast };
  /** Shows what became of it, and `known` as it is by then. */
  tell(text?: string): void;
}

/** Notes the outcome of the last call with a number; pressing the chosen one takes it back. One at a time. */
export function createOutcomeNoting(port: Pick<CardPort, 'noteOutcome' | 'past'>, translate: Translate<PageMessage>) {
  let isNoting = false;

  return async ({ number, id, known, tell }: PressedOutcome): Promise<void> => {
    const latest = known.past?.latest;
    const pressed = latest?.outcomes.find((one) => one.id === id)?.id;
    if (isNoting || !latest || !pressed) return;
    const { subject, at, outcome: before } = latest;
    const outcome = pressed === before ? null : pressed;
    isNoting = true;
    latest.outcome = outcome;
    tell(translate('card_outcome_saving'));
    const reply = await port.noteOutcome({ subject, number, at, outcome });
    isNoting = false;
    if (!reply?.ok) {
      latest.outcome = before;
      return tell(unsaved(translate, reply?.error.code ?? 'extension_reloaded'));
    }
    if (!reply.value.isSaved) return tell(translate('card_outcome_waiting'));
    tell(translate(outcome ? 'card_outcome_saved' : 'card_outcome_removed'));
    const past = await port.past(number);
    if (isNoting || !past || 'error' in past) return;
    known.past = past;
    tell();
  };
}

/** Why an outcome was not saved. */
function unsaved(translate: Translate<PageMessage>, code: string): string {
  const rest = /^relay_/.test(code)
    ? 'card_unsaved_away'
    : code === 'version_conflict'
      ? 'card_unsaved_elsewhere'
      : 'card_failed';
  return translate('card_unsaved', { why: mend(translate, code) ?? translate(rest) });
}
