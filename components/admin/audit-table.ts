import type { AuditPage } from '../../relay/contract.ts';
import type { TextKey } from '../../utils/i18n/en.ts';
import type { Format } from '../../utils/i18n/format.ts';
import type { Translate } from '../../utils/i18n/translate.ts';
import type { AuditWords } from './audit-words.ts';

type Line = AuditPage['lines'][number];

const headings: TextKey[] = [
  'audit_time',
  'audit_actor',
  'audit_action',
  'audit_subject',
  'audit_call_number',
  'audit_call_start',
  'audit_details',
  'audit_seq',
  'audit_code',
  'audit_ids',
  'audit_hash',
];

/** Lines of the log as rows of a spreadsheet below their column headings, in the reader's language, with what they are written as. */
export function auditTable(lines: readonly Line[], words: AuditWords, t: Translate<TextKey>, format: Format) {
  const row = (line: Line): (string | number)[] => [
    format.stamp(line.at),
    words.who(line.actor),
    words.action(line.action) ?? line.action,
    words.subject(line),
    line.call?.number ?? '',
    line.call ? format.stamp(line.call.startedAt) : '',
    Object.entries(line.detail)
      .map(([name, value]) => words.detail(name, value).join(': '))
      .join('\n'),
    line.seq,
    line.action,
    `${line.actor} → ${line.subject}`,
    line.hash,
  ];
  return [headings.map((key) => t(key)), ...lines.map(row)];
}
