import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { AgentRecord, AuditPage } from '../../relay/contract.ts';
import type { Failure } from '../../utils/reply.ts';
import { Notice } from '../ui/notice.tsx';
import { failureText } from '../view/failure-text.ts';
import { useShown } from '../view/use-shown.ts';
import { useView } from '../view/view.ts';
import { AuditDetails } from './audit-details.tsx';
import { auditWords } from './audit-words.ts';

type Line = AuditPage['lines'][number];

const refreshMs = 60_000;

/** The audit log, newest first, in words; what these do not know stands there as the relay wrote it. */
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
    void send('listAgents').then((reply) => reply.ok && setNames(namesOf(reply.value)));
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

  const words = useMemo(() => auditWords(t, format, withEnrolled(names, lines ?? [])), [t, format, names, lines]);
  /** The policy that a newer one took the place of, as far as it stands in what is shown. */
  const policyBefore = (index: number) =>
    lines?.slice(index + 1).find(({ action, detail }) => action === 'policy.change' && 'policy' in detail)?.detail.policy;
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
                  <span title={line.subject}>{words.who(line.subject)}</span>
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
    </div>
  );
}

function namesOf(agents: AgentRecord[]): ReadonlyMap<string, string> {
  return new Map(
    agents.flatMap(({ id, name, devices }) => [
      [`agent:${id}`, name] as const,
      ...devices.map((device) => [`device:${device.id}`, `${device.name} (${name})`] as const),
    ]),
  );
}

/** Browsers that were shut out since stand in no list any more, but in the lines of when they connected and of that. */
function withEnrolled(names: ReadonlyMap<string, string>, lines: readonly Line[]): ReadonlyMap<string, string> {
  const whoOf = (id: string) => names.get(id) ?? id;
  const enrolled = lines.flatMap(({ action, subject, actor, detail }) =>
    action.startsWith('device.') && typeof detail.deviceName === 'string'
      ? [[subject, `${detail.deviceName} (${whoOf(String(detail.agent ?? actor))})`] as const]
      : [],
  );
  return new Map([...enrolled, ...names]);
}
