import { labCommand } from './lab-command.ts';

/** Agrees to an authorization request as somebody. */
export const consent = labCommand(
  {
    name: 'consent',
    summary: 'Agree to an authorization request as somebody and print where their browser would go',
    arguments: [
      [
        '<authorizeUrl>',
        'the URL that the integration sends people to; only its query is read, whatever its host',
      ],
    ],
    options: [['--as <email>', 'required: who agrees']],
    examples: [
      'moot consent --as ada@acme.test "http://127.0.0.1:8080/v1/authorize?response_type=code&client_id=C0ff..."',
    ],
  },
  ({ given }) => ({
    method: 'POST',
    path: '/consents',
    body: { personEmail: given.required('as'), authorizeUrl: given.argument(0) },
  }),
  ({ redirectUrl }) => `${String(redirectUrl)}\n`,
);
