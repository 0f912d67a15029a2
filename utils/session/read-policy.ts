import type { Me } from '../../relay/contract.ts';
import { sessionItem } from '../storage.ts';

/** Numbers are read as Vietnamese until the relay has said where the company is. */
const UNTIL_KNOWN: Me['policy'] = { homeRegion: 'VN', regions: ['VN'] };

/** What the relay last said about regions. */
export async function readPolicy(): Promise<Me['policy']> {
  return (await sessionItem.getValue())?.me?.policy ?? UNTIL_KNOWN;
}
