import type { AgentRecord, HistoryCall, PlacedCall, Policy } from '../../relay/contract.ts';
import type { Company, Session } from '../../utils/messages.ts';

export function historyCall(index: number, more: Partial<HistoryCall> = {}): HistoryCall {
  return {
    id: index.toString(16).padStart(32, '0'),
    startedAt: Date.parse('2026-07-03T14:00:00+07:00') - index * 60_000,
    direction: 'outbound',
    disposition: 'answered',
    status: 'SUCCESS',
    peer: { number: '+84912345678', name: null },
    durationSeconds: 60,
    talkSeconds: 50,
    hasRecording: true,
    note: null,
    ...more,
  };
}

export function placedCall(key: string, more: Partial<PlacedCall> = {}): PlacedCall {
  return {
    key,
    number: '+84912345678',
    state: 'accepted',
    reason: null,
    createdAt: 1_000_000,
    settledAt: 1_000_900,
    sameAs: null,
    note: null,
    ...more,
  };
}

export function agentRecord(more: Partial<AgentRecord> = {}): AgentRecord {
  return {
    id: '00000000-0000-4000-8000-000000000001',
    name: 'Nguyễn Thị Lan',
    role: 'agent',
    username: 'lan.nguyen',
    sipUser: '101-lan',
    hasSipPassword: true,
    sipDevices: [{ id: '00000000-0000-4000-8000-000000000101', name: '', sipUser: '101-lan', hasSipPassword: true }],
    active: true,
    version: 3,
    devices: [],
    ...more,
  };
}

export function connectedSession(role: 'agent' | 'admin' = 'agent'): Extract<Session, { connected: true }> {
  return {
    connected: true,
    relayUrl: 'https://dialside.example.com',
    meAt: 0,
    me: {
      agent: { id: '00000000-0000-4000-8000-000000000001', name: 'Lan', role, sipUser: '101-lan', sipDevices: [], mapped: true },
      device: { id: '00000000-0000-4000-8000-000000000002', name: 'Chromium' },
      policy: { homeRegion: 'VN', regions: ['VN'], recordingDownload: false },
      upstream: { state: 'ok', checkedAt: 0 },
      history: { completeTo: 0, backfilled: 1 },
      stepUpUntil: null,
      serverTime: 0,
    },
  };
}

/** What the company's policy sets; nothing unless `more` says so. */
export function companySettings(more: Partial<Company> = {}): Company {
  return { relayUrl: null, sites: [], awaitedSites: [], crmSearchLocked: false, faults: [], ...more };
}

export function samplePolicy(more: Partial<Policy> = {}): Policy {
  return {
    countries: ['VN'],
    openClasses: ['toll_free', 'other'],
    caps: { agentPerMinute: 30, agentPerDay: 600, companyPerMinute: 300, companyPerDay: 10_000 },
    burst: { calls: 120, minutes: 10 },
    salesHours: null,
    historyDays: 365,
    recordingDownload: false,
    ...more,
  };
}
