import type { RelayConfig } from '../config.ts';
import type { Policy } from '../contract.ts';

/**
 * In force until an admin saves a policy: the home countries only, no numbers that cost extra, caps that a person does not reach,
 * and no download of recordings.
 */
export function defaultPolicy({ regions }: Pick<RelayConfig, 'regions'>): Policy {
  return {
    countries: regions,
    openClasses: ['toll_free', 'other'],
    caps: { agentPerMinute: 30, agentPerDay: 600, companyPerMinute: 300, companyPerDay: 10_000 },
    burst: { calls: 120, minutes: 10 },
    salesHours: null,
    historyDays: 365,
    recordingDownload: false,
  };
}
