import type { ExpressionBuilder } from 'kysely';
import { isSupportedCountry } from 'libphonenumber-js/max';
import * as v from 'valibot';
import { recordAudit } from '../audit/record-audit.ts';
import { type Policy, PolicySchema, type PolicyVersion } from '../contract.ts';
import type { Deps, StoreDeps } from '../deps.ts';
import { BadRequest } from '../http/bad-request.ts';
import { RelayError } from '../http/relay-error.ts';
import { respread } from '../store/counters.ts';
import { isUniqueViolation } from '../store/store-error.ts';
import type { Tables } from '../store/tables.ts';
import { capRules } from './cap-rules.ts';
import { defaultPolicy } from './default-policy.ts';
import { isTimeZone } from './sales-hours.ts';

/** The call policy in force. */
export async function readPolicy({ store, config }: Pick<Deps, 'store' | 'config'>): Promise<PolicyVersion> {
  const row = await store
    .selectFrom('policies')
    .select(['version', 'at', 'body'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return { version: 0, at: null, policy: defaultPolicy(config) };
  return { version: row.version, at: row.at, policy: parsePolicy(row.body) };
}

/** The policy in force, and whether the do-not-call list has the number and the agent is locked. */
export interface Standing {
  policy: Policy;
  isListed: boolean;
  isLocked: boolean;
}
interface Asked {
  number: string;
  agentId: string;
}

/** The columns that `toStanding` needs, for a statement that reads other things at the same time. */
export const standingColumns = ({ selectFrom }: ExpressionBuilder<Tables, never>, { number, agentId }: Asked) =>
  [
    selectFrom('policies').select('body').orderBy('version', 'desc').limit(1).as('body'),
    selectFrom('do_not_call').select('number').where('number', '=', number).as('listed'),
    selectFrom('call_locks').select('agent_id').where('agent_id', '=', agentId).as('locked'),
  ] as const;

export function toStanding(
  { config }: Pick<Deps, 'config'>,
  { body, listed, locked }: Record<'body' | 'listed' | 'locked', string | null>,
): Standing {
  const policy = body === null ? defaultPolicy(config) : parsePolicy(body);
  return { policy, isListed: listed !== null, isLocked: locked !== null };
}

export async function readStanding(
  deps: Pick<Deps, 'store' | 'config'>,
  asked: Asked,
): Promise<Standing & { version: PolicyVersion['version'] }> {
  const row = await deps.store
    .selectNoFrom((eb) => [
      ...standingColumns(eb, asked),
      eb
        .selectFrom('policies')
        .select(({ fn }) => fn.max('version').as('version'))
        .as('version'),
    ])
    .executeTakeFirstOrThrow();
  return { ...toStanding(deps, row), version: row.version ?? 0 };
}

let parsed: { body: string; policy: Policy } | undefined;

/** Caches the last parsed policy: every call reads it, and it rarely changes. */
function parsePolicy(body: string): Policy {
  if (parsed?.body !== body) parsed = { body, policy: v.parse(PolicySchema, JSON.parse(body)) };
  return parsed.policy;
}

/** Saves a new version of the policy; `version` is the version that was edited. Throws `version_conflict`, `bad_request`. */
export async function savePolicy(deps: StoreDeps, version: number, policy: Policy, actor: string): Promise<PolicyVersion> {
  checkNames(policy);
  const saved = { version: version + 1, at: deps.now(), policy };
  try {
    await deps.store.transaction().execute(async (store) => {
      // Before the audit line: calls take these locks in the same order, and another order would deadlock.
      await respread(store, saved.at, capRules(policy, ''));
      await recordAudit(
        { ...deps, store },
        { actor, action: 'policy.change', subject: `policy:${saved.version}`, detail: { policy } },
      );
      if ((await readPolicy({ ...deps, store })).version !== version) throw new RelayError('version_conflict');
      await store
        .insertInto('policies')
        .values({ version: saved.version, at: saved.at, actor, body: JSON.stringify(policy) })
        .execute();
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new RelayError('version_conflict', { cause: error });
    throw error;
  }
  return saved;
}

function checkNames({ countries, salesHours }: Policy): void {
  const unknown = countries.find((country) => !isSupportedCountry(country));
  if (unknown) throw new BadRequest(`There is no country “${unknown}”.`);
  if (!salesHours) return;
  if (!isTimeZone(salesHours.timeZone))
    throw new BadRequest('The time zone of the sales hours is not known; take one such as Asia/Ho_Chi_Minh.');
  if (salesHours.windows.some(({ from, to }) => from >= to))
    throw new BadRequest('Sales hours must end after they begin, on the same day.');
}
