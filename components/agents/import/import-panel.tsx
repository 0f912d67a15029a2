import { useEffect, useMemo, useRef } from 'preact/hooks';
import { TextFile } from '../../ui/text-file.tsx';
import { useStore } from '../../view/use-store.ts';
import { useView } from '../../view/view.ts';
import type { Agents } from '../agents-store.ts';
import { importAgents } from './import-agents.ts';
import { ImportPreview } from './import-preview.tsx';
import { type ImportWork, noWork } from './import-work.ts';
import { parseAgentRows } from './parse-agent-rows.ts';

export interface ImportPanelProps {
  agents: Agents;
  work: ImportWork;
  onWork(change: (before: ImportWork) => ImportWork): void;
  onClose(): void;
}

/** Paste rows or choose a CSV file, look at what would happen, write them, see what became of each. */
export default function ImportPanel({ agents, work, onWork, onClose }: ImportPanelProps) {
  const { t, format } = useView();
  const { agents: all } = useStore(agents.store);
  const { text, started, results, running } = work;
  const input = useRef<HTMLTextAreaElement>(null);
  const parsed = useMemo(() => started ?? parseAgentRows(text, all ?? []), [started, text, all]);
  const { rows, ignored, refusal } = parsed;
  useEffect(() => input.current?.focus(), []);
  useEffect(() => () => running?.abort(), [running]);

  const sound = rows.filter(({ problem }) => problem === null);
  const ready = sound.filter(({ line }) => !results.get(line)?.ok);
  const edit = (value: string) => onWork(() => ({ ...noWork, text: value }));
  const run = async () => {
    const controller = new AbortController();
    onWork((before) => ({ ...before, started: parsed, running: controller }));
    await importAgents(
      rows,
      agents,
      (line, result) => onWork((before) => ({ ...before, results: new Map(before.results).set(line, result) })),
      controller.signal,
      results,
    );
    onWork((before) => ({ ...before, running: null }));
  };
  const counts = () => {
    const written = format.count(sound.length - ready.length);
    const refused = rows.filter(({ line, problem }) => problem !== null || results.get(line)?.ok === false).length;
    return refused > 0 ? t('import_done_but', { written, refused: format.count(refused) }) : t('import_done', { written });
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
        <button type="button" class="button" disabled={running !== null} onClick={onClose}>
          {t('close')}
        </button>
        {running && (
          <p class="table-count">
            {t('import_progress', { done: format.count(sound.length - ready.length), all: format.count(sound.length) })}
          </p>
        )}
        {/* Announced once, at the end: otherwise a screen reader would read out every row. */}
        <p class="table-count" role="status">
          {!running && results.size > 0 && counts()}
        </p>
      </div>
    </section>
  );
}
