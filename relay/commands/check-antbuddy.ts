import type { SipCredentials } from '../agents/sip-credentials.ts';
import { createAntBuddyClient } from '../antbuddy/antbuddy-client.ts';
import type { RelayConfig } from '../config.ts';
import { RelayError } from '../http/relay-error.ts';
import type { Finding } from './check.ts';
import { explainUpstream } from './explain-upstream.ts';

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

/** Calls and voice tokens are signed in a header whose name the vendor's document cuts off. A voice token rings nothing. */
export async function checkAuthHeader({ antbuddy }: RelayConfig, device: SipCredentials | null): Promise<Finding> {
  const header = `ANTBUDDY_AUTH_HEADER=${antbuddy.authHeader}`;
  if (!device) return { ok: true, what: `There was no SIP device to try ${header} with. Check again once an agent has one.` };
  const of = `a voice token of SIP user ${device.sipUser}`;
  const odd: string[] = [];
  const failure = await askForToken(antbuddy, device, (text) => odd.push(text));
  if (!failure)
    return { ok: true, what: `AntBuddy accepts ${header}: it gave ${of}.${odd.map((text) => ` But ${text}.`).join('')}` };
  const wrong = (why: string) => ({ ok: false, what: `Asked for ${of}: ${why}` });
  const another = 'the header has another name: ask AntBuddy and set it.';
  if (failure.code === 'upstream_refused')
    return wrong(`AntBuddy refuses ${header} (${failure.cause}). If the credentials are accepted above, ${another}`);
  if (failure.code !== 'device_offline') return wrong(explainUpstream(failure));
  // A device that is offline and a header that is not looked at may sound alike; a signature that cannot be right tells which it is.
  const unsigned = await askForToken({ ...antbuddy, appSecret: `${antbuddy.appSecret}-` }, device);
  if (unsigned === null || (unsigned.code === failure.code && unsigned.cause === failure.cause))
    return wrong(
      `AntBuddy says the same (${failure.cause}) to a wrong signature, so it does not look at ${header}. Perhaps ${another}`,
    );
  if (unsigned.code !== 'upstream_refused' && unsigned.code !== failure.code) return wrong(explainUpstream(unsigned));
  const question = `(${failure.cause}): is it online, and its password right?`;
  return { ok: true, what: `AntBuddy accepts ${header}, but gives no ${of.slice(2)} ${question}` };
}

async function askForToken(
  antbuddy: RelayConfig['antbuddy'],
  device: SipCredentials,
  warn?: (text: string) => void,
): Promise<RelayError | null> {
  try {
    await createAntBuddyClient({ antbuddy, ...(warn && { warn }) }).voiceToken(device);
    return null;
  } catch (error) {
    if (error instanceof RelayError) return error;
    throw error;
  }
}
