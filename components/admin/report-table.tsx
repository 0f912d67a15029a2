import type { ReportLine } from '../../relay/contract.ts';
import { failureText } from '../view/failure-text.ts';
import { useView } from '../view/view.ts';

interface Sums {
  clicks: number;
  placed: number;
  /** Null when the history does not cover all of the calls. */
  answered: number | null;
  notPlaced: number;
  talkSeconds: number | null;
}

/** A row per agent, most clicks first, the totals, and for each agent why calls were not placed. */
export function ReportTable({ lines }: { lines: readonly ReportLine[] }) {
  const { t, format } = useView();
  const rows = lines
    .map((line) => ({ agent: line.agent, sums: sumsOf(line), reasons: Object.entries(line.reasons) }))
    .sort((one, other) => other.sums.clicks - one.sums.clicks);
  const most = rows[0]?.sums.clicks ?? 0;
  const stopped = rows.filter(({ reasons }) => reasons.length > 0);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is scrolled by the keyboard from inside */}
      <section class="report-box" aria-label={t('report_table')} tabIndex={0}>
        <table class="report">
          <thead>
            <tr>
              <th scope="col">{t('agent_name')}</th>
              <th scope="col">{t('report_clicks')}</th>
              <th scope="col">{t('report_placed')}</th>
              <th scope="col">{t('report_answered')}</th>
              <th scope="col">{t('report_not_placed')}</th>
              <th scope="col">{t('report_talk')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ agent, sums }) => (
              <tr key={agent.id} data-testid="report-line">
                <th scope="row">
                  <span class="report-name" title={agent.name}>
                    {agent.name}
                  </span>
                  <span class="report-bar" style={{ width: share(sums.clicks, most) }}>
                    <span style={{ width: share(sums.answered ?? 0, sums.clicks) }} />
                  </span>
                </th>
                <Cells sums={sums} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr data-testid="report-total">
              <th scope="row">{t('report_total')}</th>
              <Cells sums={rows.map(({ sums }) => sums).reduce(add, nothing)} />
            </tr>
          </tfoot>
        </table>
      </section>
      {stopped.length > 0 && (
        <details class="report-why" data-testid="report-why">
          <summary>{t('report_why')}</summary>
          <ul class="rows">
            {stopped.map(({ agent, reasons }) => (
              <li key={agent.id} class="row">
                <span class="row-main">
                  {agent.name}
                  {reasons
                    .sort(([, one], [, other]) => other - one)
                    .map(([code, count]) => (
                      <span key={code} class="row-note">
                        {format.count(count)} × {failureText(t, { code, message: code })}
                      </span>
                    ))}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Cells({ sums: { clicks, placed, answered, notPlaced, talkSeconds } }: { sums: Sums }) {
  const { format } = useView();
  return (
    <>
      {[clicks, placed, answered, notPlaced].map((value, column) => (
        <td key={column}>{value === null ? '–' : format.count(value)}</td>
      ))}
      <td title={talkSeconds === null ? undefined : format.duration(talkSeconds)}>
        {talkSeconds === null ? '–' : format.clock(talkSeconds)}
      </td>
    </>
  );
}

const nothing: Sums = { clicks: 0, placed: 0, answered: 0, notPlaced: 0, talkSeconds: 0 };

function sumsOf({ clicks, outcomes, answered, talkSeconds }: ReportLine): Sums {
  const { accepted, refused, rejected, notSent } = outcomes;
  return { clicks, placed: accepted, answered, notPlaced: refused + rejected + notSent, talkSeconds };
}

function add(one: Sums, other: Sums): Sums {
  const known = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);
  return {
    clicks: one.clicks + other.clicks,
    placed: one.placed + other.placed,
    answered: known(one.answered, other.answered),
    notPlaced: one.notPlaced + other.notPlaced,
    talkSeconds: known(one.talkSeconds, other.talkSeconds),
  };
}

function share(part: number, whole: number): string {
  return whole === 0 ? '0' : `${(100 * part) / whole}%`;
}
