import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { AuditPage } from '../../relay/contract.ts';
import type { Failure } from '../../utils/reply.ts';
import { Failed } from '../ui/failed.tsx';
import { failureText } from '../view/failure-text.ts';
import { useShown } from '../view/use-shown.ts';
import { useView } from '../view/view.ts';
import { AuditDetails } from './audit-details.tsx';
import { type AuditFilter, AuditFilterForm } from './audit-filter.tsx';
import { AuditSave } from './audit-save.tsx';
import { auditWords } from './audit-words.ts';
import { useAgents } from './use-agents.ts';

type Line = AuditPage['lines'][number];

/** `next`: where the older lines start; null: there are none. */
interface Shown {
  lines: Line[];
  next: number | null;
}

const refreshMs = 60_000;
const nothing: Shown = { lines: [], next: null };

/** The audit log, newest first, in words; entries without words here are shown as the relay wrote them. */
export default function AuditPanel({ region }: { region: string }) {
  const { send, t, format } = useView();
  const [filter, setFilter] = useState<AuditFilter>({});
  const latest = useRef(filter);
  latest.current = filter;
  const [shown, setShown] = useState<Shown | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const { lines, next } = shown ?? nothing;
  const { agents, names } = useAgents(lines);

  const read = useCallback(
    async (before: number | null) => {
      const reply = await send('readAudit', { ...filter, ...(before !== null && { before }) });
      // Other lines were asked for meanwhile.
      return latest.current === filter ? reply : null;
    },
    [send, filter],
  );
  const load = async (before: number | null) => {
    setBusy(true);
    const reply = await read(before);
    if (!reply) return;
    setBusy(false);
    setFailure(reply.ok ? null : reply.error);
    if (reply.ok) setShown((known) => (before === null ? withNewest(known, reply.value) : withOlder(known, reply.value, before)));
  };
  useEffect(() => {
    setShown(null);
    void load(null);
  }, [read]);

  const refresh = useCallback(async () => {
    const reply = await read(null);
    if (!reply?.ok) return;
    setFailure(null);
    setShown((known) => withNewest(known, reply.value));
  }, [read]);
  useShown(refresh, refreshMs);

  const words = useMemo(() => auditWords(t, format, names, region), [t, format, names, region]);
  /** The policy before the change at `index`, if shown; undefined under an agent filter, which may hide the change before it. */
  const policyBefore = (index: number) =>
    filter.agent
      ? undefined
      : lines.slice(index + 1).find(({ action, detail }) => action === 'policy.change' && 'policy' in detail)?.detail.policy;
  const isWrongNumber = failure?.code === 'number_invalid';
  return (
    <div class="panel" data-testid="audit">
      <AuditFilterForm
        agents={agents}
        filter={filter}
        onFilter={setFilter}
        error={isWrongNumber ? failureText(t, failure) : undefined}
      />
      {failure && !isWrongNumber && <Failed failure={failure} retry={() => void load(next)} />}
      {shown === null && !failure && <p role="status">{t('status_loading')}</p>}
      {shown?.lines.length === 0 && (
        <p class="field-hint">{t(Object.keys(filter).length > 0 ? 'audit_no_match' : 'audit_empty')}</p>
      )}
      {lines.length > 0 && (
        <table class="audit">
          <thead>
            <tr>
              <th scope="col">{t('audit_time')}</th>
              <th scope="col">{t('audit_actor')}</th>
              <th scope="col">{t('audit_action')}</th>
              <th scope="col">{t('audit_subject')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, index) => (
              <tr key={line.seq} data-testid="audit-line" data-action={line.action}>
                <td>
                  <time dateTime={new Date(line.at).toISOString()} title={`${line.seq} · ${line.hash}`}>
                    {format.stamp(line.at)}
                  </time>
                </td>
                <td title={line.actor}>{words.who(line.actor)}</td>
                <td title={line.action}>{words.action(line.action) ?? <code>{line.action}</code>}</td>
                <td>
                  <span title={line.subject}>{words.subject(line)}</span>
                  <AuditDetails detail={line.detail} policyBefore={policyBefore(index)} words={words} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {next !== null && (
        <button type="button" class="button more" disabled={busy} onClick={() => void load(next)} data-testid="audit-more">
          {t('audit_more')}
        </button>
      )}
      {lines.length > 0 && <AuditSave key={JSON.stringify(filter)} filter={filter} words={words} />}
    </div>
  );
}

function withNewest(known: Shown | null, { lines, nextBefore }: AuditPage): Shown {
  const fresh = lines.filter(({ seq }) => seq > (known?.lines[0]?.seq ?? 0));
  // With a gap between the known and the new entries, or none known yet, the newest page starts the list anew.
  if (known === null || (fresh.length > 0 && fresh.length === lines.length)) return { lines, next: nextBefore };
  return fresh.length === 0 ? known : { ...known, lines: [...fresh, ...known.lines] };
}

function withOlder(known: Shown | null, { lines, nextBefore }: AuditPage, before: number): Shown | null {
  // The answer was requested for the end of a list that has been restarted since.
  if (known === null || known.next !== before) return known;
  return { lines: [...known.lines, ...lines], next: nextBefore };
}
