import { errorTable } from '../contract.ts';
import type { RelayError } from '../http/relay-error.ts';

/** What AntBuddy's answer to a try means to whoever sets the relay up: with its status and its own word, as the cause has them. */
export function explainUpstream({ code, cause }: RelayError): string {
  const told = typeof cause === 'string' ? ` (${cause.replace(/\.$/, '')})` : '';
  switch (code) {
    case 'upstream_refused':
      if (/ APPID_/.test(told)) return `AntBuddy does not know the appId${told}. Is ANTBUDDY_APP_ID right?`;
      if (/ HASH_/.test(told)) return `the signature is not the one that AntBuddy expects${told}. Is ANTBUDDY_APP_SECRET right?`;
      return `AntBuddy, or a firewall in between, lets nobody in from here${told}. Ask AntBuddy whether it must allow this machine's address.`;
    case 'upstream_malformed':
      return `this is no answer of AntBuddy's API${told}. Is ANTBUDDY_BASE_URL right, and nothing in between?`;
    case 'upstream_busy':
      return `AntBuddy has received too many requests${told}. Check again in a minute.`;
    case 'upstream_failed':
      return `AntBuddy reports an error${told}. Check again in a minute; ask AntBuddy if it stays.`;
    case 'upstream_unreachable':
      return `it cannot be reached from here${told}. Look at the network and at ANTBUDDY_BASE_URL.`;
    default:
      return errorTable[code][1];
  }
}
