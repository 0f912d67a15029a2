import { isSupportedCountry } from 'libphonenumber-js/max';
import * as v from 'valibot';
import { recordAudit } from '../audit/record-audit.ts';
import { type Policy, PolicySchema, type PolicyVersion } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { BadRequest } from '../http/bad-request.ts';
import { RelayError } from '../http/relay-error.ts';
import { isUniqueViolation } from '../store/store-error.ts';
import { defaultPolicy } from './default-policy.ts';
import { isTimeZone } from './sales-hours.ts';

type Base = Pick<Deps, 'store' | 'config' | 'now'>;

/** The call policy in force. */
export async function readPolicy({ store, config }: Pick<Deps, 'store' | 'config'>): Promise<PolicyVersion> {
  const row = await store
    .selectFrom('policies')
    .select(['version', 'at', 'body'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return { version: 0, at: null, policy: defaultPolicy(config) };
  return { version: row.version, at: row.at, policy: v.parse(PolicySchema, JSON.parse(row.body)) };
}

/** Puts a new version in force; `version` is the one it was made from. Throws `version_conflict`, `bad_request`. */
export async function savePolicy(deps: Base, version: number, policy: Policy, actor: string): Promise<PolicyVersion> {
  checkNames(policy);
  const saved = { version: version + 1, at: deps.now(), policy };
  try {
    await deps.store.transaction().execute(async (store) => {
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
  if (salesHours.from >= salesHours.to) throw new BadRequest('Sales hours must end after they begin, on the same day.');
}
