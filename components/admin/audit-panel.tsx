import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { AgentRecord, AuditPage } from '../../relay/contract.ts';
import type { Failure } from '../../utils/reply.ts';
import { Notice } from '../ui/notice.tsx';
import { failureText } from '../view/failure-text.ts';
import { useShown } from '../view/use-shown.ts';
import { useView } from '../view/view.ts';
import { AuditDetails } from './audit-details.tsx';
import { auditWords } from './audit-words.ts';

type Line = AuditPage['lines'][number];

/** `next`: where older lines go on; null: there are none. */
interface Shown {
  lines: Line[];
  next: number | null;
}

const refreshMs = 60_000;
const nothing: Shown = { lines: [], next: null };

/** The audit log, newest first, in words; entries without words here are shown as the relay wrote them. */
export default function AuditPanel() {
  const { send, t, format } = useView();
  const [shown, setShown] = useState<Shown | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const { lines, next } = shown ?? nothing;
  const names = useNames(lines);

  const load = async (before: number | null) => {
    setBusy(true);
    const reply = await send('readAudit', before === null ? {} : { before });
    setBusy(false);
    setFailure(reply.ok ? null : reply.error);
    if (reply.ok) setShown((known) => (before === null ? withNewest(known, reply.value) : withOlder(known, reply.value, before)));
  };
  useEffect(() => void load(null), [send]);

  const refresh = useCallback(async () => {
    const reply = await send('readAudit', {});
    if (reply.ok) setShown((known) => withNewest(known, reply.value));
  }, [send]);
  useShown(refresh, refreshMs);

  const words = useMemo(() => auditWords(t, format, withEnrolled(names, lines)), [t, format, names, lines]);
  /** The policy that a newer one took the place of, as far as it stands in what is shown. */
  const policyBefore = (index: number) =>
    lines.slice(index + 1).find(({ action, detail }) => action === 'policy.change' && 'policy' in detail)?.detail.policy;
  return (
    <div data-testid="audit">
      {failure && (
        <Notice tone="bad" action={{ label: t('retry'), run: () => void load(next) }}>
          {failureText(t, failure)}
        </Notice>
      )}
      {shown === null && !failure && <p role="status">{t('status_loading')}</p>}
      {shown?.lines.length === 0 && <p class="field-hint">{t('audit_empty')}</p>}
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

/** How those are called who stand in the lines; asked for again where one of them came since. */
function useNames(lines: readonly Line[]): ReadonlyMap<string, string> {
  const { send } = useView();
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const asked = useRef(new Set<string>());
  useEffect(() => {
    const named = lines.flatMap(({ actor, subject }) => [actor, subject]).filter((who) => /^(agent|device):/.test(who));
    const strange = named.filter((who) => !names.has(who) && !asked.current.has(who));
    if (strange.length === 0) return;
    void send('listAgents').then((reply) => {
      if (!reply.ok) return;
      for (const who of strange) asked.current.add(who);
      setNames(namesOf(reply.value));
    });
  }, [send, lines, names]);
  return names;
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
