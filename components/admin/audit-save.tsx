import { useState } from 'preact/hooks';
import type { AuditPage } from '../../relay/contract.ts';
import { type Failure, fail, type Reply, succeed } from '../../utils/reply.ts';
import { saveCsv } from '../export/save-csv.ts';
import { toCsv } from '../export/to-csv.ts';
import { Notice } from '../ui/notice.tsx';
import { failureText } from '../view/failure-text.ts';
import { type Send, useView } from '../view/view.ts';
import type { AuditFilter } from './audit-filter.tsx';
import { auditTable } from './audit-table.ts';
import type { AuditWords } from './audit-words.ts';

const pageLines = 200;
/** A hundred requests, which the relay answers well within its limit for a minute. */
const mostLines = 20_000;

/** Saves all lines that match the filter, also those not shown, as a file. */
export function AuditSave({ filter, words }: { filter: AuditFilter; words: AuditWords }) {
  const { send, t, format } = useView();
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  const save = async () => {
    setBusy(true);
    setSaved(null);
    setFailure(null);
    const reply = await readAll(send, filter);
    setBusy(false);
    if (!reply.ok) return setFailure(reply.error);
    const file = `dialside-audit-${format.dayKey(Date.now())}.csv`;
    saveCsv(file, toCsv(auditTable(reply.value, words, t, format)));
    setSaved(file);
  };
  return (
    <>
      <div class="actions">
        <button type="button" class="button" disabled={busy} onClick={() => void save()} data-testid="audit-save">
          {t('audit_save')}
        </button>
        <span class="field-hint">{t('audit_save_hint')}</span>
      </div>
      <p role="status" class={saved ? 'field-good' : 'field-hint'}>
        {busy && t('report_saving')}
        {saved && t('report_saved', { file: saved })}
      </p>
      {failure && <Notice tone="bad">{failure.code === 'too_large' ? t('audit_too_many') : failureText(t, failure)}</Notice>}
    </>
  );
}

async function readAll(send: Send, filter: AuditFilter): Promise<Reply<AuditPage['lines']>> {
  const lines: AuditPage['lines'] = [];
  let before: number | null | undefined;
  while (before !== null) {
    const reply: Reply<AuditPage> = await send('readAudit', { ...filter, limit: pageLines, ...(before && { before }) });
    if (!reply.ok) return reply;
    lines.push(...reply.value.lines);
    before = reply.value.nextBefore;
    if (before !== null && lines.length >= mostLines) return fail('too_large');
  }
  return succeed(lines);
}
