import type { Finder, Outside } from './finder.ts';
import type { FoundNumber } from './found-number.ts';

/**
 * The number in a `tel:` or `callto:` address: the scheme says that digits alone are one, whatever they look like; with letters
 * they may be somebody's name. Of the parameters that the address may carry (RFC 3966) only the extension is read.
 */
export function numberOfLink(address: string, find: Finder['find'], country: Outside['country']): FoundNumber | undefined {
  const [, dialled = '', ext] = /^\w+:\/*([^;?]*)(?:.*?;ext=(\d{1,12})(?![^;?]))?/i.exec(address) ?? [];
  const [found] = find(dialled, { label: () => (/[a-z]/i.test(dialled) ? '' : 'phone'), country });
  return found && ext ? { extension: ext, ...found } : found;
}
