import type { PlacedPage } from '../../relay/contract.ts';
import type { TextKey } from '../../utils/i18n/en.ts';
import type { Translate } from '../../utils/i18n/translate.ts';
import { callWords } from '../call-list/call-words.ts';
import { failureText } from '../view/failure-text.ts';

export type ClickedCall = PlacedPage['calls'][number];

export interface ClickedWords {
  /** What became of the click: its outcome in the history, else what the relay and AntBuddy did with it. */
  outcome: string;
  /** What the agent was told if the call was not placed. */
  told: string | null;
  /** Where it was pressed. */
  where: string;
}

/** A click in words. What is not known here, from a newer relay, stays as the relay wrote it. */
export function clickedWords(call: ClickedCall, t: Translate<TextKey>): ClickedWords {
  const { state, reason, status, disposition, surface, site } = call;
  const said = (key: string, asWritten: string) => {
    const text = t(key as TextKey);
    return text === key ? asWritten : text;
  };
  const listed = disposition && callWords({ direction: 'outbound', disposition }).outcome;
  const place = said(`surface_${surface}`, surface);
  return {
    outcome: (listed && t(listed)) || status || said(`clicked_${state}`, state),
    told: reason === null ? null : failureText(t, { code: reason, message: reason }),
    where: site ? `${place}, ${site.replace(/^https?:\/\//, '')}` : place,
  };
}
