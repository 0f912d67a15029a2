import { useEffect } from 'preact/hooks';
import { chosenSitesItem } from '../../utils/storage.ts';
import { useLoaded } from '../view/use-loaded.ts';
import type { Send } from '../view/view.ts';

const refreshMs = 60_000;
const getCompany = (send: Send) => send('getCompany');

/** What the company's browser policy sets, read again when sites are switched on or off; `value` is null until it is known. */
export function useCompany() {
  const { value, failure, load } = useLoaded(getCompany, refreshMs);
  useEffect(() => chosenSitesItem.watch(() => void load()), [load]);
  return { value, failure, load };
}
