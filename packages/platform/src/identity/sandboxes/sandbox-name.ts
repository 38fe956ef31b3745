import { isIP } from 'node:net';
import type { World } from '../../world.ts';

const DIGITS = 'abcdefghijkmnpqrstuvwxyz23456789';
const SUFFIX_LENGTH = 6;
const BASE_LENGTH = 20;

/** The domain below which sandboxes have theirs: of the deployment's own host, or of none where that is an address. */
function parentDomain({ config }: Pick<World, 'config'>): string {
  const { hostname } = new URL(config.publicUrl);
  return isIP(hostname.replace(/^\[|\]$/g, '')) ? 'sandbox.localhost' : `sandbox.${hostname}`;
}

/** A new sandbox's name, after its developer's address, such as `jdoesandbox-1xep3f`, and its mail domain. */
export function newSandboxName(world: Pick<World, 'config' | 'random'>, email: string) {
  const local = email.slice(0, email.lastIndexOf('@')).toLowerCase();
  const base = local.replace(/[^a-z0-9]/g, '').slice(0, BASE_LENGTH);
  const suffix = [...world.random(SUFFIX_LENGTH)].map((byte) => DIGITS[byte % DIGITS.length]).join('');
  const name = `${base}sandbox-${suffix}`;
  return { name, domain: `${name}.${parentDomain(world)}` };
}
