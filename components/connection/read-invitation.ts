import { normaliseRelayUrl } from '../../utils/relay/normalise-relay-url.ts';

/** The relay's address and a one-time code, as one message of an admin brings both. */
export interface Invitation {
  relayUrl: string;
  code: string;
}

/** A code as it is written in messages. Chat programs replace its dash, and quoting breaks the line after it: `ABCDE-\n> 12345`. */
const codeShape = /(?<![\p{L}\p{N}])([0-9A-Z]{5})[-\u2010-\u2015\u2212](?:\s|>)*([0-9A-Z]{5})(?![\p{L}\p{N}])/giu;
/** Ends where mail programs put the brackets around an address, and where a sentence goes on. */
const addressShape = /https?:\/\/[^\s<>()[\]"'“”‘’„«»]+/gi;

/**
 * Reads the message that “Copy as a message” makes, in any language, plain or quoted; null unless it holds both. Of several
 * addresses it takes the one before the code, where the message has it.
 */
export function readInvitation(text: string): Invitation | null {
  const bare = text.replace(/\p{Cf}/gu, '');
  const addresses = [...bare.matchAll(addressShape)].flatMap(({ 0: address, index }) => {
    const relayUrl = normaliseRelayUrl(address.replace(/[.,;:!?…]+$/, ''));
    return relayUrl === null ? [] : [{ relayUrl, index, end: index + address.length }];
  });
  // An address may hold what looks like a code.
  const found = [...bare.matchAll(codeShape)].find(
    ({ index }) => !addresses.some((one) => index >= one.index && index < one.end),
  );
  if (!found) return null;
  const { relayUrl } = addresses.findLast(({ index }) => index < found.index) ?? addresses[0] ?? {};
  return relayUrl === undefined ? null : { relayUrl, code: `${found[1]}-${found[2]}`.toUpperCase() };
}
