import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from './media-host.ts';

type Resolve = (hostname: string, done: (error: Error | null, addresses: LookupAddress[]) => void) => void;

const resolveAll: Resolve = (hostname, done) => systemLookup(hostname, { all: true }, done);

/**
 * DNS look-up that returns only public addresses. It checks the very addresses that are then connected to, so DNS rebinding has
 * no effect; one private address among them rejects the name.
 */
export function createPublicLookup(resolve: Resolve = resolveAll): LookupFunction {
  return (hostname, options, done) =>
    resolve(hostname, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return done(error ?? new Error('The name has no address.'), []);
      if (!addresses.every(({ address }) => isPublicAddress(address)))
        return done(new Error('The name leads to an address that is not public.'), []);
      if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    });
}
