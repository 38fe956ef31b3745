import { usageError } from '../cli-error.ts';
import type { Call } from '../command.ts';

/** Options of commands that act as somebody. */
export const actingOptions = [
  ['--person <email>', 'act as this person or bot, with a token that the lab mints'],
  ['--token <token>', 'act with this access token instead'],
] as const;

/**
 * The token that a command acts with: the given one, or a new one of the given person.
 * @throws CliError (usage) when neither was given
 */
export async function actingToken({ given, server }: Call): Promise<string> {
  const token = given.text('token');
  if (token !== undefined) return token;
  const personEmail = given.text('person');
  if (personEmail === undefined) throw usageError('Say who acts: --person EMAIL, or --token TOKEN.');
  const reply = await server().lab('POST', '/tokens', { personEmail });
  return String(reply.body.token);
}
