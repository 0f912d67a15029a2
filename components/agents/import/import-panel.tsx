import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { TextFile } from '../../ui/text-file.tsx';
import { useStore } from '../../view/use-store.ts';
import { useView } from '../../view/view.ts';
import type { Agents } from '../agents-store.ts';
import { importAgents, type RowResult } from './import-agents.ts';
import { ImportPreview } from './import-preview.tsx';
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
  const { rows: parsed, ignored, refusal } = useMemo(() => parseAgentRows(text, all ?? []), [text, all]);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => () => running?.abort(), [running]);

  const rows = started ?? parsed;
  const ready = rows.filter(({ line, problem }) => problem === null && !results.get(line)?.ok);
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
      {text.trim() !== '' && refusal && (
        <p class="field-error" role="alert">
          {t(`import_${refusal.code}`, { line: 'line' in refusal ? format.count(refusal.line) : '' })}
        </p>
      )}
      {ignored.length > 0 && <p class="field-hint">{t('import_ignored', { columns: ignored.join(', ') })}</p>}
      {rows.length > 0 && <ImportPreview rows={rows} results={results} />}
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
