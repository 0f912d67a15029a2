import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { longestReportDays, type Report } from '../../relay/contract.ts';
import type { TextKey } from '../../utils/i18n/en.ts';
import { createFormat } from '../../utils/i18n/format.ts';
import type { Failure } from '../../utils/reply.ts';
import { Failed } from '../ui/failed.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Select } from '../ui/select.tsx';
import { failureText } from '../view/failure-text.ts';
import { useShown } from '../view/use-shown.ts';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import { DayField } from './day-field.tsx';
import { NumberCalls } from './number-calls.tsx';
import { clickedRows, dayRows, headingsOf } from './report-files.ts';
import { faultOf, isDay, limitsOf, type PeriodKind, startOfDay } from './report-period.ts';
import { ReportTable } from './report-table.tsx';
import { createReports, type Reports, type ReportsState } from './reports-store.ts';

const refreshMs = 60_000;

const periods: Record<PeriodKind, TextKey> = {
  today: 'range_today',
  yesterday: 'report_yesterday',
  week: 'report_week',
  month: 'report_month',
  last_month: 'report_last_month',
  custom: 'range_custom',
};

/** How much each agent called in a period, and the same as files. */
export default function ReportsPanel({ region }: { region: string }) {
  const { send, t, format } = useView();
  const reports = useMemo(() => createReports(send), [send]);
  const state = useStore(reports.store);
  const { period, days, timeZone, report, failure } = state;
  useEffect(() => void reports.load(), [reports]);
  // Past days change little, and long periods are expensive to count.
  const refresh = useCallback(() => void (period === 'today' && reports.load()), [reports, period]);
  useShown(refresh, refreshMs);

  const fault = faultOf(days);
  // The fields have the browser's language, in which 1 July may read as 7 January.
  const inWords = (day: string) => format.day(startOfDay(day, format), 0);
  const span = [...new Set([days.from, days.to])].filter(isDay).map(inWords).join(' – ');
  return (
    <div class="panel" data-testid="reports">
      <div class="report-days">
        <Select<PeriodKind>
          label={t('report_period')}
          value={period}
          options={(Object.keys(periods) as PeriodKind[]).map((kind) => [kind, t(periods[kind])])}
          onValue={(chosen) => reports.choose(chosen)}
        />
        {(['from', 'to'] as const).map((name) => (
          <DayField
            key={name}
            end={name}
            name={`report-${name}`}
            value={days[name]}
            isWrong={fault !== null}
            onValue={(day) => reports.choose('custom', { [name]: day })}
          />
        ))}
      </div>
      {fault && (
        <p class="field-error" role="alert">
          {t(fault === 'backwards' ? 'days_backwards' : `report_days_${fault}`, { most: format.count(longestReportDays.period) })}
        </p>
      )}
      {failure && <Failed failure={failure} retry={() => void reports.load()} />}
      {!report && !failure && !fault && <p role="status">{t('status_loading')}</p>}
      {report?.lines.length === 0 && <p class="field-hint">{t('report_empty')}</p>}
      {report && report.lines.length > 0 && <ReportTable lines={report.lines} />}
      {report && (
        <p class="field-hint">
          {[`${span}.`, t('report_zone', { zone: timeZone }), ...knownUpTo(report, limitsOf(days, timeZone).to)].join(' ')}
        </p>
      )}
      {report && <Files reports={reports} state={state} report={report} region={region} />}
    </div>
  );

  function knownUpTo({ lines, completeTo }: Report, end: number): string[] {
    if (lines.length === 0) return [];
    if (lines.some(({ answered }) => answered === null)) return [t('report_forgotten')];
    if (completeTo === null) return [t('complete_never')];
    return completeTo < end ? [t('report_complete', { time: format.moment(completeTo, Date.now()) })] : [];
  }
}

interface FilesProps {
  reports: Reports;
  state: ReportsState;
  report: Report;
  region: string;
}

/** What is shown by day, and every click behind it, as files; and the newest clicks of one number. */
function Files({ reports, state: { saving, days, timeZone }, report: { keptFrom }, region }: FilesProps) {
  const { t, format } = useView();
  const [number, setNumber] = useState('');
  /** `turn`: pressing again asks again. */
  const [asked, setAsked] = useState({ number: '', turn: 0 });
  // Moments are written alike in all languages.
  const companyFormat = useMemo(() => createFormat('en', timeZone), [timeZone]);
  const isCut = limitsOf(days, timeZone).from < keptFrom && 'name' in saving && saving.name === 'calls';
  const typed = number.trim();
  return (
    <>
      <div class="actions">
        <button
          type="button"
          class="button"
          onClick={() => void reports.saveTable((lines) => [headingsOf('report', t), ...dayRows(lines, t)])}
          data-testid="report-save"
        >
          {t('report_save')}
        </button>
        <span class="field-hint">{t('report_save_hint')}</span>
      </div>
      <form
        class="dry-run"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed !== '') setAsked(({ turn }) => ({ number: typed, turn: turn + 1 }));
        }}
      >
        <Field
          label={t('report_number')}
          hint={t('report_number_hint')}
          value={number}
          onValue={setNumber}
          input={{ name: 'report-number', maxLength: 60, placeholder: '0912 345 678' }}
        />
        <button type="submit" class="button" disabled={typed === ''} data-testid="report-show-calls">
          {t('report_show_calls')}
        </button>
        <button
          type="button"
          class="button"
          onClick={() =>
            void reports.saveCalls(number, (calls) => [headingsOf('calls', t), ...clickedRows(calls, t, companyFormat, region)])
          }
          data-testid="report-save-calls"
        >
          {t('report_save_calls')}
        </button>
      </form>
      <p role="status" class={saving.phase === 'saved' ? 'field-good' : 'field-hint'}>
        {saving.phase === 'reading' && t('report_saving')}
        {saving.phase === 'empty' && t('report_save_empty')}
        {saving.phase === 'saved' && t('report_saved', { file: saving.file })}
        {isCut && ` ${t('report_numbers_forgotten', { time: format.moment(keptFrom, Date.now()) })}`}
      </p>
      {saving.phase === 'failed' && <Notice tone="bad">{failureText(t, fileFailure(saving.failure))}</Notice>}
      {asked.turn > 0 && <NumberCalls key={asked.turn} number={asked.number} format={companyFormat} keptFrom={keptFrom} />}
    </>
  );

  /** For these requests `too_large` can only mean that there are too many rows. */
  function fileFailure(failure: Failure): Failure {
    return failure.code === 'too_large' ? { code: '', message: t('report_too_many') } : failure;
  }
}
