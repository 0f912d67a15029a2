import { createCallPlans } from './call-plans.ts';
import { createCalls } from './calls.ts';
import { scopeClock } from './clock.ts';
import { createDevices, type Device, partyOf } from './devices.ts';
import { createFaults } from './faults.ts';
import { createHistories } from './histories.ts';
import { createJournal } from './journal.ts';
import type { AcceptedBody, Answers, AntBuddyOptions, OfflineBody } from './options.ts';
import { withDefaults } from './options.ts';
import { createRateLimit } from './rate-limit.ts';
import { createRecordings } from './recordings.ts';
import { createSeededHistory } from './seeded-history.ts';
import { createVoiceTokens } from './voice-tokens.ts';

/** The state of the stand-in, without any server. */
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
    ...answersOf(given),
  };
  // One party per person, even with several devices.
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
        // Changes the stored record, so that a later request for the same call includes the recording.
        clock.after(given.recordingDelayMs, () => Object.assign(row, { recording: record.recording }));
      });
    }),
    tokens: createVoiceTokens(clock, given.tokenTtlMs, () => settings.expireFormat),
    recordings: createRecordings({ capSeconds: 90, cacheBytes: 16_000_000 }),
    storageKeys: { accessKeyId: 'E7IPYE4LN28Y4I6T4400', secret: `storage-${given.appSecret}` },
    faults: createFaults(),
    rateLimit: createRateLimit(clock, given.rateLimit),
    journal: createJournal(),
    mediaOrigin: () => settings.mediaOrigin ?? mediaOrigin,
    setMediaOrigin(origin: string) {
      mediaOrigin = origin;
    },
    acceptedResponse: () => acceptedAnswers[settings.acceptedBody](),
    /** 400 for a device that is not registered or whose credentials are wrong: the document does not distinguish them. */
    offlineResponse: () => offlineAnswers[settings.offlineBody](),
  };
}

const acceptedAnswers: Record<AcceptedBody, () => Response> = {
  json: () => Response.json({ success: true }),
  plain: () => new Response('OK'),
  empty: () => new Response(null),
  status: () => Response.json({ status: 200 }),
};
const offlineAnswers: Record<OfflineBody, () => Response> = {
  json: () => Response.json({ success: false, message: 'DEVICE_OFFLINE' }, { status: 400 }),
  plain: () => new Response('Bad Request', { status: 400 }),
  empty: () => new Response(null, { status: 400 }),
  status: () => Response.json({ status: 400, message: 'Device offline' }),
};

function answersOf(given: Answers): Answers {
  const { envelope, emptyList, recordFields, expireFormat, acceptedBody, offlineBody, mediaOrigin } = given;
  return { envelope, emptyList, recordFields, expireFormat, acceptedBody, offlineBody, mediaOrigin };
}

export type World = ReturnType<typeof createWorld>;
