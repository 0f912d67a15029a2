import { sql } from 'kysely';
import { recordAudit } from '../audit/record-audit.ts';
import type { DoNotCallImport } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { RelayError } from '../http/relay-error.ts';
import type { Store } from '../store/open-store.ts';
import { formatCsv } from './csv.ts';
import { readNumberList } from './read-number-list.ts';
import { readTypedNumber } from './read-typed-number.ts';

type Base = Pick<Deps, 'store' | 'config' | 'now'>;

/** Parameters of one statement are bounded in both engines (SQLite 32,766, PostgreSQL 65,535). */
const chunkSize = 1000;

/**
 * Takes the numbers of a list, see read-number-list.ts. `replace` also removes the others; it throws `no_number_found` where there is
 * text without any. A number that stood on the list keeps its date, and its reason unless the list gives another.
 */
export async function importDoNotCall(deps: Base, csv: string, replace: boolean, actor: string): Promise<DoNotCallImport> {
  const added_at = deps.now();
  const { reasons, unreadable } = await readNumberList(csv, deps.config.homeRegion);
  if (replace && reasons.size === 0 && csv.trim() !== '') throw new RelayError('no_number_found');
  const rows = [...reasons].map(([number, reason]) => ({ number, reason, added_at }));

  return deps.store.transaction().execute(async (store) => {
    await recordAudit(
      { ...deps, store },
      { actor, action: 'do-not-call.import', subject: 'do-not-call', detail: { numbers: rows.length, replace } },
    );
    const before = await store.selectFrom('do_not_call').select('number').execute();
    const gone = replace ? before.map(({ number }) => number).filter((number) => !reasons.has(number)) : [];
    for (const numbers of chunksOf(gone)) await store.deleteFrom('do_not_call').where('number', 'in', numbers).execute();
    for (const values of chunksOf(rows))
      await store
        .insertInto('do_not_call')
        .values(values)
        .onConflict((c) => c.column('number').doUpdateSet({ reason: givenReason }))
        .execute();
    const stood = before.filter(({ number }) => reasons.has(number)).length;
    return { added: rows.length - stood, removed: gone.length, unreadable };
  });
}

const givenReason = sql<string>`case when excluded.reason = '' then do_not_call.reason else excluded.reason end`;

function* chunksOf<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let start = 0; start < items.length; start += chunkSize) yield items.slice(start, start + chunkSize);
}

/** Throws `not_found` when the number, in whatever format, is not on the list. */
export async function removeDoNotCall(deps: Base, typed: string, actor: string): Promise<void> {
  const number = readTypedNumber(typed, deps.config.homeRegion);
  if (!number) throw new RelayError('not_found');
  await deps.store.transaction().execute(async (store) => {
    await recordAudit({ ...deps, store }, { actor, action: 'do-not-call.remove', subject: `number:${number}` });
    const removed = await store.deleteFrom('do_not_call').where('number', '=', number).executeTakeFirst();
    if (removed.numDeletedRows !== 1n) throw new RelayError('not_found');
  });
}

export async function exportDoNotCall(store: Store): Promise<string> {
  const rows = await store.selectFrom('do_not_call').selectAll().orderBy('number').execute();
  return formatCsv([
    ['number', 'reason', 'added'],
    ...rows.map((row) => [row.number, row.reason, new Date(row.added_at).toISOString()]),
  ]);
}
