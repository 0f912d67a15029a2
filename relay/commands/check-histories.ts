import { type AntBuddyClient, createAntBuddyClient } from '../antbuddy/antbuddy-client.ts';
import { type CallRecord, readCallRecord } from '../antbuddy/call-record.ts';
import { unknownShape } from '../antbuddy/find-records.ts';
import { type HashOrder, hashOrders } from '../antbuddy/hash.ts';
import type { RelayConfig } from '../config.ts';
import { directionOf } from '../history/disposition.ts';
import { backfillDays, dayMs, oldestMs } from '../history/mirror-status.ts';
import { RelayError } from '../http/relay-error.ts';
import { findMediaPlace } from '../recordings/media-host.ts';
import type { Finding } from './check.ts';
import { explainUpstream } from './explain-upstream.ts';

/** Any answer shows which order is right, and a short window is the least work for AntBuddy. */
const triedMs = 3_600_000;

interface Tried {
  hashOrder: HashOrder;
  client: AntBuddyClient;
  /** null if the answer contained no list of records. */
  records: unknown[] | null;
  failure: RelayError | null;
}

/**
 * The vendor's pages give two orders of the parameters in the histories' hash; only trying them shows which one is right. If one
 * works, this also reads the newest records and requests the address of a recording.
 */
export async function checkHistories(config: RelayConfig): Promise<Finding[]> {
  const tried = await Promise.all(hashOrders.map((hashOrder) => tryOrder(config, hashOrder)));
  const given = tried.find(({ records, hashOrder }) => records && hashOrder === config.antbuddy.hashOrder);
  const { client, records } = given ?? tried.find((one) => one.records) ?? {};
  const findings = tried.map((one) => tellOrder(one, tried, config));
  return client && records ? [...findings, ...(await checkNewest(client, records, config))] : findings;
}

async function tryOrder({ antbuddy }: RelayConfig, hashOrder: Tried['hashOrder']): Promise<Tried> {
  const client = createAntBuddyClient({ antbuddy: { ...antbuddy, hashOrder } });
  const to = Date.now();
  try {
    const records = await client.listHistories({ from: to - triedMs, to, limit: 100, page: 1 });
    return { hashOrder, client, records, failure: null };
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    return { hashOrder, client, records: null, failure: error };
  }
}

/** Whether AntBuddy accepted the credentials, even if its answer could not be read. */
const isAccepted = ({ failure }: Tried) => failure === null || failure.cause === unknownShape;

function tellOrder(one: Tried, tried: readonly Tried[], { antbuddy }: RelayConfig): Finding {
  const { hashOrder, failure } = one;
  const setting = `ANTBUDDY_HASH_ORDER=${hashOrder}`;
  const [accepted] = tried.filter(isAccepted);
  if (failure === null) return { ok: true, what: `AntBuddy accepts the credentials with ${setting}.` };
  if (isAccepted(one))
    return {
      ok: false,
      what: `AntBuddy accepts the credentials with ${setting}, but its list of calls has a shape that this relay does not know (${unknownShape}): it could show no history. Calls can be placed. Look for a newer version of Dialside.`,
    };
  const isChosen = hashOrder === antbuddy.hashOrder;
  if (!accepted || failure.code !== 'upstream_refused')
    return { ok: !isChosen && accepted !== undefined, what: `AntBuddy, asked with ${setting}: ${explainUpstream(failure)}` };
  const advice = isChosen ? `. Set ANTBUDDY_HASH_ORDER=${accepted.hashOrder}.` : ', which is not the one that is set.';
  return { ok: !isChosen, what: `AntBuddy refuses ${setting}${advice}` };
}

/** Checks the records just read or else those of the newest day with any: a busy account may not give 31 days in time. */
async function checkNewest(client: AntBuddyClient, lately: readonly unknown[], config: RelayConfig): Promise<Finding[]> {
  const now = Date.now();
  let records = lately;
  for (let to = now; records.length === 0 && to > now - oldestMs; to -= dayMs) {
    const from = Math.max(to - dayMs, now - oldestMs);
    try {
      records = await client.listHistories({ from, to, limit: 100, page: 1 });
    } catch (error) {
      if (!(error instanceof RelayError)) throw error;
      const day = `the calls of the day to ${new Date(to).toISOString()}`;
      return [{ ok: false, what: `AntBuddy, asked for ${day}: ${explainUpstream(error)}` }];
    }
  }
  return checkRecords(client, records, config);
}

async function checkRecords(client: AntBuddyClient, records: readonly unknown[], config: RelayConfig): Promise<Finding[]> {
  const none = `AntBuddy tells of no call of the last ${backfillDays} days. Check again after one, so that its record is read.`;
  if (records.length === 0) return [{ ok: true, what: none }];
  const results = records.map(readCallRecord);
  const read = results.flatMap(({ call }) => call ?? []).sort((a, b) => b.startedAt - a.startedAt);
  const unread = results.flatMap(({ field }) => field ?? []);
  const [newest] = read;
  if (!newest)
    return [
      {
        ok: false,
        what: `None of the ${records.length} records that AntBuddy gives can be read (unreadable ${unread[0]}): the relay could show no history. Look for a newer version of Dialside.`,
      },
    ];
  const but = unread.length > 0 ? ` Of ${records.length} records ${unread.length} cannot be read (unreadable ${unread[0]}).` : '';
  const example = `one of ${new Date(newest.startedAt).toISOString()}, ${directionOf(newest)}`;
  return [
    { ok: true, what: `The records of calls are read, such as ${example}.${but}` },
    await checkRecording(client, read, config),
  ];
}

/** Requests a recording's address without fetching the recording. */
async function checkRecording(client: AntBuddyClient, newestFirst: CallRecord[], { antbuddy }: RelayConfig): Promise<Finding> {
  const fileName = newestFirst.find(({ recording }) => recording)?.recording;
  if (!fileName) return { ok: true, what: 'None of these calls was recorded. Check again after one that was.' };
  const { mediaHosts } = antbuddy;
  try {
    const url = await client.recordingUrl(fileName);
    const at = `Recordings are at ${url.host}`;
    if (findMediaPlace(url, mediaHosts)) return { ok: true, what: `${at}, which ANTBUDDY_MEDIA_HOSTS allows.` };
    const wider = [...mediaHosts, url.host];
    if (!findMediaPlace(url, wider))
      return {
        ok: false,
        what: `${at} by ${url.protocol}//, and the relay fetches them from public hosts by https alone. Ask AntBuddy.`,
      };
    return { ok: false, what: `${at}, which is not allowed: none would play. Set ANTBUDDY_MEDIA_HOSTS=${wider.join(',')}` };
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    const isGone = error.code === 'recording_missing';
    const why = isGone ? `AntBuddy says that it has none by that name (${error.cause}). Play one.` : explainUpstream(error);
    return { ok: isGone, what: `Asked where the newest recording is: ${why}` };
  }
}
