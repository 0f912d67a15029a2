import type * as v from 'valibot';
import type { HistoryQuerySchema } from '../contract.ts';
import type { Cursor } from './cursor.ts';

export type ParsedHistoryQuery = v.InferOutput<typeof HistoryQuerySchema>;

export interface PageQuery {
  agentId: string;
  cursor: Cursor | undefined;
  filters: Omit<ParsedHistoryQuery, 'cursor' | 'limit'>;
  /** LIKE patterns for the other party, and one for notes; empty and null without a search text. */
  patterns: string[];
  notePattern: string | null;
  limit: number;
}
