import { hash, verify } from '@node-rs/argon2';
import type { World } from '../../world.ts';
import { inTurn } from './hashing-turns.ts';

type Bounded = Pick<World, 'limits'>;
type Cost = { memoryCost: number; timeCost: number };

/** What stands in a world file is no secret, and a thousand people must load quickly. */
const LIGHT: Cost = { memoryCost: 1024, timeCost: 1 };

const PARALLELISM = 1;
/** Salt and tag of nobody: to compare with it costs the same, and nothing matches. */
const NOBODY = `${'A'.repeat(22)}$${'A'.repeat(43)}`;

function costOf({ limits }: Bounded): Cost {
  return { memoryCost: limits.get('password.memory'), timeCost: limits.get('password.passes') };
}

function prefixOf({ memoryCost, timeCost }: Cost): string {
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${PARALLELISM}$`;
}

/** Composed, so that it matches however a keyboard makes an accent (RFC 8265, OpaqueString). */
function prepared(password: string): string {
  return password.normalize('NFC');
}

function turn<T>({ limits }: Bounded, work: () => Promise<T>): Promise<T> {
  const bounds = { atOnce: limits.get('password.hashed_at_once'), waiting: limits.get('password.waiting') };
  return inTurn(bounds, work);
}

/**
 * Hashes a password with argon2id at the cost of the ledger, off the event loop.
 * @returns PHC text with its salt and cost
 * @throws ApiError 503 `sign_in.busy`
 */
export function hashPassword(world: Bounded, password: string): Promise<string> {
  return turn(world, () => hash(prepared(password), { ...costOf(world), parallelism: PARALLELISM }));
}

/** Hashes a password of a world file: light, and made anew at its first use. */
export function hashLightly(password: string): Promise<string> {
  return hash(prepared(password), { ...LIGHT, parallelism: PARALLELISM });
}

/**
 * Whether a password belongs to a stored hash. Without one it takes the same time, and the answer is no.
 * @throws ApiError 503 `sign_in.busy`
 */
export async function matchesPassword(
  world: Bounded,
  storedHash: string | null | undefined,
  password: string,
): Promise<boolean> {
  const compared = storedHash ?? prefixOf(costOf(world)) + NOBODY;
  const matches = await turn(world, () => verify(compared, prepared(password)));
  return matches && storedHash != null;
}

/** Whether a hash was made at another cost than the ledger's. */
export function isOutdated(world: Bounded, storedHash: string): boolean {
  return !storedHash.startsWith(prefixOf(costOf(world)));
}
