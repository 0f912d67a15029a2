import type { RelayConfig } from '../config.ts';
import { strangeSettings } from '../setting-names.ts';
import { checkAuthHeader, checkClock } from './check-antbuddy.ts';
import { checkHistories } from './check-histories.ts';
import { checkSignals } from './check-signals.ts';
import { checkStore } from './check-store.ts';

export interface Finding {
  ok: boolean;
  what: string;
}

/** Tries everything the relay needs and prints what it found; fails when something would keep the relay from working. */
export async function check(
  config: RelayConfig,
  _options?: unknown,
  print: (line: string) => void = console.log,
  strange: readonly string[] = strangeSettings(process.env),
): Promise<void> {
  let wrong = 0;
  for await (const { ok, what } of findings(config, strange)) {
    print(`${ok ? 'ok    ' : 'WRONG '} ${what}`);
    if (!ok) wrong += 1;
  }
  if (wrong > 0) throw new Error('The relay would not work as it is set up; see the lines marked WRONG.');
}

/** Each as soon as it is known: AntBuddy may take its time. */
async function* findings(config: RelayConfig, strange: readonly string[]): AsyncGenerator<Finding> {
  yield { ok: true, what: `The settings are complete; extensions connect to ${config.publicUrl}.` };
  for (const name of strange)
    yield { ok: false, what: `There is no setting ${name}: look for it in the list of README.md, or take it out.` };
  yield checkPublicUrl(config);
  const { finding, device } = await checkStore(config);
  yield finding;
  yield await checkClock(config);
  yield* await checkHistories(config);
  yield await checkAuthHeader(config, device);
  yield* await checkSignals(config, device);
}

/** Extensions on other machines accept https only, and proofs are signed for exactly this address. */
function checkPublicUrl({ publicUrl, tls, host, trustedProxies }: RelayConfig): Finding {
  if (publicUrl.startsWith('http:'))
    return { ok: true, what: 'RELAY_PUBLIC_URL names this machine alone: set the https address for agents on other machines.' };
  if (isExample(publicUrl))
    return { ok: false, what: `RELAY_PUBLIC_URL is still an example, ${publicUrl}: set the address that agents enter.` };
  const end = tls ? 'The relay ends TLS itself.' : `A proxy must end TLS and pass requests on to ${host}.`;
  const unnamed =
    tls || trustedProxies.length > 0
      ? ''
      : ' RELAY_TRUSTED_PROXIES does not name it, so ten wrong codes of anybody shut everybody out: set its address, such as 127.0.0.1.';
  return { ok: true, what: `${end}${unnamed} The host and path of RELAY_PUBLIC_URL must be those that agents enter.` };
}

/** A name from the guide or one that RFC 2606 reserves for examples: all of them contain the label `example`. */
const isExample = (url: string) => new URL(url).hostname.split('.').includes('example');
