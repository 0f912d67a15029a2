import * as v from 'valibot';
import { parseJson } from '../antbuddy/parse-json.ts';
import type { Deps } from '../deps.ts';
import { readState, writeState } from '../store/state.ts';

const stateName = 'read-back-off';
const BackOffSchema = v.object({ until: v.number(), waitMs: v.number() });

/** Takes over the back-off that the store keeps, or keeps this relay's there if that is for longer: AntBuddy limits all alike. */
export async function shareBackOff({ store, antbuddy, now }: Pick<Deps, 'store' | 'antbuddy' | 'now'>): Promise<void> {
  const value = await readState(store, stateName);
  const kept = value === null ? null : v.parse(BackOffSchema, parseJson(value));
  if (kept) antbuddy.joinBackOff(kept);
  const own = antbuddy.backOff();
  if (own.until > now() && own.until !== kept?.until) await writeState(store, stateName, JSON.stringify(own));
}
