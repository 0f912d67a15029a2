import type { ReportLine } from '../../relay/contract.ts';
import type { TextKey } from '../../utils/i18n/en.ts';
import type { Format } from '../../utils/i18n/format.ts';
import type { Translate } from '../../utils/i18n/translate.ts';
import { failureText } from '../view/failure-text.ts';
import { peerText } from '../view/peer-text.ts';
import { type ClickedCall, clickedWords } from './clicked-words.ts';

export type Rows = (string | number)[][];

const dayColumns: TextKey[] = [
  'column_day',
  'column_agent',
  'report_clicks',
  'report_placed',
  'clicked_rejected',
  'clicked_not_sent',
  'clicked_unknown',
  'clicked_refused',
  'clicked_folded',
  'report_answered',
  'column_talk',
  'column_reasons',
  'column_reason_codes',
];

/** Lines by agent and day as rows of a spreadsheet, without the headings that `dayHeadings` gives. */
export function dayRows(lines: readonly ReportLine[], t: Translate<TextKey>): Rows {
  return lines.map(({ day, agent, clicks, outcomes, answered, talkSeconds, reasons }) => {
    const { accepted, rejected, notSent, unknown, refused, folded } = outcomes;
    const why = Object.entries(reasons);
    return [
      day ?? '',
      agent.name,
      ...[clicks, accepted, rejected, notSent, unknown, refused, folded],
      ...[answered ?? '', talkSeconds ?? ''],
      why.map(([code, count]) => `${count} × ${failureText(t, { code, message: code })}`).join('\n'),
      why.map(([code, count]) => `${code} ${count}`).join('; '),
    ];
  });
}

const clickedColumns: TextKey[] = [
  'column_time',
  'column_agent',
  'column_number',
  'column_outcome',
  'column_talk',
  'column_recorded',
  'column_told',
  'column_where',
  'column_browser',
  'column_sip_user',
  'column_e164',
  'column_dialled',
  'column_time_utc',
  'column_state_code',
  'column_reason_code',
  'column_status_code',
  'column_call',
];

/** Clicks as rows of a spreadsheet, in words and as the relay writes them, without the headings. `format` has the company's zone. */
export function clickedRows(
  calls: readonly ClickedCall[],
  t: Translate<TextKey>,
  format: Pick<Format, 'stamp'>,
  region: string,
): Rows {
  return calls.map((call) => {
    const { outcome, told, where } = clickedWords(call, t);
    return [
      format.stamp(call.at),
      call.agent.name,
      // Formatted with spaces, so that a spreadsheet reads the number as text and keeps its leading zero.
      peerText(call.number, region, t),
      outcome,
      call.talkSeconds ?? '',
      call.recorded === undefined ? '' : t(call.recorded ? 'yes' : 'no'),
      told ?? '',
      where,
      call.device,
      call.sipUser ?? '',
      call.number,
      call.dialled ?? '',
      new Date(call.at).toISOString(),
      call.state,
      call.reason ?? '',
      call.status ?? '',
      call.callId ?? '',
    ];
  });
}

export const headingsOf = (file: 'report' | 'calls', t: Translate<TextKey>): string[] =>
  (file === 'report' ? dayColumns : clickedColumns).map((key) => t(key));
