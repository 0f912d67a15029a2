import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { TextFile } from '../../ui/text-file.tsx';
import { failureText } from '../../view/failure-text.ts';
import { useStore } from '../../view/use-store.ts';
import { useView } from '../../view/view.ts';
import type { Agents } from '../agents-store.ts';
import { importAgents, isWritten, type RowResult } from './import-agents.ts';
import { type ImportRow, parseAgentRows } from './parse-agent-rows.ts';

export interface ImportPanelProps {
  agents: Agents;
  onClose(): void;
}

/** Paste rows or choose a CSV file, look at what would happen, write them, see what became of each. */
export default function ImportPanel({ agents, onClose }: ImportPanelProps) {
  const { t, format } = useView();
  const { agents: all } = useStore(agents.store);
  const [text, setText] = useState('');
  // The preview stays what was looked at, while the table behind it changes row by row.
  const [started, setStarted] = useState<ImportRow[] | null>(null);
  const [results, setResults] = useState<ReadonlyMap<number, RowResult>>(new Map());
  const [running, setRunning] = useState<AbortController | null>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const parsed = useMemo(() => parseAgentRows(text, all ?? []), [text, all]);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => () => running?.abort(), [running]);

  const rows = started ?? parsed.rows;
  const ready = rows.filter(({ line, problem }) => problem === null && !isWritten(results.get(line)));
  const edit = (value: string) => {
    setText(value);
    setStarted(null);
    setResults(new Map());
  };
  const run = async () => {
    const controller = new AbortController();
    setRunning(controller);
    setStarted(rows);
    await importAgents(
      rows,
      agents,
      (line, result) => setResults((before) => new Map(before).set(line, result)),
      controller.signal,
      results,
    );
    setRunning(null);
  };
  const outcome = ({ line, problem, existing: known, furtherOf }: ImportRow) => {
    const existing = known || furtherOf !== null;
    const result = results.get(line);
    if (problem) return <span class="missing">{t(`import_${problem}`)}</span>;
    if (result === undefined) return t(existing ? 'import_will_change' : 'import_will_add');
    if (result === 'same') return t('import_same');
    return result.ok ? (
      <span class="good">{t(existing ? 'import_changed' : 'import_added')}</span>
    ) : (
      <span class="missing">{failureText(t, result.error)}</span>
    );
  };
  const role = ({ existing, role: given, furtherOf }: ImportRow) => {
    if (given === null) return existing || furtherOf !== null ? '–' : t('role_agent');
    if (!existing || existing.role === given) return t(`role_${given}`);
    return <strong>{t('import_role_changes', { from: t(`role_${existing.role}`), to: t(`role_${given}`) })}</strong>;
  };
  return (
    <section class="import" aria-label={t('import_heading')} data-testid="import">
      <h3>{t('import_heading')}</h3>
      <p class="field-hint">{t('import_hint')}</p>
      <pre class="import-example">{t('import_example')}</pre>
      <label class="hidden" for="import-text">
        {t('import_heading')}
      </label>
      <textarea
        id="import-text"
        ref={input}
        class="input mono"
        rows={5}
        spellcheck={false}
        value={text}
        disabled={running !== null}
        onInput={(event) => edit(event.currentTarget.value)}
      />
      <TextFile label={t('import_file')} disabled={running !== null} onText={edit} />
      {text.trim() !== '' && parsed.refusal && (
        <p class="field-error" role="alert">
          {t(`import_${parsed.refusal.code}`, { line: 'line' in parsed.refusal ? format.count(parsed.refusal.line) : '' })}
        </p>
      )}
      {rows.length > 0 && (
        <div class="import-preview">
          <table data-testid="import-rows">
            <thead>
              <tr>
                <th scope="col">{t('import_line')}</th>
                <th scope="col">{t('agent_name')}</th>
                <th scope="col">{t('agent_username')}</th>
                <th scope="col">{t('sip_device_name')}</th>
                <th scope="col">{t('agent_sip_user')}</th>
                <th scope="col">{t('agent_sip_password')}</th>
                <th scope="col">{t('agent_role')}</th>
                <th scope="col">{t('import_outcome')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.line}>
                  <td>{format.count(row.line)}</td>
                  <td>{row.draft.name || '–'}</td>
                  <td>{row.draft.username || '–'}</td>
                  <td>{row.draft.devices[0]?.name || '–'}</td>
                  <td>{row.draft.devices[0]?.sipUser || '–'}</td>
                  <td>{row.draft.devices[0]?.sipPassword ? '••••' : '–'}</td>
                  <td>{role(row)}</td>
                  <td>{outcome(row)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div class="actions">
        {running ? (
          <button type="button" class="button" onClick={() => running.abort()}>
            {t('import_stop')}
          </button>
        ) : (
          <button type="button" class="button button-primary" disabled={ready.length === 0} onClick={() => void run()}>
            {t('import_run', { count: format.count(ready.length) })}
          </button>
        )}
        <button type="button" class="button" onClick={onClose}>
          {t('close')}
        </button>
        <p class="table-count" role="status">
          {results.size > 0 && t('import_progress', { done: format.count(results.size), all: format.count(rows.length) })}
        </p>
      </div>
    </section>
  );
}
