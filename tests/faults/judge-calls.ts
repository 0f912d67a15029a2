import type { Store } from '../../relay/store/open-store.ts';
import type { Told } from './call-clients.ts';

/**
 * Compares the dials that reached AntBuddy (national number → how often) with the ledger and with the clients' answers. `wrong`
 * is the number of violations of any kind.
 */
export async function judgeCalls(store: Store, dials: Record<string, number>, told: readonly Told[]) {
  const rows = await store.selectFrom('calls').select(['key', 'number', 'state']).execute();
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const recorded = new Map(rows.filter(({ state }) => state !== 'refused' && state !== 'folded').map((row) => [row.number, row]));
  const dialled = Object.entries(dials);
  const stateOf = (national: string) => recorded.get(`+84${national.slice(1)}`)?.state ?? '';
  const wrongs = {
    double: dialled.filter(([, count]) => count > 1).length,
    unrecorded: dialled.filter(([national]) => !['accepted', 'unknown'].includes(stateOf(national))).length,
    acknowledgedLost: told.filter(({ key, state, status }) => status === 201 && byKey.get(key)?.state !== state).length,
    acceptedButNotDialled: told.filter(({ state, number }) => state === 'accepted' && !dials[`0${number.slice(3)}`]).length,
    stillDispatching: rows.filter(({ state }) => state === 'dispatching').length,
  };
  const answers: Record<string, number> = {};
  for (const { state } of told) answers[state] = (answers[state] ?? 0) + 1;
  return {
    dialled: dialled.length,
    ...wrongs,
    told: answers,
    wrong: Object.values(wrongs).reduce((sum, count) => sum + count, 0),
  };
}
