import { useEffect, useState } from 'preact/hooks';
import { longestReportDays, type PlacedPage } from '../../relay/contract.ts';
import type { Format } from '../../utils/i18n/format.ts';
import type { Failure } from '../../utils/reply.ts';
import { Notice } from '../ui/notice.tsx';
import { failureText } from '../view/failure-text.ts';
import { useView } from '../view/view.ts';
import { clickedWords } from './clicked-words.ts';

const dayMs = 86_400_000;
const most = 20;
/** Back from now: the day ahead of it counts in what the relay gives at once. */
const days = longestReportDays.period - 1;

interface NumberCallsProps {
  /** As it was typed. */
  number: string;
  /** In the company's time zone. */
  format: Pick<Format, 'stamp'>;
  /** Calls before this time have lost their numbers. */
  keptFrom: number;
}

/** The newest clicks of one number, whatever days are chosen for the report: a complaint seldom tells the day. */
export function NumberCalls({ number, format: { stamp }, keptFrom }: NumberCallsProps) {
  const { send, t, format } = useView();
  const [page, setPage] = useState<PlacedPage | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  // A day ahead, since this computer's clock may be behind the relay's.
  const [to] = useState(() => Date.now() + dayMs);
  const from = to - (days + 1) * dayMs;
  useEffect(() => {
    let isCurrent = true;
    void send('listPlacedCalls', { from, to, number, limit: most }).then((reply) => {
      if (!isCurrent) return;
      if (reply.ok) setPage(reply.value);
      else setFailure(reply.error);
    });
    return () => {
      isCurrent = false;
    };
  }, [send, number, from, to]);

  if (failure) return <Notice tone="bad">{failureText(t, failure)}</Notice>;
  const { calls, next } = page ?? { calls: [], next: null };
  const forgotten = from < keptFrom && ` ${t('report_numbers_forgotten', { time: format.moment(keptFrom, Date.now()) })}`;
  return (
    <section class="number-calls" data-testid="number-calls">
      <p role="status" class="number-calls-count">
        {page ? t('number_calls', { number, count: format.count(calls.length) }) : t('status_loading')}
      </p>
      {page && (
        <p class="field-hint">
          {next
            ? t('number_calls_more')
            : t(calls.length === 0 ? 'number_calls_none' : 'number_calls_all', { days: format.count(days) })}
          {forgotten}
        </p>
      )}
      <ul class="rows">
        {calls.map((call) => {
          const { outcome, told, where } = clickedWords(call, t);
          const talked = call.talkSeconds ? t('number_call_talked', { time: format.clock(call.talkSeconds) }) : null;
          const ends = [outcome, talked, call.recorded ? t('number_call_recorded') : null];
          const device = call.sipUser ? t('number_call_device', { device: call.sipUser }) : null;
          return (
            <li key={`${call.at} ${call.device}`} class="row" data-testid="number-call">
              <span class="row-main">
                <time dateTime={new Date(call.at).toISOString()}>{stamp(call.at)}</time> · {call.agent.name}
                <span class="row-note">{[where, call.device, device].filter(Boolean).join(' · ')}</span>
                {told && <span class="row-note">{t('number_call_told', { words: told })}</span>}
              </span>
              <span class="number-call-end">{ends.filter(Boolean).join(' · ')}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
