import type { RowResult } from './import-agents.ts';
import type { ParsedRows } from './parse-agent-rows.ts';

/** The state of an import; it outlives the panel, which can be closed and opened again. */
export interface ImportWork {
  text: string;
  /** The rows as previewed when the import started: the preview keeps them while the agents change row by row. */
  started: ParsedRows | null;
  results: ReadonlyMap<number, RowResult>;
  /** Aborts the running import. */
  running: AbortController | null;
}

export const noWork: ImportWork = { text: '', started: null, results: new Map(), running: null };
