import type { Me } from '../../relay/contract.ts';
import { type StoredSession, sessionItem } from '../storage.ts';

/** Numbers are read as Vietnamese until the relay has reported the company's region. */
const UNTIL_KNOWN: Me['policy'] = { homeRegion: 'VN', regions: ['VN'], recordingDownload: false };

/** The relay's last information about regions and recording downloads. */
export async function readPolicy(): Promise<Me['policy']> {
  return policyOf(await sessionItem.getValue());
}

export function policyOf(session: StoredSession | null): Me['policy'] {
  return session?.me?.policy ?? UNTIL_KNOWN;
}
