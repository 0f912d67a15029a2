import { createCallPlans } from './call-plans.ts';
import { createCalls } from './calls.ts';
import { scopeClock } from './clock.ts';
import { createDevices, type Device, partyOf } from './devices.ts';
import type { Envelope } from './envelope.ts';
import { createFaults } from './faults.ts';
import { createHistories } from './histories.ts';
import { createJournal } from './journal.ts';
import type { AntBuddyOptions, OfflineBody } from './options.ts';
import { withDefaults } from './options.ts';
import { createRateLimit } from './rate-limit.ts';
import { createRecordings } from './recordings.ts';
import { createSeededHistory } from './seeded-history.ts';
import { createVoiceTokens, type ExpireFormat } from './voice-tokens.ts';

/** Everything the stand-in knows, without any server. */
export function createWorld(options: AntBuddyOptions = {}) {
  const given = withDefaults(options);
  const clock = scopeClock(given.clock);
  const settings = {
    account: { appId: given.appId, appSecret: given.appSecret },
    accountId: given.accountId,
    hashOrder: given.hashOrder,
    contentType: given.contentType,
    mediaTtlMs: given.mediaTtlMs,
    ownerId: given.ownerId,
    callDirection: given.callDirection,
    legs: given.legs,
    refusals: given.refusals,
    envelope: given.envelope as Envelope,
    expireFormat: given.expireFormat as ExpireFormat,
    offlineBody: given.offlineBody as OfflineBody,
  };
  // A person with several devices made the calls of one person.
  const isFirst = ({ username }: Device, at: number) => given.devices.findIndex((device) => device.username === username) === at;
  const seeded = createSeededHistory(given.seed, given.devices.filter(isFirst).map(partyOf), given.didNumbers, clock.now());
  const histories = createHistories(seeded);
  const standardPlan = { outcome: given.outcome, ringMs: given.ringMs, talkMs: given.talkMs };
  let mediaOrigin = '';

  return {
    clock,
    settings,
    didNumbers: given.didNumbers,
    devices: createDevices(given.devices),
    histories,
    plans: createCallPlans(standardPlan, given.plans),
    calls: createCalls(clock, (record) => {
      clock.after(given.historyDelayMs, () => {
        if (given.recordingDelayMs === 0 || record.recording === '') return histories.add(record);
        const row = { ...record, recording: '' };
        histories.add(row);
        // The same object again: a later look at the same call shows what was filled in.
        clock.after(given.recordingDelayMs, () => Object.assign(row, { recording: record.recording }));
      });
    }),
    tokens: createVoiceTokens(clock, given.tokenTtlMs, () => settings.expireFormat),
    recordings: createRecordings({ capSeconds: given.recordingCapSeconds, cacheBytes: given.recordingCacheBytes }),
    storageKeys: { accessKeyId: 'E7IPYE4LN28Y4I6T4400', secret: `storage-${given.appSecret}` },
    faults: createFaults(),
    rateLimit: createRateLimit(clock, given.rateLimit),
    journal: createJournal(),
    mediaOrigin: () => mediaOrigin,
    setMediaOrigin(origin: string) {
      mediaOrigin = origin;
    },
    /** 400 of a device that is not registered, or whose credentials are wrong: the document tells them apart in no way. */
    offlineResponse(): Response {
      if (settings.offlineBody === 'empty') return new Response(null, { status: 400 });
      if (settings.offlineBody === 'plain') return new Response('Bad Request', { status: 400 });
      return Response.json({ success: false, message: 'DEVICE_OFFLINE' }, { status: 400 });
    },
  };
}

export type World = ReturnType<typeof createWorld>;
