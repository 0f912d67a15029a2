import type { SipCredentials } from '../agents/sip-credentials.ts';
import { createAntBuddyClient } from '../antbuddy/antbuddy-client.ts';
import type { RelayConfig } from '../config.ts';
import { errorTable } from '../contract.ts';
import { RelayError } from '../http/relay-error.ts';
import type { Finding } from './check.ts';

/** Proofs are refused beyond 30 s and histories are asked for by time, so the relay's clock must be right. */
export async function checkClock({ antbuddy }: RelayConfig): Promise<Finding> {
  try {
    const sent = Date.now();
    const answer = await fetch(antbuddy.baseUrl, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(5_000) });
    const theirs = Date.parse(answer.headers.get('date') ?? '');
    if (Number.isNaN(theirs))
      return { ok: true, what: `${antbuddy.baseUrl.host} answers; it tells no time to compare the clock with.` };
    const skew = Math.round((theirs + 500 - (sent + Date.now()) / 2) / 1000);
    const isRight = Math.abs(skew) <= 5;
    return {
      ok: isRight,
      what: `${antbuddy.baseUrl.host} answers; this clock differs from its clock by ${skew} s.${isRight ? '' : ' Set it by NTP.'}`,
    };
  } catch {
    return { ok: false, what: `${antbuddy.baseUrl.host} cannot be reached from here.` };
  }
}

/** The vendor's pages give two orders of the parameters inside the histories' hash; only a try tells which one is right. */
export async function checkHashOrders(config: RelayConfig): Promise<Finding[]> {
  const to = Date.now();
  const tried = await Promise.all(
    (['appId-first', 'appId-last'] as const).map(async (hashOrder) => {
      const client = createAntBuddyClient({ antbuddy: { ...config.antbuddy, hashOrder } });
      try {
        await client.listHistories({ from: to - 3_600_000, to, limit: 1, page: 1 });
        return { hashOrder, problem: null };
      } catch (error) {
        if (!(error instanceof RelayError)) throw error;
        return { hashOrder, problem: errorTable[error.code][1] };
      }
    }),
  );
  const accepted = tried.filter(({ problem }) => problem === null).map(({ hashOrder }) => hashOrder);
  const { hashOrder: chosen } = config.antbuddy;
  if (accepted.length === 0)
    return tried.map((one) => ({ ok: false, what: `AntBuddy, asked with ANTBUDDY_HASH_ORDER=${one.hashOrder}: ${one.problem}` }));
  return tried.map(({ hashOrder, problem }) => {
    if (problem === null) return { ok: true, what: `AntBuddy accepts the credentials with ANTBUDDY_HASH_ORDER=${hashOrder}.` };
    const isChosen = hashOrder === chosen;
    const advice = isChosen ? ` Set ANTBUDDY_HASH_ORDER=${accepted[0]}.` : ', which is not the one that is set.';
    return { ok: !isChosen, what: `AntBuddy refuses ANTBUDDY_HASH_ORDER=${hashOrder}${isChosen ? '.' : ''}${advice}` };
  });
}

/** Calls and voice tokens are signed in a header whose name the vendor's document cuts off. A voice token rings nothing. */
export async function checkAuthHeader({ antbuddy }: RelayConfig, device: SipCredentials | null): Promise<Finding> {
  const header = `ANTBUDDY_AUTH_HEADER=${antbuddy.authHeader}`;
  if (!device) return { ok: true, what: `There was no SIP device to try ${header} with. Check again once an agent has one.` };
  const of = `a voice token of SIP user ${device.sipUser}`;
  try {
    await createAntBuddyClient({ antbuddy }).voiceToken(device);
    return { ok: true, what: `AntBuddy accepts ${header}: it gave ${of}.` };
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    const { code } = error;
    if (code === 'device_offline')
      return { ok: true, what: `AntBuddy accepts ${header}, but gives no ${of.slice(2)}: is it online, and its password right?` };
    const advice: Partial<Record<typeof code, string>> = {
      upstream_refused: `AntBuddy refuses ${header}. If the credentials are accepted above, the header has another name: ask AntBuddy and set it.`,
      upstream_malformed: `${antbuddy.baseUrl.host} does not answer as AntBuddy should. Is ANTBUDDY_BASE_URL right, and nothing in between?`,
    };
    const why = advice[code] ?? errorTable[code][1];
    return { ok: false, what: `Asked for ${of}: ${why}` };
  }
}
