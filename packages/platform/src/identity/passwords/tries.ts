import { createHash } from 'node:crypto';
import { ApiError, type LimitName } from '@moothall/core';
import ipaddr from 'ipaddr.js';
import type { World } from '../../world.ts';
import { passwordErrors } from './passwords.errors.ts';
import { countTries, forgetTries, sweepTries, uncountTries } from './tries.store.ts';

/** Who is guessed at, and from where. */
export type Guess = {
  /** Address as it was typed; whether somebody has it makes no difference. */
  email: string;
  remoteAddress: string;
};

type Counter = { key: Buffer; limit: LimitName };

const GROUPS_OF_A_NETWORK = 4;

/** An e-mail address as it is compared: composed (NFC), in lower case. Letters of other scripts stay what they are. */
export function canonicalEmail(email: string): string {
  return email.normalize('NFC').trim().toLowerCase();
}

/** Of an IPv6 address its /64: a single subscriber has all of it. */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return (parsed as ipaddr.IPv6).parts.slice(0, GROUPS_OF_A_NETWORK).join(':');
}

function keyOf(...parts: string[]): Buffer {
  return createHash('sha256').update(parts.join('\0')).digest();
}

function countersOf({ email, remoteAddress }: Guess) {
  const [account, network] = [canonicalEmail(email), networkOf(remoteAddress)];
  const pair: Counter = { key: keyOf('pair', account, network), limit: 'sign_in.tries_per_pair' };
  const wide: Counter[] = [
    { key: keyOf('account', account), limit: 'sign_in.tries_per_account' },
    { key: keyOf('address', network), limit: 'sign_in.tries_per_address' },
  ];
  return { pair, wide };
}

async function count(world: World, counters: readonly Counter[]): Promise<void> {
  const now = world.clock.now();
  const endsAt = new Date(now.getTime() + world.limits.get('sign_in.window') * 1000);
  const keys = counters.map(({ key }) => key);
  const counted = await countTries(world.store, keys, now, endsAt);
  if (counted.some(({ tries }) => tries === 1)) await sweepTries(world.store, now);
  const over = counted.filter(({ key, tries }) => {
    const counter = counters.find((one) => one.key.equals(key));
    return counter !== undefined && tries > world.limits.get(counter.limit);
  });
  if (over.length === 0) return;
  const untilMs = Math.max(...over.map((one) => one.endsAt.getTime()));
  const seconds = Math.max(1, Math.ceil((untilMs - now.getTime()) / 1000));
  throw new ApiError(passwordErrors['sign_in.throttled'], {
    parameters: { seconds: String(seconds) },
    retryAfterSeconds: seconds,
  });
}

/**
 * Counts a guess before it is looked at, so that many at once count too. Counts are stored: a restart or
 * another process forgets none. They are of the account from one address, of the account, and of the address;
 * the second is wide, so that a stranger cannot easily lock somebody out.
 * @throws ApiError 429 `sign_in.throttled` by the world's clock, whether or not the account exists
 */
export async function countGuess(world: World, guess: Guess): Promise<void> {
  const { pair, wide } = countersOf(guess);
  await count(world, [pair, ...wide]);
}

/** A guess was right: what it counted is taken back. */
export async function clearGuess(world: World, guess: Guess): Promise<void> {
  const { pair, wide } = countersOf(guess);
  await forgetTries(world.store, pair.key);
  await uncountTries(
    world.store,
    wide.map(({ key }) => key),
  );
}

/**
 * Counts a mail that somebody asked for without being signed in.
 * @throws ApiError 429 `sign_in.throttled`, whether or not the account exists
 */
export async function countResetMail(world: World, { email, remoteAddress }: Guess): Promise<void> {
  await count(world, [
    { key: keyOf('reset', canonicalEmail(email)), limit: 'sign_in.resets_per_account' },
    { key: keyOf('reset from', networkOf(remoteAddress)), limit: 'sign_in.tries_per_address' },
  ]);
}
