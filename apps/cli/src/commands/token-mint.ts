import { usageError } from '../cli-error.ts';
import { labCommand } from './lab-command.ts';

/** Mints an access token of somebody. */
export const tokenMint = labCommand(
  {
    name: 'token mint',
    summary: 'Mint an access token for a person or a bot',
    options: [
      ['--person <email>', 'required: whose token'],
      ['--scopes <scopes>', 'scopes, separated by spaces or commas; all that the person may use unless said'],
      [
        '--expires-in <span>',
        'lifetime of at least a second by the world clock: 14d, 12h; 14 days unless said',
      ],
    ],
    examples: [
      'moot token mint --person ada@acme.test --scopes "spark:all spark-admin:people_read"',
      'moot token mint --person ada@acme.test --scopes spark:all --expires-in 12h --json',
    ],
  },
  ({ given }) => {
    const scopes = given
      .text('scopes')
      ?.split(/[\s,]+/)
      .filter(Boolean);
    if (scopes?.length === 0) throw usageError('--scopes: name at least one scope, such as spark:all.');
    const expiresInMs = given.durationMs('expires-in');
    if (expiresInMs !== undefined && expiresInMs < 1000) {
      throw usageError('--expires-in: a token lives at least a second.');
    }
    const body = {
      personEmail: given.required('person'),
      ...(scopes && { scopes }),
      ...(expiresInMs !== undefined && { expiresInSeconds: Math.floor(expiresInMs / 1000) }),
    };
    return { method: 'POST', path: '/tokens', body };
  },
  ({ token }) => `${String(token)}\n`,
);
