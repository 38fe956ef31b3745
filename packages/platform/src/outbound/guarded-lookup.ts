import { lookup as resolveName } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { AddressRules } from './address-rules.ts';
import { OutboundError } from './outbound-types.ts';

/**
 * A resolver for sockets that refuses a name when any one of its addresses is denied.
 * The socket connects to the very addresses that were checked, so that a second answer of the name
 * server cannot slip in. Address literals never come here: the URL check judges those.
 */
export function createGuardedLookup(rules: AddressRules): LookupFunction {
  return (hostname, options, callback) => {
    resolveName(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '');
      const denied = rules.allowsName(hostname)
        ? undefined
        : addresses.find(({ address }) => !rules.allowsAddress(address));
      const first = addresses[0];
      if (denied || !first) {
        const reason = denied ? `resolves to ${denied.address}, which is not public` : 'has no address';
        return callback(new OutboundError('blocked_address', `host ${hostname} ${reason}`), '');
      }
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}
