import ipaddr from 'ipaddr.js';
import type { OutboundPolicy } from './outbound-types.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = [Address, number];

/** Decides which hosts and addresses may be reached. */
export type AddressRules = {
  /** True when the operator listed this host name: any address of it is then allowed. */
  allowsName(hostname: string): boolean;
  /** @param address an IPv4 or IPv6 address in text, without brackets; a mapped one counts as IPv4 */
  allowsAddress(address: string): boolean;
};

const globalUnicastV6 = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

function inRange(address: Address, [network, bits]: Range): boolean {
  return address.kind() === network.kind() && address.match(network as never, bits);
}

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || inRange(address, globalUnicastV6);
}

function toRange(entry: string): Range | undefined {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry);
  if (entry.includes('/')) throw new RangeError(`outbound.allowHosts: '${entry}' is not a CIDR range`);
  if (!ipaddr.isValid(entry)) return undefined;
  const address = ipaddr.process(entry);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

function normaliseName(name: string): string {
  const bare = name.replace(/\.$/, '').toLowerCase();
  if (!/^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/.test(bare)) {
    throw new RangeError(`outbound.allowHosts: '${name}' is no host name, address or CIDR range`);
  }
  return bare;
}

/**
 * Compiles a policy.
 * Public is global unicast and nothing else, so loopback, private, link-local (and with it the metadata
 * services of clouds), carrier-grade NAT, unique-local, multicast, unspecified, translated and reserved
 * addresses are denied (decided).
 * @throws RangeError naming the entry of `allowHosts` that cannot be read
 */
export function createAddressRules(policy: OutboundPolicy): AddressRules {
  const names = new Set<string>();
  const ranges: Range[] = [];
  for (const entry of policy.allowHosts) {
    const range = toRange(entry);
    if (range) ranges.push(range);
    else names.add(normaliseName(entry));
  }
  return {
    allowsName: (hostname) => names.size > 0 && names.has(hostname.replace(/\.$/, '').toLowerCase()),
    allowsAddress: (text) => {
      if (!ipaddr.isValid(text)) return false;
      const address = ipaddr.process(text);
      if (isPublic(address)) return true;
      if (policy.allowLoopback && address.range() === 'loopback') return true;
      return ranges.some((range) => inRange(address, range));
    },
  };
}
