import { useCallback, useEffect, useState } from 'preact/hooks';
import type { AuditPage } from '../../relay/contract.ts';
import type { Failure } from '../../utils/reply.ts';
import { Notice } from '../ui/notice.tsx';
import { failureText } from '../view/failure-text.ts';
import { useShown } from '../view/use-shown.ts';
import { useView } from '../view/view.ts';

type Line = AuditPage['lines'][number];

const refreshMs = 60_000;

/** The audit log, newest first; actions and details stand there as the relay wrote them. */
export default function AuditPanel() {
  const { send, t, format } = useView();
  const [lines, setLines] = useState<Line[] | null>(null);
  const [next, setNext] = useState<number | null>(null);
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);

  const load = async (before: number | null) => {
    setBusy(true);
    const reply = await send('readAudit', before === null ? {} : { before });
    setBusy(false);
    setFailure(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    setLines((known) => [...(before === null ? [] : (known ?? [])), ...reply.value.lines]);
    setNext(reply.value.nextBefore);
  };
  useEffect(() => {
    void load(null);
    void send('listAgents').then(
      (reply) => reply.ok && setNames(new Map(reply.value.map(({ id, name }) => [`agent:${id}`, name]))),
    );
  }, [send]);

  const refresh = useCallback(async () => {
    const reply = await send('readAudit', {});
    if (!reply.ok) return;
    const newest = reply.value.lines;
    const fresh = newest.filter(({ seq }) => seq > (lines?.[0]?.seq ?? 0));
    if (lines !== null && fresh.length === 0) return;
    // With a gap between, or nothing known yet, the newest page begins the list anew.
    const isAnew = lines === null || fresh.length === newest.length;
    setLines(isAnew ? newest : [...fresh, ...lines]);
    if (isAnew) setNext(reply.value.nextBefore);
  }, [send, lines]);
  useShown(refresh, refreshMs);

  const nameOf = (who: string) =>
    names.get(who) ?? (who === 'relay' ? t('audit_relay') : who === 'command-line' ? t('audit_command_line') : who);
  return (
    <div data-testid="audit">
      {failure && (
        <Notice tone="bad" action={{ label: t('retry'), run: () => void load(lines === null ? null : next) }}>
          {failureText(t, failure)}
        </Notice>
      )}
      {lines === null && !failure && <p role="status">{t('status_loading')}</p>}
      {lines?.length === 0 && <p class="field-hint">{t('audit_empty')}</p>}
      {lines && lines.length > 0 && (
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
            {lines.map((line) => (
              <tr key={line.seq} data-testid="audit-line">
                <td>
                  <time dateTime={new Date(line.at).toISOString()} title={`${line.seq} · ${line.hash}`}>
                    {format.stamp(line.at)}
                  </time>
                </td>
                <td>{nameOf(line.actor)}</td>
                <td>
                  <code>{line.action}</code>
                </td>
                <td>
                  {nameOf(line.subject)}
                  {Object.keys(line.detail).length > 0 && <span class="row-note mono">{detailText(line.detail)}</span>}
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
    </div>
  );
}

function detailText(detail: Line['detail']): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
