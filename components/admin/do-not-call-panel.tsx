import { useMemo, useState } from 'preact/hooks';
import { type AskedNotToCall, type DoNotCallImport, longestDoNotCallList } from '../../relay/contract.ts';
import type { TextKey } from '../../utils/i18n/en.ts';
import { formatInternational } from '../../utils/phone/format-number.ts';
import { type Failure, fail } from '../../utils/reply.ts';
import { createStepUp } from '../agents/step-up.ts';
import { StepUpPrompt } from '../agents/step-up-prompt.tsx';
import { saveCsv } from '../export/save-csv.ts';
import { toCsv } from '../export/to-csv.ts';
import { ConfirmButton } from '../ui/confirm-button.tsx';
import { Failed } from '../ui/failed.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Select } from '../ui/select.tsx';
import { TextFile } from '../ui/text-file.tsx';
import { failureText } from '../view/failure-text.ts';
import { useLoaded } from '../view/use-loaded.ts';
import { type Send, useView } from '../view/view.ts';
import { AskedList } from './asked-list.tsx';

type Mode = 'add' | 'replace';

const refreshMs = 60_000;
const listAsked = (send: Send) => send('listAskedNotToCall');

/** The meaning of these failures for an import. */
const ofImport: Record<string, TextKey> = {
  relay_timeout: 'dnc_maybe_running',
  version_conflict: 'dnc_running',
  too_large: 'dnc_too_large',
};

/**
 * The company's list of numbers that nobody may call: those that agents noted for it, export and import as CSV, removal of a single
 * number.
 */
export default function DoNotCallPanel() {
  const { send, t, format } = useView();
  const stepUp = useMemo(() => createStepUp(send), [send]);
  const [csv, setCsv] = useState('');
  const [mode, setMode] = useState<Mode>('add');
  const [number, setNumber] = useState('');
  const [done, setDone] = useState<DoNotCallImport | null>(null);
  const [removed, setRemoved] = useState<string | null>(null);
  const [added, setAdded] = useState<string | null>(null);
  const asked = useLoaded(listAsked, refreshMs);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);

  const fresh = () => {
    setDone(null);
    setRemoved(null);
    setAdded(null);
    setFailure(null);
  };
  const refuse = (error: Failure) => {
    const words = ofImport[error.code];
    setFailure(words ? { code: '', message: t(words) } : error);
  };
  const exportList = async () => {
    fresh();
    const reply = await send('exportDoNotCall');
    if (reply.ok) saveCsv('do-not-call.csv', reply.value);
    else setFailure(reply.error);
  };
  const importLines = async () => {
    if (csv.trim() === '' || busy) return;
    fresh();
    setBusy(true);
    const isTooLarge = new Blob([csv]).size > longestDoNotCallList;
    const reply = isTooLarge ? fail('too_large') : await stepUp.run(() => send('importDoNotCall', { mode, csv }));
    setBusy(false);
    if (!reply.ok) return refuse(reply.error);
    setDone(reply.value);
    void asked.load();
    // Keeps the unreadable lines in the field to be corrected.
    const lines = csv.split(/\r\n|\n|\r/);
    setCsv(reply.value.unreadable.flatMap(({ line, end = line }) => lines.slice(line - 1, end)).join('\n'));
    if (reply.value.unreadable.length > 0) setMode('add');
  };
  const add = async ({ number, at, agent }: AskedNotToCall['asked'][number]) => {
    if (busy) return;
    fresh();
    setBusy(true);
    const csv = toCsv([[number, t('dnc_asked_reason', { name: agent.name, day: format.dayKey(at) })]]);
    const reply = await stepUp.run(() => send('importDoNotCall', { mode: 'add', csv }));
    setBusy(false);
    if (!reply.ok) return refuse(reply.error);
    if (reply.value.unreadable.length > 0) return setFailure(fail('number_invalid').error);
    setAdded(formatInternational(number));
    await asked.load();
  };
  const remove = async (event: Event) => {
    event.preventDefault();
    if (number.trim() === '') return;
    fresh();
    const reply = await stepUp.run(() => send('removeDoNotCall', number.trim()));
    if (!reply.ok) return setFailure(reply.error.code === 'not_found' ? { code: '', message: t('dnc_not_listed') } : reply.error);
    setRemoved(number.trim());
    void asked.load();
    setNumber((latest) => (latest === number ? '' : latest));
  };
  const isEmpty = csv.trim() === '';
  return (
    <div class="panel" data-testid="do-not-call">
      <StepUpPrompt stepUp={stepUp} />
      {failure && <Notice tone="bad">{failureText(t, failure)}</Notice>}
      <p role="status" class="field-good">
        {done && t('dnc_done', { added: format.count(done.added), removed: format.count(done.removed) })}
        {removed && t('dnc_removed', { number: removed })}
        {added && t('dnc_asked_added', { number: added })}
      </p>
      {done && done.unreadable.length > 0 && (
        <Notice tone="warn">
          {t('dnc_unreadable', { lines: done.unreadable.map(({ line }) => format.count(line)).join(', ') })}
        </Notice>
      )}
      {asked.failure && <Failed failure={asked.failure} retry={asked.retry} />}
      <AskedList asked={asked.value ?? []} onAdd={add} />
      <form
        class="panel"
        onSubmit={(event) => {
          event.preventDefault();
          if (mode === 'add') void importLines();
        }}
      >
        <label class="field-label" for="dnc-lines">
          {t('dnc_import')}
        </label>
        <textarea
          id="dnc-lines"
          class="input mono"
          rows={5}
          // Read-only while busy: the answer refers to lines by their numbers.
          readOnly={busy}
          value={csv}
          placeholder={'0912 345 678\n+84 28 3731 2345, 2026-07-03'}
          aria-describedby="dnc-hint"
          onInput={(event) => setCsv(event.currentTarget.value)}
          data-testid="dnc-lines"
        />
        <p id="dnc-hint" class="field-hint">
          {t('dnc_import_hint')}
        </p>
        <TextFile label={t('dnc_file')} disabled={busy} onText={setCsv} />
        <div class="form">
          <Select<Mode>
            label={t('dnc_mode')}
            value={mode}
            options={[
              ['add', t('dnc_add')],
              ['replace', t('dnc_replace')],
            ]}
            onValue={(chosen) => setMode(chosen)}
          />
        </div>
        <div class="actions">
          {mode === 'replace' && !isEmpty ? (
            <ConfirmButton label={t('dnc_run')} question={t('dnc_replace_question')} onConfirm={importLines} />
          ) : (
            <button type="submit" class="button button-primary" disabled={isEmpty} data-testid="dnc-import">
              {t('dnc_run')}
            </button>
          )}
          <button type="button" class="button" onClick={() => void exportList()} data-testid="dnc-export">
            {t('dnc_export')}
          </button>
        </div>
      </form>
      <form class="dry-run" onSubmit={remove}>
        <Field label={t('dnc_remove')} value={number} onValue={setNumber} input={{ name: 'dnc-number', maxLength: 60 }} />
        <button type="submit" class="button">
          {t('dnc_remove_run')}
        </button>
      </form>
    </div>
  );
}
