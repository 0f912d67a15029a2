import { setImmediate as giveWay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { isSameSecret } from '../is-same-secret.ts';
import { deriveKey } from '../keys.ts';
import type { Store } from '../store/open-store.ts';
import { writeState } from '../store/state.ts';
import { type LineWithCall, withCalls } from './calls-of-lines.ts';
import { type AuditLine, hashOf, noHash, signHead } from './chain.ts';
import { headName } from './record-audit.ts';

interface AuditFilter {
  before?: number | undefined;
  limit: number;
  /** Done by this agent, or done to it or to one of its browsers. */
  agent?: string | undefined;
  action?: string | undefined;
  subject?: string | undefined;
  /** E.164 or service digits: matches lines whose subject is the number or a call with it, or whose detail contains it. */
  number?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
}

/** Lines read at once: about 5 ms on SQLite, during which no call is placed. */
const bite = 5_000;

/** Fewer digits are never read as a number of a numbering plan (see read-number.ts), and so stand in the history as they are. */
const shortestRead = 7;

/** Lines below `before` (all if absent) that match the filter, newest first. */
export async function readAuditPage(
  deps: Pick<Deps, 'store' | 'config'>,
  filter: AuditFilter,
  biteLines = bite,
): Promise<LineWithCall[]> {
  const { last } = await deps.store
    .selectFrom('audit')
    .select(({ fn }) => fn.max('seq').as('last'))
    .executeTakeFirstOrThrow();
  const found: LineWithCall[] = [];
  let end = Math.min(filter.before ?? Number.POSITIVE_INFINITY, (last ?? 0) + 1);
  while (end > 1 && found.length < filter.limit) {
    const start = end - biteLines;
    const limit = filter.limit - found.length;
    const lines = await withCalls(deps, await readBite(deps.store, { ...filter, before: end, limit }, start));
    found.push(...lines.filter(({ call }) => !call || filter.number === undefined || call.number === filter.number));
    // Where calls with a number alike took up the limit, the bite holds more lines.
    end = lines.length === limit ? (lines.at(-1)?.seq ?? start) : start;
    await giveWay();
  }
  return found;
}

function readBite(store: Store, filter: AuditFilter & { before: number }, start: number): Promise<AuditLine[]> {
  const { before, limit, agent, action, subject, number, from, to } = filter;
  return store
    .selectFrom('audit')
    .selectAll()
    .where('seq', '>=', start)
    .where('seq', '<', before)
    .$if(agent !== undefined, (qb) =>
      qb.where((eb) => {
        const browsers = eb.selectFrom('devices').select(sql<string>`'device:' || id`.as('subject'));
        return eb.or([
          eb('actor', '=', `agent:${agent}`),
          eb('subject', '=', `agent:${agent}`),
          eb('subject', 'in', browsers.where('agent_id', '=', agent ?? '')),
        ]);
      }),
    )
    .$if(action !== undefined, (qb) => qb.where('action', '=', action ?? ''))
    .$if(subject !== undefined, (qb) => qb.where('subject', '=', subject ?? ''))
    .$if(number !== undefined, (qb) =>
      qb.where((eb) =>
        eb.or([
          eb('subject', '=', `number:${number}`),
          eb('detail', 'like', `%"number":${likeText(number ?? '')}%`),
          eb('detail', 'like', `%"removed":[%${likeText(number ?? '')}%`),
          eb.and([eb('subject', 'like', 'call:%'), isAboutCallWith(number ?? '')]),
        ]),
      ),
    )
    .$if(from !== undefined, (qb) => qb.where('at', '>=', from ?? 0))
    .$if(to !== undefined, (qb) => qb.where('at', '<', to ?? 0))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
}

/**
 * Whether a line is about a call with a number, or with one alike: the history has it as AntBuddy sent it, of which only the last
 * digits and their order are certain. Each line names its call, which is looked up by its id.
 */
function isAboutCallWith(number: string) {
  const digits = number.replace('+', '');
  const alike = digits.length < shortestRead ? number : `%${[...digits.slice(-6)].join('%')}%`;
  return sql<boolean>`(
    -- Counted, because of \`exists\` PostgreSQL might make one search through the whole history.
    (
      select count(*) from history
      where history.id = substr(audit.subject, 6) and (caller_number like ${alike} or callee_number like ${alike})
    ) > 0 or exists (
      select 1 from calls
      where agent_id = substr(audit.actor, 7) and calls.key = substr(audit.subject, 6) and calls.number = ${number}
    )
  )`;
}

/** Encoded as in canonical JSON, without LIKE's special characters. */
function likeText(text: string): string {
  return JSON.stringify(text).replace(/[%_\\]/g, '');
}

/** All lines from the first. */
export async function* readAuditLines(store: Store, pageSize?: number): AsyncGenerator<AuditLine> {
  for await (const page of readAuditPages(store, pageSize)) yield* page;
}

/** All lines from the first, in pages, so that a long log fits in memory. */
export async function* readAuditPages(store: Store, pageSize = 1000): AsyncGenerator<AuditLine[]> {
  for (let after = 0; ; ) {
    const page = await store.selectFrom('audit').selectAll().where('seq', '>', after).orderBy('seq').limit(pageSize).execute();
    yield page;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = last.seq;
  }
}

/** Null if the log is intact; otherwise its first fault, in one sentence. Lines may be appended meanwhile. */
export async function verifyAudit(store: Store, relayKey: Buffer): Promise<string | null> {
  // One statement, so that the signature belongs to the last line read.
  const { head, last } = await store
    .selectNoFrom(({ selectFrom }) => [
      selectFrom('state').select('value').where('name', '=', headName).as('head'),
      selectFrom('audit')
        .select(({ fn }) => fn.max('seq').as('seq'))
        .as('last'),
    ])
    .executeTakeFirstOrThrow();
  const end = await followChain(store, last ?? 0);
  if ('fault' in end) return end.fault;
  const { seq, hash: previous } = end;
  if (head === null) return seq === 0 && (await isUnused(store)) ? null : 'The signed end of the audit log is missing.';
  const isWhole = isSameSecret(signHead(deriveKey(relayKey, 'audit-head'), seq, previous), head);
  return isWhole ? null : `The audit log does not end at line ${seq}, or was written without this RELAY_KEY.`;
}

/** verifyAudit without the signature of the end, which needs RELAY_KEY: lines cut off the end go unnoticed. */
export async function verifyChain(store: Store): Promise<string | null> {
  const end = await followChain(store, Number.POSITIVE_INFINITY);
  return 'fault' in end ? end.fault : null;
}

async function followChain(store: Store, last: number): Promise<{ seq: number; hash: string } | { fault: string }> {
  let seq = 0;
  let hash = noHash;
  for await (const line of readAuditLines(store)) {
    if (line.seq > last) break;
    seq += 1;
    if (line.seq !== seq) return { fault: `Line ${seq} of the audit log is missing.` };
    if (line.previous_hash !== hash) return { fault: `Line ${seq} of the audit log does not follow the line before it.` };
    if (line.hash !== hashOf(line)) return { fault: `Line ${seq} of the audit log was changed.` };
    hash = line.hash;
  }
  return { seq, hash };
}

/** Creating an agent always writes a line, so a store with agents once had a log. */
async function isUnused(store: Store): Promise<boolean> {
  return !(await store.selectFrom('agents').select('id').limit(1).executeTakeFirst());
}

/** Signs the end of the log with another key; for key rotation, after the log was verified. */
export async function resignHead(store: Store, relayKey: Buffer): Promise<void> {
  const last = await store.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirstOrThrow();
  const value = signHead(deriveKey(relayKey, 'audit-head'), last.seq, last.hash);
  await writeState(store, headName, value);
}
