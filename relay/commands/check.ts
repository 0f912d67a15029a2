import { createAntBuddyClient } from '../antbuddy/antbuddy-client.ts';
import type { RelayConfig } from '../config.ts';
import { errorTable } from '../contract.ts';
import { RelayError } from '../http/relay-error.ts';
import { checkStore } from './check-store.ts';

export interface Finding {
  ok: boolean;
  what: string;
}

/** Tries everything the relay needs and prints what it found; fails when something would keep the relay from working. */
export async function check(config: RelayConfig, _options?: unknown, print: (line: string) => void = console.log): Promise<void> {
  const findings = [
    { ok: true, what: `The settings are complete; extensions connect to ${config.publicUrl}.` },
    checkPublicUrl(config),
    await checkStore(config),
    await checkClock(config),
    ...(await checkHashOrders(config)),
  ];
  for (const { ok, what } of findings) print(`${ok ? 'ok    ' : 'WRONG '} ${what}`);
  if (findings.some(({ ok }) => !ok)) throw new Error('The relay would not work as it is set up; see the lines marked WRONG.');
}

/** Extensions outside this machine take https only, and proofs are signed for this very address. */
function checkPublicUrl({ publicUrl, tls, host }: RelayConfig): Finding {
  if (publicUrl.startsWith('http:'))
    return { ok: true, what: 'RELAY_PUBLIC_URL names this machine alone: set the https address for agents on other machines.' };
  const end = tls ? 'The relay ends TLS itself.' : `A proxy must end TLS and pass requests on to ${host}.`;
  return { ok: true, what: `${end} The host and path of RELAY_PUBLIC_URL must be those that agents enter.` };
}

/** Proofs are refused beyond 30 s and histories are asked for by time, so the relay's clock must be right. */
async function checkClock({ antbuddy }: RelayConfig): Promise<Finding> {
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
async function checkHashOrders(config: RelayConfig): Promise<Finding[]> {
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
