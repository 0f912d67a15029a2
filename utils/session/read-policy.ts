import type { Me } from '../../relay/contract.ts';
import { type StoredSession, sessionItem } from '../storage.ts';

/** Numbers are read as Vietnamese until the relay has said where the company is. */
const UNTIL_KNOWN: Me['policy'] = { homeRegion: 'VN', regions: ['VN'], recordingDownload: false };

/** What the relay last said about regions. */
export async function readPolicy(): Promise<Me['policy']> {
  return policyOf(await sessionItem.getValue());
}

export function policyOf(session: StoredSession | null): Me['policy'] {
  return session?.me?.policy ?? UNTIL_KNOWN;
}
