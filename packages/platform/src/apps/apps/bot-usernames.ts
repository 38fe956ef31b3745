import type { World } from '../../world.ts';
import { isAddressKnown } from './apps.store.ts';
import { reservedUsernames } from './reserved-usernames.data.ts';

/** ASCII only, so that no letter of another script can pass for one of these (decided). */
const FORM = /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/;

/** The one form in which bots' names are compared and kept: names in other case are the same. */
export function normalUsername(name: string): string {
  return name.trim().toLowerCase();
}

/** The address of a bot. */
export function botAddress(world: World, username: string): string {
  return `${username}@${world.config.botDomain}`;
}

/**
 * Why a name can be no bot's, whoever has it.
 * @returns undefined for a name that can
 */
export function usernameFault(world: World, name: string): string | undefined {
  const username = normalUsername(name);
  const limit = world.limits.get('bot.username');
  if (username === '') return 'give a name.';
  if (username.length > limit) return `give at most ${limit} characters.`;
  if (!FORM.test(username) || username.includes('..'))
    return 'use the letters a to z, digits, dots, dashes and underscores, with a letter or digit at both ends.';
  if (reservedUsernames.has(username)) return `'${username}' is reserved; choose another.`;
  return undefined;
}

/** Whether a name is free for a bot, and why not. A deleted bot's name stays taken: its address named another. */
export async function checkUsername(
  world: World,
  name: string,
): Promise<{ username: string; email: string; available: boolean; reason?: string }> {
  const username = normalUsername(name);
  const email = botAddress(world, username);
  const fault = usernameFault(world, name);
  if (fault !== undefined) return { username, email, available: false, reason: fault };
  const isTaken = await isAddressKnown(world.store.db, email);
  return { username, email, available: !isTaken, ...(isTaken && { reason: `'${username}' is taken.` }) };
}
