import type { HistoryCall } from '../../relay/contract.ts';
import type { TextKey } from '../../utils/i18n/en.ts';
import type { Format } from '../../utils/i18n/format.ts';
import type { Translate } from '../../utils/i18n/translate.ts';
import { isWithheld } from '../../utils/live/is-withheld.ts';
import { callWords, outcomeText } from '../call-list/call-words.ts';
import { outcomeWords } from '../notes/outcome-words.ts';
import { peerText } from '../view/peer-text.ts';

const headings: TextKey[] = [
  'column_time',
  'column_direction',
  'column_outcome',
  'column_number',
  'column_e164',
  'column_name',
  'column_seconds',
  'column_talk',
  'column_recorded',
  'column_noted',
  'column_note',
];

/** Calls as rows of a spreadsheet below their column headings, in the reader's language. */
export function callTable(calls: readonly HistoryCall[], t: Translate<TextKey>, format: Format, region: string) {
  const row = (call: HistoryCall): (string | number)[] => {
    const words = callWords(call);
    const { number, name } = call.peer;
    return [
      format.stamp(call.startedAt),
      t(words.direction),
      outcomeText(call, t),
      // Formatted with spaces, so that a spreadsheet reads the number as text and keeps its leading zero.
      peerText(number, region, t),
      isWithheld(number) ? '' : number,
      name ?? '',
      call.durationSeconds,
      call.talkSeconds,
      t(call.hasRecording ? 'yes' : 'no'),
      call.note?.outcome ? t(outcomeWords[call.note.outcome]) : '',
      call.note?.text ?? '',
    ];
  };
  return [headings.map((key) => t(key)), ...calls.map(row)];
}
