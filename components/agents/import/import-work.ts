import type { RowResult } from './import-agents.ts';
import type { ParsedRows } from './parse-agent-rows.ts';

/** How far somebody is with an import; it outlives the panel, which can be closed and opened again. */
export interface ImportWork {
  text: string;
  /** What was looked at when it started: the preview stays so, while the table behind it changes row by row. */
  started: ParsedRows | null;
  results: ReadonlyMap<number, RowResult>;
  /** Stops it while it writes. */
  running: AbortController | null;
}

export const noWork: ImportWork = { text: '', started: null, results: new Map(), running: null };
